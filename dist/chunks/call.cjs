const require_failure = require("./failure.cjs");

// src/kit/call.ts
function freeCall() {
	return { signal: new AbortController().signal };
}
function throwIfStopped(call) {
	if (call.signal.aborted) throw stopReason(call.signal);
	if (call.deadline !== void 0 && performance.now() > call.deadline) throw new require_failure.Failure("DEADLINE", "the allowed time is used up", { hint: "Allow more time, or run the same command again: what was done is kept." });
}
function stopReason(signal) {
	if (signal.reason instanceof require_failure.Failure) return signal.reason;
	return new require_failure.Failure("INTERRUPTED", "stopped before it was done", {
		cause: signal.reason,
		hint: "Run the same command again: what was done is kept, and no tag was written after the stop."
	});
}
async function pause(milliseconds, call) {
	throwIfStopped(call);
	await new Promise((resolve, reject) => {
		const stop = () => {
			clearTimeout(timer);
			reject(stopReason(call.signal));
		};
		const timer = setTimeout(() => {
			call.signal.removeEventListener("abort", stop);
			resolve();
		}, milliseconds);
		call.signal.addEventListener("abort", stop, { once: true });
	});
}

Object.defineProperty(exports, "freeCall", {
  enumerable: true,
  get: function () {
    return freeCall;
  }
});
Object.defineProperty(exports, "pause", {
  enumerable: true,
  get: function () {
    return pause;
  }
});
Object.defineProperty(exports, "stopReason", {
  enumerable: true,
  get: function () {
    return stopReason;
  }
});
Object.defineProperty(exports, "throwIfStopped", {
  enumerable: true,
  get: function () {
    return throwIfStopped;
  }
});