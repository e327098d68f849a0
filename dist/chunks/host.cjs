const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_failure = require("./failure.cjs");
const require_facts = require("./facts.cjs");
const require_plain_log = require("./plain-log.cjs");
let node_fs = require("node:fs");
let node_path = require("node:path");

// src/hosts/jenkins/host.ts
const JENKINS_VARIABLE = { exchange: "FERRY_EXCHANGE" };
const REGISTRY_LOGIN = ["registryUsername", "registryPassword"];
function createJenkinsHost(variables, write) {
	const exchange = variables[JENKINS_VARIABLE.exchange];
	if (!exchange) throw new require_failure.Failure("INPUT_INVALID", `${JENKINS_VARIABLE.exchange} is not set`, { hint: "Start the step through its var, e.g. ferryPromote(...)." });
	const inputs = readInputsFile((0, node_path.join)(exchange, "in.json"));
	const log = require_plain_log.createPlainLog(write);
	return {
		name: "jenkins",
		facts: require_facts.jenkinsFacts(variables),
		read(name, field) {
			if (field.shape !== "secret") return rawOf(name, inputs[name]);
			if (inputs[name] === void 0) return void 0;
			throw new require_failure.Failure("INPUT_INVALID", `${name} is a secret and was given as text`, { hint: `Store it as a credential and give its id as ${spell(name, true)}.` });
		},
		strangers: (names) => Object.keys(inputs).filter((name) => !names.includes(name)),
		spell: (name, field) => spell(name, field.shape === "secret"),
		variable: (name) => variables[name] || void 0,
		...log.speech,
		async end(ending) {
			log.shown(ending.shown);
			require_facts.writeExchange((0, node_path.join)(exchange, "out"), ending);
			log.failure(ending.failure);
		}
	};
}
function spell(name, secret) {
	if (REGISTRY_LOGIN.includes(name)) return "credentialsId";
	return secret ? `${name}CredentialsId` : name;
}
function readInputsFile(file) {
	let value;
	try {
		value = JSON.parse((0, node_fs.readFileSync)(file, "utf8"));
	} catch (error) {
		throw new require_failure.Failure("FILE_UNREADABLE", `cannot read the inputs in ${file}`, {
			cause: error,
			hint: "Start the step through its var, e.g. ferryPromote(...)."
		});
	}
	if (typeof value !== "object" || value === null || Array.isArray(value)) throw new require_failure.Failure("INPUT_INVALID", `the inputs in ${file} are not a map`);
	return Object.fromEntries(Object.entries(value));
}
function rawOf(name, value) {
	if (value === void 0 || value === null) return void 0;
	if (Array.isArray(value)) return value.map(String);
	if (typeof value !== "object") return String(value);
	return Object.entries(value).map(([key, item]) => {
		if (key.includes("=")) throw new require_failure.Failure("INPUT_INVALID", `${name} has the key "${key.slice(0, 80)}", and a key cannot contain =`);
		return `${key}=${String(item)}`;
	});
}

exports.createJenkinsHost = createJenkinsHost;