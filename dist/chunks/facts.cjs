const require_names = require("./names.cjs");
const require_progress = require("./progress.cjs");
let node_fs = require("node:fs");
let node_path = require("node:path");

// src/hosts/exchange.ts
function writeExchange(directory, ending) {
	(0, node_fs.mkdirSync)(directory, { recursive: true });
	for (const name of Object.keys(ending.step.outputs)) {
		const value = ending.outputs[name];
		writeWhole((0, node_path.join)(directory, require_names.kebab(name)), value === void 0 ? "" : Array.isArray(value) ? value.join("\n") : String(value));
	}
	writeWhole((0, node_path.join)(directory, "summary.md"), require_progress.summaryOf(ending));
}
function writeWhole(file, text) {
	(0, node_fs.writeFileSync)(`${file}.part`, text);
	(0, node_fs.renameSync)(`${file}.part`, file);
}

// src/hosts/jenkins/facts.ts
function jenkinsFacts(variables) {
	const number = variables["BUILD_NUMBER"];
	const revision = variables["GIT_COMMIT"];
	const source = variables["GIT_URL"];
	return {
		...number ? { buildNumber: number } : {},
		...revision ? { revision } : {},
		...source ? { source: withoutLogin(source) } : {}
	};
}
function withoutLogin(source) {
	if (!URL.canParse(source)) return source;
	const url = new URL(source);
	if (url.username === "" && url.password === "") return source;
	url.username = "";
	url.password = "";
	return url.href;
}

Object.defineProperty(exports, "jenkinsFacts", {
  enumerable: true,
  get: function () {
    return jenkinsFacts;
  }
});
Object.defineProperty(exports, "writeExchange", {
  enumerable: true,
  get: function () {
    return writeExchange;
  }
});