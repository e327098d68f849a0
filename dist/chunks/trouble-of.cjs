const require_call = require("./call.cjs");
const require_failure = require("./failure.cjs");

// src/registry/copy/trouble-of.ts
const ENDS = /* @__PURE__ */ new Set([
	"LIMIT_REACHED",
	"DEADLINE",
	"INTERRUPTED",
	"TERMINATED"
]);
function troubleOf(error, call) {
	require_call.throwIfStopped(call);
	if (!require_failure.isFailure(error) || ENDS.has(error.code)) throw error;
	const { code } = error;
	const why = [error.message, ...error.cause instanceof Error ? [error.cause.message] : error.cause === void 0 ? [] : [String(error.cause)]].join(": ");
	if (code === "CONTENT_MISSING") return {
		kind: "missing",
		code,
		why
	};
	return {
		kind: code === "DIGEST_MISMATCH" || code === "CONTENT_INVALID" ? "damaged" : "unknown",
		code,
		why
	};
}

Object.defineProperty(exports, "troubleOf", {
  enumerable: true,
  get: function () {
    return troubleOf;
  }
});