const require_failure = require("./failure.cjs");
const require_printable = require("./printable.cjs");
let node_fs_promises = require("node:fs/promises");

// src/registry/http/credentials/clouds/answers.ts
function proofsIn(body) {
	return [...new URLSearchParams(typeof body === "string" ? body : body instanceof Uint8Array ? new TextDecoder().decode(body) : "")].flatMap(([name, value]) => /token$|secret$|assertion$/i.test(name) && value.length >= 8 ? [value] : []);
}
const FORM = { "content-type": "application/x-www-form-urlencoded" };
function readObject(answer) {
	try {
		const json = JSON.parse(Buffer.from(answer.bytes).toString("utf8"));
		return typeof json === "object" && json !== null ? Object.fromEntries(Object.entries(json)) : {};
	} catch {
		return {};
	}
}
const USUAL_LIFE = 6e5;
function readAccessToken(answer, what) {
	const { access_token: value, expires_in: seconds } = readObject(answer);
	if (typeof value !== "string" || !/^[\x21-\x7e]+$/.test(value)) throw new require_failure.Failure("PROTOCOL_ERROR", `cannot ${what}`, { cause: `${new URL(answer.url).host} answered without a usable token` });
	const life = Number(seconds) * 1e3;
	return {
		value,
		life: Number.isFinite(life) && life > 0 ? life : USUAL_LIFE
	};
}

// src/registry/http/credentials/clouds/cloud.ts
function leaseOf(life) {
	let until = performance.now() + life - Math.min(9e5, life / 4);
	return {
		fresh: () => performance.now() < until,
		end: () => {
			until = 0;
		}
	};
}
function told(text, secrets = []) {
	let line = text.trim().split(/[\r\n]/, 1)[0] ?? "";
	for (const secret of secrets) if (secret !== void 0 && secret !== "") line = line.replaceAll(secret, "***");
	return require_printable.printable(line, 300);
}
const VENDOR_FILE = "/sys/class/dmi/id/sys_vendor";
async function mayBeMachineOf(maker, variables, file = VENDOR_FILE) {
	const vendor = await (0, node_fs_promises.readFile)(file, "utf8").catch(() => void 0);
	return vendor === void 0 ? variables["KUBERNETES_SERVICE_HOST"] !== void 0 : maker.test(vendor);
}

Object.defineProperty(exports, "FORM", {
  enumerable: true,
  get: function () {
    return FORM;
  }
});
Object.defineProperty(exports, "leaseOf", {
  enumerable: true,
  get: function () {
    return leaseOf;
  }
});
Object.defineProperty(exports, "mayBeMachineOf", {
  enumerable: true,
  get: function () {
    return mayBeMachineOf;
  }
});
Object.defineProperty(exports, "proofsIn", {
  enumerable: true,
  get: function () {
    return proofsIn;
  }
});
Object.defineProperty(exports, "readAccessToken", {
  enumerable: true,
  get: function () {
    return readAccessToken;
  }
});
Object.defineProperty(exports, "readObject", {
  enumerable: true,
  get: function () {
    return readObject;
  }
});
Object.defineProperty(exports, "told", {
  enumerable: true,
  get: function () {
    return told;
  }
});