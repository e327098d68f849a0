const require_failure_codes = require("./failure-codes.cjs");

// src/kit/failure.ts
var Failure = class extends Error {
	name = "Failure";
	code;
	hint;
	facts;
	more;
	constructor(code, message, options = {}) {
		super(message, options.cause === void 0 ? void 0 : { cause: options.cause });
		this.code = code;
		this.hint = options.hint;
		this.facts = options.facts ?? {};
		this.more = options.more ?? [];
	}
	get parts() {
		return {
			facts: this.facts,
			more: this.more,
			...this.cause === void 0 ? {} : { cause: this.cause },
			...this.hint === void 0 ? {} : { hint: this.hint }
		};
	}
	get exitCode() {
		return require_failure_codes.EXIT[require_failure_codes.FAILURE_CODES[this.code].exit];
	}
	get retryable() {
		return require_failure_codes.FAILURE_CODES[this.code].exit === "unavailable";
	}
};
function isFailure(error, code) {
	return error instanceof Failure && (code === void 0 || error.code === code);
}
function reasons(error) {
	const found = [];
	let next = error instanceof Error ? error.cause : void 0;
	while (next !== void 0 && found.length < 8) if (next instanceof Error) {
		found.push(next.message);
		next = next.cause;
	} else {
		found.push(String(next));
		next = void 0;
	}
	return found;
}
function asFailure(error) {
	if (error instanceof Failure) return error;
	const systemCode = error instanceof Error && "code" in error ? String(error.code) : "";
	if (systemCode === "ENOSPC" || systemCode === "EDQUOT") return new Failure("STORAGE_FULL", "cannot write: no space left on the disk", {
		cause: error,
		hint: "Free some space or name another directory, then run the same command again; nothing is lost."
	});
	if (systemCode === "EROFS" || systemCode === "EACCES" || systemCode === "EPERM") return new Failure("FILE_UNREADABLE", "cannot write: the place is read-only or not ours", {
		cause: error,
		hint: "Name a directory that this user may write, or mend its owner and mode."
	});
	return new Failure("INTERNAL", error instanceof Error ? error.message : String(error), {
		cause: error,
		hint: "This is a defect of kubeferry. Run again with FERRY_TRACE=1 and report what it prints."
	});
}

Object.defineProperty(exports, "Failure", {
  enumerable: true,
  get: function () {
    return Failure;
  }
});
Object.defineProperty(exports, "asFailure", {
  enumerable: true,
  get: function () {
    return asFailure;
  }
});
Object.defineProperty(exports, "isFailure", {
  enumerable: true,
  get: function () {
    return isFailure;
  }
});
Object.defineProperty(exports, "reasons", {
  enumerable: true,
  get: function () {
    return reasons;
  }
});