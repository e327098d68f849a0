const require_failure = require("./failure.cjs");
const require_json = require("./json.cjs");
const require_digest = require("./digest.cjs");

// src/registry/oci/image-config.ts
function parseImageConfig(bytes) {
	const json = require_json.parseStrictJson(bytes, "the image config");
	if (!require_json.isObject(json)) throw new require_failure.Failure("CONTENT_INVALID", "the image config is not a JSON object");
	const rootfs = json["rootfs"];
	const diffIds = (require_json.isObject(rootfs) && Array.isArray(rootfs["diff_ids"]) ? rootfs["diff_ids"] : []).map((entry) => {
		if (typeof entry !== "string" || !require_digest.isDigest(entry)) throw new require_failure.Failure("CONTENT_INVALID", "the image config lists a diff_id that is not a digest");
		return entry;
	});
	return {
		os: typeof json["os"] === "string" ? json["os"] : "",
		architecture: typeof json["architecture"] === "string" ? json["architecture"] : "",
		...typeof json["variant"] === "string" ? { variant: json["variant"] } : {},
		...typeof json["created"] === "string" ? { created: json["created"] } : {},
		diffIds,
		json
	};
}

Object.defineProperty(exports, "parseImageConfig", {
  enumerable: true,
  get: function () {
    return parseImageConfig;
  }
});