if (Number(process.versions.node.split('.')[0]) < 22) {
  process.stderr.write('ferry: error: this is Node ' + process.versions.node + ', and ferry needs Node 22 or newer\n');
  process.exit(2);
}
Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
const require_rolldown_runtime = require("./chunks/rolldown-runtime.cjs");
const require_failure = require("./chunks/failure.cjs");
const require_printable = require("./chunks/printable.cjs");
const require_signals = require("./chunks/signals.cjs");
const require_names = require("./chunks/names.cjs");
const require_progress = require("./chunks/progress.cjs");
let node_fs = require("node:fs");
let node_crypto = require("node:crypto");

// src/hosts/github/commands.ts
function workflowCommand(name, text, properties = {}) {
	const listed = Object.entries(properties).map(([key, value]) => `${key}=${escapeText(value).replaceAll(":", "%3A").replaceAll(",", "%2C")}`);
	return `::${name}${listed.length === 0 ? "" : ` ${listed.join(",")}`}::${escapeText(text)}`;
}
function escapeText(text) {
	return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
function inertText(text) {
	return text.replaceAll("##[", "## [");
}
function appendValue(file, name, value) {
	const delimiter = `ferry_${(0, node_crypto.randomUUID)()}`;
	(0, node_fs.appendFileSync)(file, `${name}<<${delimiter}\n${value}\n${delimiter}\n`);
}

// src/hosts/github/host.ts
function createGithubHost(variables, write) {
	const inputVariable = (name) => `INPUT_${require_names.kebab(name).toUpperCase()}`;
	const say = (text) => write(`${inertText(text)}\n`);
	const command = (...parts) => write(`${workflowCommand(...parts)}\n`);
	const progress = require_progress.createProgress((text) => write(inertText(text)), false);
	return {
		name: "github",
		facts: factsOf(variables),
		read: (name) => variables[inputVariable(name)] || void 0,
		strangers(names) {
			const known = new Set(names.map(inputVariable));
			return Object.keys(variables).filter((name) => name.startsWith("INPUT_") && !known.has(name)).map((name) => name.slice(6).toLowerCase());
		},
		spell: (name) => require_names.kebab(name),
		variable: (name) => variables[name] || void 0,
		mask(secret) {
			for (const form of new Set(require_signals.derivedForms(secret.reveal()))) command("add-mask", form);
		},
		say(line) {
			if (line.level === "warn") command("warning", require_signals.logText(line));
			else if (line.level !== "debug") say(require_signals.logText(line));
			else if (variables["RUNNER_DEBUG"] === "1") command("debug", require_signals.logText(line));
		},
		progress: (event) => progress.report(event),
		ask: () => Promise.resolve(void 0),
		async end(ending) {
			handOver(ending, variables);
			if (!ending.failure) return;
			for (const line of require_signals.failureLines(ending.failure)) say(line);
			command("error", annotationText(ending.failure), { title: `ferry ${ending.step.name}` });
			if (variables["RUNNER_DEBUG"] === "1" && ending.failure.stack !== void 0) for (const line of ending.failure.stack.split("\n")) say(`ferry: ${require_printable.printable(line)}`);
		}
	};
}
function annotationText(failure) {
	const { headline, lines } = require_signals.failureText(failure);
	return [headline, ...lines.filter((line) => line.label !== "more").map((line) => line.text)].join("\n");
}
function factsOf(variables) {
	const server = variables["GITHUB_SERVER_URL"];
	const repository = variables["GITHUB_REPOSITORY"];
	const number = variables["GITHUB_RUN_NUMBER"];
	const revision = variables["GITHUB_SHA"];
	return {
		...number ? { buildNumber: number } : {},
		...revision ? { revision } : {},
		...server && repository ? { source: `${server}/${repository}` } : {}
	};
}
function handOver(ending, variables) {
	const outputFile = variables["GITHUB_OUTPUT"];
	const entries = Object.entries(ending.outputs);
	if (entries.length > 0 && !outputFile) throw new require_failure.Failure("INTERNAL", "GITHUB_OUTPUT is not set, so outputs cannot be handed over", { hint: "Run the action through a GitHub runner or act." });
	try {
		for (const [name, value] of entries) appendValue(outputFile ?? "", require_names.kebab(name), require_progress.outputText(value));
	} catch (error) {
		throw require_failure.asFailure(error);
	}
	const summaryFile = variables["GITHUB_STEP_SUMMARY"];
	try {
		if (summaryFile) (0, node_fs.appendFileSync)(summaryFile, require_progress.summaryOf(ending));
	} catch {
		return;
	}
}

// src/entry/action.ts
async function runAction(name) {
	require_signals.quietPipes();
	const signal = require_signals.stopOnSignals();
	const host = createGithubHost(process.env, (text) => void process.stdout.write(text));
	process.exitCode = await require_signals.live(await require_signals.loadStep(name), host, require_signals.machine(signal));
}

exports.runAction = runAction;