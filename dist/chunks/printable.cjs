// src/kit/printable.ts
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
function printable(text, limit = 400) {
	const shown = text.replace(HIDDEN, (character) => {
		if (character === "\n") return "\\n";
		if (character === "	") return "\\t";
		if (character === "\r") return "\\r";
		return `\\u{${character.codePointAt(0)?.toString(16) ?? ""}}`;
	});
	return shown.length > limit ? `${shown.slice(0, limit)}…` : shown;
}

Object.defineProperty(exports, "printable", {
  enumerable: true,
  get: function () {
    return printable;
  }
});