const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_failure = require("./failure.cjs");
const require_names = require("./names.cjs");
const require_progress = require("./progress.cjs");
const require_table = require("./table.cjs");
const require_signals = require("./signals.cjs");
const require_command_line = require("./command-line.cjs");
const require_secret = require("./secret.cjs");
let node_fs = require("node:fs");

// src/hosts/terminal/ask.ts
async function askSecret(question, stdin, stderr) {
	stdin.setRawMode(true);
	try {
		return await new Promise((resolve, reject) => {
			let typed = "";
			const done = (secret) => {
				stdin.off("data", read);
				resolve(secret);
			};
			const read = (chunk) => {
				for (const character of chunk.toString("utf8")) {
					if (character === "\r" || character === "\n") return done(new require_secret.Secret(typed));
					if (character === "") return done(void 0);
					if (character === "") {
						stdin.off("data", read);
						return reject(new require_failure.Failure("INTERRUPTED", "interrupted at the prompt; nothing was changed"));
					}
					if (character === "" || character === "\b") typed = [...typed].slice(0, -1).join("");
					else typed += character;
				}
			};
			stdin.on("data", read);
			stderr.write(`${question}: `);
		});
	} finally {
		stdin.setRawMode(false);
		stdin.pause();
		stderr.write("\n");
	}
}

// src/hosts/terminal/host.ts
function createTerminalHost({ given, strangers, common }, variable, streams) {
	const { stdin, stdout, stderr } = streams;
	const live = stderr.isTTY === true && variable("CI") === void 0;
	const paint = require_command_line.createPaint(stderr.isTTY === true, variable);
	const progress = require_progress.createProgress((text) => void stderr.write(text), live);
	const quiet = common.get("quiet") === "true";
	const verbose = common.get("verbose") === "true" || variable("FERRY_TRACE") !== void 0;
	const words = (text) => {
		progress.clear();
		stderr.write(`${text}\n`);
	};
	return {
		name: "terminal",
		facts: {},
		read(name, field) {
			const raw = given.get(name);
			if (field.word !== "secret" || typeof raw !== "string" || raw === "") return raw;
			return readSecretFile(raw, require_command_line.flagOf(name, field));
		},
		strangers: () => strangers,
		spell: (name, field) => field.positional ? `<${field.flag ?? require_names.kebab(name)}>` : require_command_line.flagOf(name, field),
		variable,
		mask() {},
		say(line) {
			if (line.level === "debug" ? !verbose : quiet && line.level === "info") return;
			const text = require_signals.logText(line);
			words(line.level === "warn" ? paint("yellow", text) : line.level === "debug" ? paint("dim", text) : text);
		},
		progress: (event) => {
			if (!quiet) progress.report(event);
		},
		ask: (question) => stdin.isTTY === true && stderr.isTTY === true ? askSecret(question, stdin, stderr) : Promise.resolve(void 0),
		async end(ending) {
			progress.clear();
			await printData(ending, common.get("output") ?? "table", stdout);
			if (!ending.failure) return;
			const [headline = "", ...rest] = require_signals.failureLines(ending.failure);
			words(paint("red", headline));
			for (const line of rest) words(line);
			if (variable("FERRY_TRACE") !== void 0 && ending.failure.stack !== void 0) words(ending.failure.stack);
		}
	};
}
function readSecretFile(path, flag) {
	try {
		return (0, node_fs.readFileSync)(path, "utf8").replace(/\r?\n$/, "");
	} catch (error) {
		throw new require_failure.Failure("FILE_UNREADABLE", `${flag}: cannot read ${path}`, {
			cause: error,
			hint: "Name a file that exists and that this user may read."
		});
	}
}
async function printData(ending, form, stdout) {
	if (form === "json") stdout.write(`${JSON.stringify(require_progress.reportOf(ending), null, 2)}\n`);
	else if (form === "yaml") {
		const { dump } = await Promise.resolve().then(() => require("./js-yaml.cjs"));
		stdout.write(dump(JSON.parse(JSON.stringify(require_progress.reportOf(ending)))));
	} else {
		for (const document of ending.shown) {
			stdout.write(`${document.title}\n`);
			for (const table of document.tables) stdout.write(`${require_table.plainTable(table).replace(/^/gm, "  ")}\n`);
			for (const line of document.lines ?? []) stdout.write(`  ${line}\n`);
			stdout.write("\n");
		}
		const rows = Object.entries(ending.outputs).filter(([, value]) => value !== "" && !(Array.isArray(value) && value.length === 0));
		const width = Math.max(0, ...rows.map(([name]) => require_names.kebab(name).length));
		for (const [name, value] of rows) stdout.write(`${require_names.kebab(name).padEnd(width)}  ${Array.isArray(value) ? value.join(" ") : require_progress.outputText(value)}\n`);
	}
}

exports.createTerminalHost = createTerminalHost;