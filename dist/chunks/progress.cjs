const require_failure = require("./failure.cjs");
const require_printable = require("./printable.cjs");
const require_signals = require("./signals.cjs");
const require_units = require("./units.cjs");
const require_table = require("./table.cjs");

// src/step/report.ts
function reportOf(ending) {
	return {
		step: ending.step.name,
		exitCode: ending.exitCode,
		outputs: ending.outputs,
		...Object.fromEntries(ending.shown.map((document) => [document.name, document.data])),
		...ending.failure === void 0 ? {} : { error: errorOf(ending.failure) }
	};
}
function errorOf(failure) {
	return {
		code: failure.code,
		message: failure.message,
		retryable: failure.retryable,
		...require_failure.reasons(failure).length === 0 ? {} : { why: require_failure.reasons(failure) },
		...failure.hint === void 0 ? {} : { hint: failure.hint },
		...Object.keys(failure.facts).length === 0 ? {} : { facts: failure.facts },
		...failure.more.length === 0 ? {} : { more: failure.more.map(errorOf) }
	};
}
const LARGEST_SUMMARY = 921600;
function summaryOf(ending) {
	const verdict = ending.exitCode === 0 ? "done" : `failed (exit ${ending.exitCode})`;
	const parts = [`### ferry ${ending.step.name}: ${verdict} in ${require_units.formatDuration(ending.milliseconds)}`];
	if (ending.failure) {
		const text = require_signals.failureText(ending.failure);
		parts.push([`**${require_table.markdownText(text.headline)}**`, ...text.lines.map((line) => `- ${line.label}: ${require_table.markdownText(line.text)}`)].join("\n"));
	}
	const outputs = Object.entries(ending.outputs).filter(([, value]) => value !== "");
	if (outputs.length > 0) parts.push(require_table.markdownTable({
		columns: ["output", "value"],
		rows: outputs.map(([name, value]) => [name, outputText(value)])
	}));
	for (const document of ending.shown) parts.push(`**${require_table.markdownText(document.title)}**`, ...document.tables.map(require_table.markdownTable), ...(document.lines ?? []).map(require_table.markdownText));
	return cutSummary(`${parts.join("\n\n")}\n`);
}
function cutSummary(text) {
	const bytes = Buffer.from(text);
	if (bytes.length <= LARGEST_SUMMARY) return text;
	const end = bytes.subarray(0, LARGEST_SUMMARY).lastIndexOf("\n");
	return `${bytes.subarray(0, end).toString()}\n\n… cut at 900 KiB; the whole is in the report.\n`;
}
function outputText(value) {
	return typeof value === "string" ? value : JSON.stringify(value);
}

// src/hosts/progress.ts
const EVERY_TERMINAL = 100;
const EVERY_LOG = 1e4;
function createProgress(write, isTerminal, now = () => performance.now()) {
	let last = isTerminal ? Number.NEGATIVE_INFINITY : now();
	let drawn = false;
	return {
		report(event) {
			const time = now();
			if (time - last < (isTerminal ? EVERY_TERMINAL : EVERY_LOG)) return;
			last = time;
			const total = event.total === void 0 ? "" : ` of ${require_units.formatBytes(event.total)}`;
			const text = `ferry: ${require_printable.printable(event.what, 60)} ${require_units.formatBytes(event.done)}${total}`;
			write(isTerminal ? `\r\u001b[2K${text}` : `${text}\n`);
			drawn = isTerminal;
		},
		clear() {
			if (drawn) write("\r\x1B[2K");
			drawn = false;
		}
	};
}

Object.defineProperty(exports, "createProgress", {
  enumerable: true,
  get: function () {
    return createProgress;
  }
});
Object.defineProperty(exports, "outputText", {
  enumerable: true,
  get: function () {
    return outputText;
  }
});
Object.defineProperty(exports, "reportOf", {
  enumerable: true,
  get: function () {
    return reportOf;
  }
});
Object.defineProperty(exports, "summaryOf", {
  enumerable: true,
  get: function () {
    return summaryOf;
  }
});