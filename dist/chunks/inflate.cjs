const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_call = require("./call.cjs");
const require_failure = require("./failure.cjs");
const require_durable = require("./durable.cjs");
let node_fs_promises = require("node:fs/promises");
let node_path = require("node:path");
let node_os = require("node:os");
let node_stream = require("node:stream");

// src/registry/target/archive/inflate.ts
async function inflated(packed, name, call) {
	const place = await (0, node_fs_promises.mkdtemp)((0, node_path.join)((0, node_os.tmpdir)(), "ferry-archive-"));
	let plain;
	try {
		plain = await (0, node_fs_promises.open)((0, node_path.join)(place, "plain.tar"), "wx+", 384);
	} finally {
		await (0, node_fs_promises.rm)(place, {
			recursive: true,
			force: true
		});
	}
	const gunzip = process.getBuiltinModule("node:zlib").createGunzip();
	(0, node_stream.pipeline)(packed.createReadStream({
		start: 0,
		autoClose: false
	}), gunzip, () => {});
	try {
		for await (const chunk of gunzip) {
			require_call.throwIfStopped(call);
			await require_durable.writeAll(plain, chunk);
		}
		return plain;
	} catch (error) {
		await plain.close();
		if (!(error instanceof Error && "code" in error ? String(error.code) : "").startsWith("Z_")) throw require_durable.fileTrouble(error, `cannot unpack ${name}`);
		throw new require_failure.Failure("CONTENT_INVALID", `cannot unpack ${name}`, {
			cause: "it begins like gzip, but is damaged or ends in the middle",
			hint: "Fetch the archive again."
		});
	}
}

exports.inflated = inflated;