const require_printable = require("./printable.cjs");

// src/step/table.ts
function plainTable({ columns, rows }) {
	const lines = [columns.map((column) => column.toUpperCase()), ...rows.map((row) => row.map((cell) => require_printable.printable(cell)))];
	const widths = columns.map((_, index) => Math.max(...lines.map((line) => widthOf(line[index] ?? ""))));
	return lines.map((line) => line.map((cell, index) => cell + " ".repeat(Math.max(0, (widths[index] ?? 0) - widthOf(cell)))).join("  ").trimEnd()).join("\n");
}
function markdownTable({ columns, rows }) {
	const line = (cells) => `| ${cells.join(" | ")} |`;
	return [
		line(columns),
		line(columns.map(() => "---")),
		...rows.map((row) => line(row.map(markdownText)))
	].join("\n");
}
function markdownText(text) {
	return require_printable.printable(text).replace(/[\\`*_{}[\]()#+!|<>@~$&]/g, (character) => `&#${character.codePointAt(0) ?? 0};`);
}
const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
function widthOf(text) {
	let width = 0;
	for (const character of text) width += WIDE.test(character) ? 2 : 1;
	return width;
}

Object.defineProperty(exports, "markdownTable", {
  enumerable: true,
  get: function () {
    return markdownTable;
  }
});
Object.defineProperty(exports, "markdownText", {
  enumerable: true,
  get: function () {
    return markdownText;
  }
});
Object.defineProperty(exports, "plainTable", {
  enumerable: true,
  get: function () {
    return plainTable;
  }
});