const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_failure_codes = require("./failure-codes.cjs");
const require_table = require("./table.cjs");

// src/entry/topics.ts
const TOPICS = {
	"exit-codes": () => {
		const codes = Object.entries(require_failure_codes.FAILURE_CODES);
		const rows = Object.entries(require_failure_codes.EXIT).map(([name, code]) => [
			String(code),
			name,
			codes.flatMap(([failure, row]) => row.exit === name ? [failure] : []).join(" ")
		]);
		return `An unknown exit code means failure.\n\n${require_table.plainTable({
			columns: [
				"exit",
				"meaning",
				"codes"
			],
			rows
		})}\n`;
	},
	environment: () => [
		"Every input can be given as a variable: --key-password is FERRY_KEY_PASSWORD. Order: input, environment, ferry.yaml, default.",
		"",
		require_table.plainTable({
			columns: ["variable", "meaning"],
			rows: [
				["FERRY_<INPUT>", "An input, in capitals with underscores; lists one item a line"],
				["FERRY_TRACE", "Also print debug lines and, after a failure, where it came from"],
				["SOURCE_DATE_EPOCH", "Seconds since 1970: the time that is written into what is made"],
				["DOCKER_CONFIG, REGISTRY_AUTH_FILE, DOCKER_AUTH_CONFIG", "Where registry credentials are, as other tools read them"],
				["NO_COLOR, FORCE_COLOR", "Without colours; with them"],
				["CI", "When set, progress is a line every 10 seconds"]
			]
		}),
		""
	].join("\n"),
	output: () => [
		"stdout carries results only, stderr everything else.",
		"",
		require_table.plainTable({
			columns: ["form", "what is printed"],
			rows: [
				["--output table", "For people: what was planned or found, then each output on a line"],
				["--output json", "One document: step, exitCode, outputs, and error when it failed; branch on this in scripts"],
				["--output yaml", "The same document as YAML"]
			]
		}),
		""
	].join("\n")
};
async function topicText(name) {
	return Object.entries(TOPICS).find(([topic]) => topic === name)?.[1]();
}

exports.topicText = topicText;