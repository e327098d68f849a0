const require_progress = require("./progress.cjs");
const require_printable = require("./printable.cjs");
const require_table = require("./table.cjs");
const require_signals = require("./signals.cjs");

// src/hosts/shown.ts
function shownLines(documents) {
	return documents.flatMap((document) => [
		`  ${require_printable.printable(document.title)}`,
		...document.tables.flatMap((table) => require_table.plainTable(table).replace(/^/gm, "    ").split("\n")),
		...(document.lines ?? []).map((line) => `    ${require_printable.printable(line)}`)
	]);
}

// src/hosts/plain-log.ts
function createPlainLog(write) {
	const line = (text) => write(`${text}\n`);
	const progress = require_progress.createProgress(write, false);
	return {
		speech: {
			mask() {},
			say(said) {
				if (said.level !== "debug") line(require_signals.logText(said));
			},
			progress: (event) => progress.report(event),
			ask: () => Promise.resolve(void 0)
		},
		line,
		shown(documents) {
			for (const text of shownLines(documents)) line(text);
		},
		failure(failure) {
			if (failure) for (const text of require_signals.failureLines(failure)) line(text);
		}
	};
}

Object.defineProperty(exports, "createPlainLog", {
  enumerable: true,
  get: function () {
    return createPlainLog;
  }
});