const require_failure = require("./failure.cjs");
let node_fs_promises = require("node:fs/promises");
let node_path = require("node:path");

// src/registry/target/layout/trouble.ts
function systemCode(error) {
	return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
function fileTrouble(error, what) {
	if (error instanceof require_failure.Failure) return error;
	const code = systemCode(error);
	if (code === "") return require_failure.asFailure(error);
	const known = require_failure.asFailure(error);
	if (known.code === "STORAGE_FULL") return new require_failure.Failure("STORAGE_FULL", `${what}: no space is left`, {
		cause: error,
		...known.hint === void 0 ? {} : { hint: known.hint }
	});
	const refused = code === "EACCES" || code === "EPERM" || code === "EROFS";
	return new require_failure.Failure("FILE_UNREADABLE", `${what}${refused ? ": it is read-only or not ours" : ""}`, {
		cause: error,
		hint: refused ? "Name a directory that this user may read and write, or mend its owner and mode." : "Look at the path and the state of the disk, then run the same command again.",
		facts: { system: code }
	});
}

// src/registry/target/layout/durable.ts
const UNABLE = /* @__PURE__ */ new Set([
	"EINVAL",
	"EISDIR",
	"EPERM",
	"ENOTSUP",
	"EBADF"
]);
async function syncDirectory(directory) {
	try {
		const handle = await (0, node_fs_promises.open)(directory, "r");
		try {
			await handle.sync();
		} finally {
			await handle.close();
		}
	} catch (error) {
		if (!UNABLE.has(systemCode(error))) throw error;
	}
}
async function makeBelow(base, ...names) {
	let path = base;
	for (const name of names) {
		path = (0, node_path.join)(path, name);
		await (0, node_fs_promises.mkdir)(path).catch((error) => {
			if (systemCode(error) !== "EEXIST") throw error;
		});
	}
	return path;
}
async function writeAll(handle, bytes) {
	let done = 0;
	while (done < bytes.length) done += (await handle.write(bytes, done, bytes.length - done)).bytesWritten;
}
async function renameDurably(from, to, directory) {
	await (0, node_fs_promises.rename)(from, to);
	await syncDirectory(directory);
}

Object.defineProperty(exports, "fileTrouble", {
  enumerable: true,
  get: function () {
    return fileTrouble;
  }
});
Object.defineProperty(exports, "makeBelow", {
  enumerable: true,
  get: function () {
    return makeBelow;
  }
});
Object.defineProperty(exports, "renameDurably", {
  enumerable: true,
  get: function () {
    return renameDurably;
  }
});
Object.defineProperty(exports, "syncDirectory", {
  enumerable: true,
  get: function () {
    return syncDirectory;
  }
});
Object.defineProperty(exports, "systemCode", {
  enumerable: true,
  get: function () {
    return systemCode;
  }
});
Object.defineProperty(exports, "writeAll", {
  enumerable: true,
  get: function () {
    return writeAll;
  }
});