const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_failure = require("./failure.cjs");
const require_names = require("./names.cjs");
const require_plain_log = require("./plain-log.cjs");
const require_signals = require("./signals.cjs");
const require_progress = require("./progress.cjs");
let node_fs = require("node:fs");
let node_path = require("node:path");

// src/hosts/tekton/variables.ts
const LIST_MARKER = "--ferry-list=";
const TEKTON_VARIABLE = {
	param: "FERRY_PARAM_",
	result: "FERRY_RESULT_",
	secrets: "FERRY_SECRETS_DIRECTORY",
	docker: "FERRY_DOCKER_DIRECTORY"
};

// src/hosts/tekton/results.ts
const MOST = 3840;
function writeResults(ending, variables) {
	const results = Object.entries(variables).flatMap(([name, file]) => name.startsWith(TEKTON_VARIABLE.result) && file ? [resultOf(name.slice(TEKTON_VARIABLE.result.length), file, ending)] : []);
	const left = tooLong(results);
	for (const result of results) write(result, left.has(result) ? result.empty : result.text);
	return [...left].map((result) => result.name);
}
function write({ name, file }, text) {
	try {
		(0, node_fs.writeFileSync)(file, text);
	} catch (error) {
		throw new require_failure.Failure("FILE_UNREADABLE", `cannot write result ${name} to ${file}`, {
			cause: error,
			hint: "Let all steps of a pod run as the same user."
		});
	}
}
function resultOf(variable, file, ending) {
	const result = {
		name: (0, node_path.basename)(file),
		file
	};
	const found = Object.entries(ending.step.outputs).find(([name]) => require_names.upperSnake(name) === variable);
	if (found === void 0) return {
		...result,
		text: chainsText(variable, ending),
		empty: ""
	};
	const [name, output] = found;
	const value = ending.outputs[name];
	const empty = output.word === "list" ? "[]" : "";
	return {
		...result,
		text: value === void 0 ? empty : require_progress.outputText(value),
		empty
	};
}
function chainsText(variable, { outputs }) {
	const { image, digest, applied } = outputs;
	if (typeof image !== "string" || typeof digest !== "string" || /^(?:oci|oci-archive|docker-archive):/.test(image) || applied === false) return "";
	if (variable === "IMAGE_DIGEST") return digest;
	return variable === "IMAGE_URL" ? image : "";
}
function tooLong(results) {
	const left = /* @__PURE__ */ new Set();
	let total = results.reduce((sum, result) => sum + sizeOf(result.name, result.text), 0);
	for (const result of results.toSorted((one, other) => other.text.length - one.text.length)) {
		if (total <= MOST) break;
		left.add(result);
		total -= sizeOf(result.name, result.text) - sizeOf(result.name, result.empty);
	}
	return left;
}
function sizeOf(key, value) {
	return Buffer.byteLength(JSON.stringify({
		key,
		value,
		type: 1
	})) + 5 * (value.match(/[<>&]/g)?.length ?? 0) + 1;
}

// src/hosts/tekton/host.ts
function createTektonHost(variables, argv, write) {
	const { lists, loose } = readLists(argv);
	const paramOf = (name) => `${TEKTON_VARIABLE.param}${require_names.upperSnake(name)}`;
	const log = require_plain_log.createPlainLog(write);
	return {
		name: "tekton",
		facts: {},
		read(name, field) {
			if (field.shape === "list" || field.shape === "map") return lists.get(require_names.kebab(name));
			if (lists.has(require_names.kebab(name))) throw new require_failure.Failure("INPUT_INVALID", `params.${require_names.kebab(name)} is no array, and an element of one begins with ${LIST_MARKER}`, FORGED);
			if (field.shape === "secret") return readSecret(require_names.kebab(name), variables[TEKTON_VARIABLE.secrets]);
			return variables[paramOf(name)] || void 0;
		},
		strangers(names) {
			const known = new Set(names.map(paramOf));
			const wired = Object.keys(variables).filter((name) => name.startsWith(TEKTON_VARIABLE.param) && !known.has(name));
			const listed = [...lists.keys()].filter((name) => !names.some((known) => require_names.kebab(known) === name));
			return [...[...wired.map((name) => name.slice(TEKTON_VARIABLE.param.length).toLowerCase().replaceAll("_", "-")), ...listed].map((name) => `params.${name.slice(0, 80)}`), ...loose.map((word) => `the argument ${word.slice(0, 80)}`)];
		},
		spell: (name, field) => field.shape === "secret" ? `workspaces.secrets/${require_names.kebab(name)}` : `params.${require_names.kebab(name)}`,
		variable: (name) => variables[name] || void 0,
		...log.speech,
		async end(ending) {
			log.shown(ending.shown);
			log.failure(ending.failure);
			for (const result of writeResults(ending, variables)) log.line(require_signals.logText({
				level: "warn",
				message: "a result is longer than Tekton can carry and was left empty",
				fields: { result }
			}));
		}
	};
}
const FORGED = { hint: `Elements of array params must not begin with ${LIST_MARKER}.` };
function readLists(argv) {
	const lists = /* @__PURE__ */ new Map();
	const loose = [];
	let current = loose;
	for (const word of argv) {
		if (!word.startsWith("--ferry-list=")) {
			current.push(word);
			continue;
		}
		const name = word.slice(LIST_MARKER.length);
		if (lists.has(name)) throw new require_failure.Failure("INPUT_INVALID", `params.${name.slice(0, 80)} would be given twice: an element begins with ${LIST_MARKER}`, FORGED);
		current = [];
		lists.set(name, current);
	}
	return {
		lists,
		loose
	};
}
function readSecret(name, directory) {
	if (!directory) return void 0;
	const file = (0, node_path.join)(directory, name);
	try {
		return (0, node_fs.readFileSync)(file, "utf8").replace(/\r?\n$/, "");
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "ENOENT") return void 0;
		throw new require_failure.Failure("FILE_UNREADABLE", `cannot read ${file}`, {
			cause: error,
			hint: "Bind a Secret whose files the user of the step (65532) may read, e.g. with fsGroup in the podTemplate."
		});
	}
}

exports.createTektonHost = createTektonHost;