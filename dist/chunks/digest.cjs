const require_failure = require("./failure.cjs");
let node_crypto = require("node:crypto");

// src/registry/oci/digest.ts
const HEX_LENGTH = {
	sha256: 64,
	sha512: 128
};
function isDigest(text) {
	const colon = text.indexOf(":");
	const algorithm = text.slice(0, colon);
	if (algorithm !== "sha256" && algorithm !== "sha512") return false;
	const hex = text.slice(colon + 1);
	return hex.length === HEX_LENGTH[algorithm] && /^[0-9a-f]+$/.test(hex);
}
function parseDigest(text) {
	if (isDigest(text)) return text;
	throw new require_failure.Failure("REFERENCE_INVALID", `${JSON.stringify(text.slice(0, 200))} is not a digest`, { hint: "A digest is sha256: with 64, or sha512: with 128, lower-case hexadecimal digits." });
}
function algorithmOf(digest) {
	return digest.startsWith("sha512:") ? "sha512" : "sha256";
}
function hexOf(digest) {
	return digest.slice(digest.indexOf(":") + 1);
}
function shortDigest(digest) {
	return `${algorithmOf(digest)}:${hexOf(digest).slice(0, 12)}`;
}
function digestOf(bytes, algorithm = "sha256") {
	return finishDigest((0, node_crypto.createHash)(algorithm).update(bytes), algorithm);
}
function finishDigest(hash, algorithm) {
	return `${algorithm}:${hash.digest("hex")}`;
}
function fallbackTag(digest) {
	return `${algorithmOf(digest)}-${hexOf(digest).slice(0, 64)}`;
}

Object.defineProperty(exports, "algorithmOf", {
  enumerable: true,
  get: function () {
    return algorithmOf;
  }
});
Object.defineProperty(exports, "digestOf", {
  enumerable: true,
  get: function () {
    return digestOf;
  }
});
Object.defineProperty(exports, "fallbackTag", {
  enumerable: true,
  get: function () {
    return fallbackTag;
  }
});
Object.defineProperty(exports, "finishDigest", {
  enumerable: true,
  get: function () {
    return finishDigest;
  }
});
Object.defineProperty(exports, "hexOf", {
  enumerable: true,
  get: function () {
    return hexOf;
  }
});
Object.defineProperty(exports, "isDigest", {
  enumerable: true,
  get: function () {
    return isDigest;
  }
});
Object.defineProperty(exports, "parseDigest", {
  enumerable: true,
  get: function () {
    return parseDigest;
  }
});
Object.defineProperty(exports, "shortDigest", {
  enumerable: true,
  get: function () {
    return shortDigest;
  }
});