// src/kit/failure-codes.ts
const EXIT = {
	ok: 0,
	internal: 1,
	usage: 2,
	partial: 3,
	auth: 4,
	unavailable: 5,
	integrity: 6,
	gate: 7,
	conflict: 8,
	limit: 9,
	differences: 10,
	deadline: 124,
	interrupted: 130,
	terminated: 143
};
const row = (exit, blame, meaning) => ({
	exit,
	blame,
	meaning
});
const FAILURE_CODES = {
	INPUT_INVALID: row("usage", "caller", "One or more inputs are missing, unknown or not of the allowed form; nothing was changed"),
	CONFIG_INVALID: row("usage", "caller", "A configuration file cannot be read or does not have the expected form"),
	REFERENCE_INVALID: row("usage", "caller", "An image reference, tag, digest or location does not follow the grammar"),
	TAG_OUTSIDE_SCHEME: row("usage", "policy", "The tag does not follow the tag scheme <env>-<version>-<build>, or names an environment that is not declared"),
	IMAGE_NOT_FOUND: row("usage", "caller", "There is no image under that name"),
	FILE_UNREADABLE: row("usage", "caller", "A file or directory that an input names cannot be read or written"),
	FILE_EXISTS: row("usage", "caller", "A file that would be written exists already; it was left as it is"),
	KEY_UNREADABLE: row("usage", "caller", "A key is not in a known format or is not usable for signing or verifying"),
	KEY_PASSWORD_WRONG: row("usage", "caller", "The private key is encrypted and the password does not open it"),
	UNSUPPORTED: row("usage", "caller", "The target or the host cannot do what was asked"),
	TOOL_MISSING: row("usage", "machine", "A program that this choice needs is not installed"),
	AUTH_REQUIRED: row("auth", "caller", "The registry wants credentials and none were found"),
	AUTH_DENIED: row("auth", "caller", "The registry refused the credentials or they lack a right"),
	CREDENTIALS_UNREADABLE: row("auth", "caller", "A credential source (docker config, helper) answered with something unusable"),
	REGISTRY_UNAVAILABLE: row("unavailable", "registry", "The registry could not be reached or kept failing; trying again later can help"),
	TLS_UNTRUSTED: row("integrity", "machine", "The certificate of the registry is not trusted; nothing was sent"),
	RATE_LIMITED: row("unavailable", "registry", "The registry asks to wait longer than we are allowed to"),
	STORAGE_FULL: row("unavailable", "machine", "There is no space left where the image is written"),
	LAYOUT_BUSY: row("unavailable", "machine", "Another process holds the lock of the layout"),
	DIGEST_MISMATCH: row("integrity", "content", "Bytes do not have the digest or size that was promised; they were not used"),
	CONTENT_INVALID: row("integrity", "content", "A manifest, index or config is malformed or ambiguous"),
	CONTENT_MISSING: row("integrity", "content", "A manifest or blob that the image needs is missing at its source"),
	SIGNATURE_MISSING: row("integrity", "content", "No signature was found for the digest"),
	SIGNATURE_INVALID: row("integrity", "content", "Signatures were found, and none satisfies the key and predicate that were asked for"),
	PROTOCOL_ERROR: row("unavailable", "registry", "The registry answered something that the protocol does not allow"),
	REDIRECT_REFUSED: row("integrity", "registry", "The registry sent us to a place where we must not go"),
	GATE_CLOSED: row("gate", "policy", "A policy gate did not allow the step"),
	TAG_TAKEN: row("conflict", "policy", "The tag already names another digest; tags of an environment are never moved"),
	BUILD_BACKWARDS: row("conflict", "policy", "The build is older than what the environment already has"),
	CONTEXT_CHANGED: row("conflict", "caller", "A file of the build context changed while it was read"),
	PLAN_STALE: row("conflict", "caller", "The world changed since the plan was made"),
	PARTLY_DONE: row("partial", "caller", "A part of what was asked for was done; what could not be done is listed, and running again goes on"),
	DIFFERENT: row("differences", "content", "Two images differ, and the exit code was asked to say so"),
	LIMIT_REACHED: row("limit", "content", "A safety limit was reached"),
	DEADLINE: row("deadline", "caller", "The time that was allowed is used up"),
	INTERRUPTED: row("interrupted", "caller", "The run was interrupted; no tag was written after that"),
	TERMINATED: row("terminated", "caller", "The run was asked to stop; no tag was written after that"),
	INTERNAL: row("internal", "kubeferry", "A defect of kubeferry itself")
};

Object.defineProperty(exports, "EXIT", {
  enumerable: true,
  get: function () {
    return EXIT;
  }
});
Object.defineProperty(exports, "FAILURE_CODES", {
  enumerable: true,
  get: function () {
    return FAILURE_CODES;
  }
});