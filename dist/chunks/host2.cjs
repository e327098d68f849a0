const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_failure = require("./failure.cjs");
const require_facts = require("./facts.cjs");
const require_plain_log = require("./plain-log.cjs");
let node_path = require("node:path");

// src/hosts/kubesphere/host.ts
const KUBESPHERE_VARIABLE = { query: "FERRY_QUERY" };
const NO_VALUE = "<no value>";
function createKubesphereHost(variables, directory, step, write) {
	const inputs = new URLSearchParams(variables[KUBESPHERE_VARIABLE.query] ?? "");
	const given = (name) => inputs.get(name) === NO_VALUE ? void 0 : inputs.get(name) ?? void 0;
	const log = require_plain_log.createPlainLog(write);
	return {
		name: "kubesphere",
		facts: require_facts.jenkinsFacts(variables),
		read(name, field) {
			const value = given(name);
			if (field.shape !== "secret" || value === void 0 || value === "") return value;
			throw new require_failure.Failure("INPUT_INVALID", `${name} is a secret and stands in the pipeline`, { hint: "Store it as a credential of the project and pick that in the step." });
		},
		strangers: (names) => [...new Set(inputs.keys())].filter((name) => !names.includes(name)),
		spell: (name) => name,
		variable: (name) => variables[name] || void 0,
		...log.speech,
		async end(ending) {
			log.shown(ending.shown);
			require_facts.writeExchange((0, node_path.join)(directory, ".ferry", "out", step), ending);
			log.failure(ending.failure);
			for (const [name, value] of Object.entries(ending.outputs)) if (value !== "") log.line(`ferry: ${name}=${Array.isArray(value) ? value.join(",") : String(value)}`);
		}
	};
}

exports.createKubesphereHost = createKubesphereHost;