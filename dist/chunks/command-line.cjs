const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_suggest = require("./suggest.cjs");
const require_names = require("./names.cjs");
const require_product = require("./product.cjs");
const require_signals = require("./signals.cjs");
const require_failure = require("./failure.cjs");
const require_failure_codes = require("./failure-codes.cjs");
let node_fs = require("node:fs");
let node_path = require("node:path");
let node_util = require("node:util");

// src/hosts/terminal/arguments.ts
const COMMON_FLAGS = {
	output: true,
	quiet: false,
	verbose: false,
	help: false
};
const SHORT = {
	o: "output",
	q: "quiet",
	v: "verbose",
	h: "help"
};
function flagOf(name, field) {
	const base = `--${field.flag ?? require_names.kebab(name)}`;
	return field.word === "secret" ? `${base}-file` : base;
}
function parseArguments(inputs, argv) {
	const byFlag = /* @__PURE__ */ new Map();
	for (const [name, field] of Object.entries(inputs)) {
		byFlag.set(flagOf(name, field).slice(2), name);
		if (field.flag !== void 0) byFlag.set(require_names.kebab(name), name);
	}
	const options = Object.fromEntries([
		...[...byFlag].map(([flag, name]) => [flag, { type: inputs[name]?.shape === "switch" ? "boolean" : "string" }]),
		...Object.entries(COMMON_FLAGS).map(([flag, takesValue]) => [flag, { type: takesValue ? "string" : "boolean" }]),
		...Object.entries(SHORT).map(([short, flag]) => [flag, {
			type: COMMON_FLAGS[flag] ? "string" : "boolean",
			short
		}])
	]);
	const { tokens } = (0, node_util.parseArgs)({
		args: [...argv],
		options,
		strict: false,
		allowPositionals: true,
		tokens: true
	});
	const given = /* @__PURE__ */ new Map();
	const common = /* @__PURE__ */ new Map();
	const strangers = [];
	const words = [];
	let swallowed = -1;
	for (const token of tokens) {
		if (token.kind === "positional" && token.index !== swallowed) words.push(token.value);
		if (token.kind !== "option") continue;
		const meant = require_suggest.suggest(token.name, byFlag.keys());
		if (options[token.name] === void 0 && token.value === void 0 && meant !== void 0 && options[meant]?.type === "string") swallowed = token.index + 1;
		const value = token.value ?? (options[token.name]?.type === "boolean" ? "true" : void 0);
		const name = byFlag.get(token.name);
		if (name !== void 0 && value !== void 0) add(given, name, value, inputs[name]);
		else if (token.name in COMMON_FLAGS && value !== void 0) common.set(token.name, value);
		else strangers.push(name === void 0 && !(token.name in COMMON_FLAGS) ? token.rawName : `${token.rawName} (without a value)`);
	}
	strangers.push(...place(words, inputs, given));
	return {
		given,
		strangers,
		common
	};
}
function add(given, name, value, field) {
	const before = given.get(name);
	const many = field?.shape === "list" || field?.shape === "map" || field?.word === "keys";
	if (before === void 0) given.set(name, many ? [value] : value);
	else given.set(name, typeof before === "string" ? [before, value] : [...before, value]);
}
function place(words, inputs, given) {
	const left = [...words];
	for (const [name, field] of Object.entries(inputs)) {
		if (!field.positional || left.length === 0 || given.has(name)) continue;
		given.set(name, field.shape === "list" ? left.splice(0) : left.shift() ?? "");
	}
	return left;
}

