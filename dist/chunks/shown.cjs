const require_printable = require("./printable.cjs");
const require_table = require("./table.cjs");

// src/hosts/shown.ts
function shownLines(documents) {
	return documents.flatMap((document) => [
		`  ${require_printable.printable(document.title)}`,
		...document.tables.flatMap((table) => require_table.plainTable(table).replace(/^/gm, "    ").split("\n")),
		...(document.lines ?? []).map((line) => `    ${require_printable.printable(line)}`)
	]);
}

Object.defineProperty(exports, "shownLines", {
  enumerable: true,
  get: function () {
    return shownLines;
  }
});