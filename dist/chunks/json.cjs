const require_failure = require("./failure.cjs");

// src/kit/json.ts
const DEEPEST = 64;
function parseStrictJson(bytes, what) {
	let text;
	try {
		text = new TextDecoder("utf-8", {
			fatal: true,
			ignoreBOM: true
		}).decode(bytes);
	} catch (error) {
		throw new require_failure.Failure("CONTENT_INVALID", `${what} is not UTF-8 text`, { cause: error });
	}
	let value;
	try {
		value = JSON.parse(text);
	} catch (error) {
		throw new require_failure.Failure("CONTENT_INVALID", `${what} is not JSON`, { cause: error });
	}
	checkShape(text, what);
	return value;
}
function isObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
function checkShape(text, what) {
	const open = [];
	const token = /"(?:[^"\\]|\\.)*"|[{}[\]]/gu;
	for (let match = token.exec(text); match; match = token.exec(text)) {
		const found = match[0];
		if (found === "{" || found === "[") {
			open.push(found === "{" ? /* @__PURE__ */ new Set() : void 0);
			if (open.length > DEEPEST) throw new require_failure.Failure("CONTENT_INVALID", `${what} is nested deeper than ${DEEPEST} levels`);
		} else if (found === "}" || found === "]") open.pop();
		else if (followedByColon(text, token.lastIndex)) {
			const key = JSON.parse(found);
			const keys = open.at(-1);
			if (keys?.has(key)) throw new require_failure.Failure("CONTENT_INVALID", `${what} has the key ${JSON.stringify(key)} twice`);
			keys?.add(key);
		}
	}
}
function followedByColon(text, from) {
	let at = from;
	while (text[at] === " " || text[at] === "\n" || text[at] === "\r" || text[at] === "	") at += 1;
	return text[at] === ":";
}
function canonicalJson(value) {
	return JSON.stringify(value, (_key, inner) => {
		if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
		return Object.fromEntries(Object.entries(inner).toSorted(([left], [right]) => left < right ? -1 : left > right ? 1 : 0));
	});
}

Object.defineProperty(exports, "canonicalJson", {
  enumerable: true,
  get: function () {
    return canonicalJson;
  }
});
Object.defineProperty(exports, "isObject", {
  enumerable: true,
  get: function () {
    return isObject;
  }
});
Object.defineProperty(exports, "parseStrictJson", {
  enumerable: true,
  get: function () {
    return parseStrictJson;
  }
});