// src/hosts/terminal/help.ts
const COMMON_HELP = [
	["-o, --output FORM", "How results are printed on stdout: table, json or yaml (table)"],
	["-q, --quiet", "Only warnings and errors on stderr"],
	["-v, --verbose", "Also what is only of interest when something is odd"],
	["-h, --help", "This text"]
];
function exampleLine(step, example) {
	const words = [require_product.PRODUCT.command, step.name];
	const flags = [];
	for (const [name, field] of Object.entries(step.inputs)) {
		const value = example.inputs[name];
		if (value === void 0) continue;
		for (const item of Array.isArray(value) ? value : [value]) if (field.positional) words.push(quote(String(item)));
		else if (field.shape === "switch") flags.push(item === true ? flagOf(name, field) : `${flagOf(name, field)}=false`);
		else flags.push(flagOf(name, field), quote(String(item)));
	}
	return [...words, ...flags].join(" ");
}
function quote(text) {
	return /^[A-Za-z0-9_./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
function usage(step, inputs) {
	const words = Object.entries(inputs).flatMap(([name, field]) => {
		if (!field.positional) return [];
		const word = `<${field.flag ?? require_names.kebab(name)}>${field.shape === "list" ? "…" : ""}`;
		return [field.required ? word : `[${word}]`];
	});
	return [
		require_product.PRODUCT.command,
		step.name,
		...words,
		"[flags]"
	].join(" ");
}
function flagRow(name, field) {
	const placeholder = field.shape === "switch" ? "" : field.word === "secret" || field.word === "private-key" ? " FILE" : ` ${(field.choices ? "CHOICE" : field.word === "list" || field.word === "map" ? field.word === "map" ? "KEY=VALUE" : "TEXT" : field.word).toUpperCase()}`;
	const left = field.positional ? `<${field.flag ?? require_names.kebab(name)}>` : `${flagOf(name, field)}${placeholder}`;
	const notes = [
		field.required ? "required" : "",
		field.choices === void 0 ? "" : `one of ${field.choices.join(", ")}`,
		field.fallback === void 0 || field.shape === "switch" ? "" : `default ${String(field.fallback)}`,
		field.shape === "list" || field.shape === "map" ? "may be repeated" : "",
		field.setting === void 0 ? "" : `ferry.yaml ${field.setting}`,
		require_names.variableOf(name)
	].filter((note) => note !== "");
	return [left, `${field.about} (${notes.join("; ")})`];
}
function stepHelp(step, paint) {
	const inputs = require_signals.inputsOf(step);
	const rows = Object.entries(inputs).map(([name, field]) => flagRow(name, field));
	const width = Math.min(34, Math.max(...[...rows, ...COMMON_HELP].map(([left]) => left.length)));
	const line = ([left, right]) => left.length > width ? `  ${left}\n  ${" ".repeat(width)}  ${right}` : `  ${left.padEnd(width)}  ${right}`;
	return [
		step.summary,
		"",
		paint("bold", "Examples"),
		...step.examples.flatMap((example) => [`  # ${example.title}`, `  ${exampleLine(step, example)}`]),
		"",
		paint("bold", "Usage"),
		`  ${usage(step, inputs)}`,
		"",
		...step.details === void 0 ? [] : [step.details, ""],
		paint("bold", "Inputs"),
		...rows.map(line),
		"",
		paint("bold", "Flags of every command"),
		...COMMON_HELP.map(line),
		"",
		...Object.keys(step.outputs).length === 0 ? [] : [
			paint("bold", "Outputs"),
			...Object.entries(step.outputs).map(([name, output]) => line([require_names.kebab(name), output.about])),
			""
		],
		`Exit codes and what they mean: ${require_product.PRODUCT.command} help exit-codes`,
		""
	].join("\n");
}
function overview(steps, commands, paint) {
	const width = Math.max(...[...steps, ...commands].map((entry) => entry.name.length));
	const line = (entry) => `  ${entry.name.padEnd(width)}  ${entry.summary}`;
	return [
		"Carries container images from a commit to production; the same on a laptop, GitHub Actions, Tekton and Jenkins.",
		"",
		paint("bold", "Examples"),
		`  ${require_product.PRODUCT.command} build ./app --to oci:./out:dev-v1.0-1`,
		`  ${require_product.PRODUCT.command} push oci:./out:dev-v1.0-1 harbor.example.com/pay/api:dev-v1.0-1`,
		`  ${require_product.PRODUCT.command} promote harbor.example.com/pay/api:dev-v1.0-1 --to staging --apply`,
		"",
		paint("bold", "Steps"),
		...steps.map(line),
		"",
		paint("bold", "Commands"),
		...commands.map(line),
		"",
		`Help on one of them: ${require_product.PRODUCT.command} <name> --help. More: ${require_product.PRODUCT.command} help exit-codes | environment | output`,
		""
	].join("\n");
}

// src/hosts/terminal/style.ts
function createPaint(isTerminal, variable) {
	const forced = variable("FORCE_COLOR");
	return variable("NO_COLOR") === void 0 && (forced === void 0 ? isTerminal : forced !== "0") ? (style, text) => (0, node_util.styleText)(style, text, { validateStream: false }) : (_style, text) => text;
}

// src/entry/commands/index.ts
const COMMANDS = {
	"config show": {
		summary: "Show the value of every input of a step and, with --origin, where it comes from",
		load: async () => (await Promise.resolve().then(() => require("./config-show.cjs"))).configShowCommand
	},
	"key create": {
		summary: "Make a key pair for signing: P-256, the private key encrypted in the form that cosign reads",
		load: async () => (await Promise.resolve().then(() => require("./key-create.cjs"))).keyCreateCommand
	},
	"registry gc": {
		summary: "Free the space of content that nothing names any more, in an OCI layout or a directory of registry serve",
		load: async () => (await Promise.resolve().then(() => require("./registry-gc.cjs"))).registryGcCommand
	},
	"registry serve": {
		summary: "Serve a directory of OCI layouts as a registry, on loopback unless told otherwise",
		load: async () => (await Promise.resolve().then(() => require("./registry-serve.cjs"))).registryServeCommand
	}
};

// src/entry/command-line.ts
const variable = (name) => process.env[name] || void 0;
async function commandLine(argv) {
	require_signals.quietPipes();
	const signal = require_signals.stopOnSignals();
	try {
		process.exitCode = await run(argv, signal);
	} catch (error) {
		const failure = require_failure.asFailure(error);
		for (const line of require_signals.failureLines(failure)) process.stderr.write(`${line}\n`);
		if (variable("FERRY_TRACE") !== void 0 && failure.stack !== void 0) process.stderr.write(`${failure.stack}\n`);
		process.exitCode = failure.exitCode;
	}
}
async function run(argv, signal) {
	const paint = createPaint(process.stdout.isTTY === true, variable);
	const helpOnly = argv[0] === "help" || argv.length === 0;
	const asked = argv[0] === "help" ? argv.slice(1) : argv;
	const found = await findCommand(asked);
	if (!found) {
		if (!helpOnly && asked[0] !== "--help" && asked[0] !== "-h") throw unknownCommand(asked);
		const topic = helpOnly && asked[0] !== void 0 ? await (await Promise.resolve().then(() => require("./topics.cjs"))).topicText(asked[0]) : void 0;
		if (helpOnly && asked[0] !== void 0 && topic === void 0 && !asked[0].startsWith("-")) throw unknownCommand(asked);
		process.stdout.write(topic ?? overview(listed(require_signals.STEPS), listed(COMMANDS), paint));
		return require_failure_codes.EXIT.ok;
	}
	const { command, rest } = found;
	const hostName = variable("FERRY_HOST") ?? "terminal";
	if (hostName !== "terminal") return require_signals.live(command, await ciHost(hostName, command, rest), require_signals.machine(signal, dockerConfigOf(hostName)));
	const given = parseArguments(require_signals.inputsOf(command), rest);
	if (helpOnly || given.common.get("help") === "true") {
		process.stdout.write(stepHelp(command, paint));
		return require_failure_codes.EXIT.ok;
	}
	const form = given.common.get("output") ?? "table";
	if (![
		"table",
		"json",
		"yaml"
	].includes(form)) throw new require_failure.Failure("INPUT_INVALID", `--output is "${form.slice(0, 40)}", which is not one of table, json, yaml`);
	const { createTerminalHost } = await Promise.resolve().then(() => require("./host4.cjs"));
	return require_signals.live(command, createTerminalHost(given, variable, process), require_signals.machine(signal));
}
function listed(table) {
	return Object.entries(table).map(([name, { summary }]) => ({
		name,
		summary
	}));
}
async function findCommand(words) {
	for (const length of [2, 1]) {
		const name = words.slice(0, length).join(" ");
		const command = Object.entries(COMMANDS).find(([known]) => known === name)?.[1];
		if (command) return {
			command: await command.load(),
			rest: words.slice(length)
		};
	}
	const [name = "", ...rest] = words;
	return Object.hasOwn(require_signals.STEPS, name) ? {
		command: await require_signals.loadStep(name),
		rest
	} : void 0;
}
function unknownCommand(words) {
	const names = [...Object.keys(require_signals.STEPS), ...Object.keys(COMMANDS)];
	const two = words.slice(0, 2).join(" ");
	const meant = require_suggest.suggest(two, names) ?? require_suggest.suggest(words[0] ?? "", names);
	return new require_failure.Failure("INPUT_INVALID", `ferry knows no command "${(words[0] ?? "").slice(0, 80)}"`, { hint: meant === void 0 ? "ferry help lists them." : `Did you mean ferry ${meant}?` });
}
async function ciHost(name, command, rest) {
	const write = (text) => void process.stdout.write(text);
	if (name === "tekton") return (await Promise.resolve().then(() => require("./host3.cjs"))).createTektonHost(process.env, rest, write);
	if (name === "jenkins") return (await Promise.resolve().then(() => require("./host.cjs"))).createJenkinsHost(process.env, write);
	if (name === "kubesphere") return (await Promise.resolve().then(() => require("./host2.cjs"))).createKubesphereHost(process.env, process.cwd(), command.name, write);
	throw new require_failure.Failure("INPUT_INVALID", `FERRY_HOST is "${name.slice(0, 40)}", which is not one of terminal, tekton, jenkins, kubesphere`, { hint: "Unset FERRY_HOST to use ferry at a terminal." });
}
function dockerConfigOf(host) {
	const directory = host === "tekton" ? variable("FERRY_DOCKER_DIRECTORY") : void 0;
	if (directory === void 0) return void 0;
	return ["config.json", ".dockerconfigjson"].map((name) => (0, node_path.join)(directory, name)).find((file) => (0, node_fs.existsSync)(file));
}

exports.commandLine = commandLine;
exports.createPaint = createPaint;
exports.flagOf = flagOf;