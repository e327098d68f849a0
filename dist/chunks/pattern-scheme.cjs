const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_build = require("./build.cjs");
const require_failure = require("./failure.cjs");
const require_printable = require("./printable.cjs");
const require_suggest = require("./suggest.cjs");

// src/lifecycle/tags/template.ts
const PLACES = [
	"env",
	"version",
	"build"
];
function checkTemplate(template) {
	const wrong = PLACES.find((place) => template.split(`{${place}}`).length !== 2);
	const rest = template.replace(/\{(?:env|version|build)\}/g, "");
	if (wrong === void 0 && /^[A-Za-z0-9._-]*$/.test(rest)) return template;
	throw new require_failure.Failure("CONFIG_INVALID", `"${require_printable.printable(template, 160)}" is not a tag template`, {
		cause: wrong === void 0 ? "between the places it has characters that a tag cannot contain" : `it must contain {${wrong}} exactly once`,
		hint: "Write the form of a tag with its three places, e.g. \"{version}-{env}.{build}\"."
	});
}
function fillTemplate(template, parts) {
	return template.replace(/\{(env|version|build)\}/g, (_all, place) => place === "env" ? parts.environment : place === "version" ? parts.version : parts.build);
}
function templateOf(pattern) {
	let rest = pattern.replace(/^\^/, "").replace(/\$$/, "");
	let template = "";
	while (rest !== "") {
		const literal = /^(?:[A-Za-z0-9_-]|\\[.-])/.exec(rest)?.[0];
		if (literal !== void 0) {
			template += literal.replace("\\", "");
			rest = rest.slice(literal.length);
			if (/^[*+?{]/.test(rest)) return void 0;
			continue;
		}
		const name = /^\(\?P?<(env|version|build)>/.exec(rest)?.[1];
		const end = name === void 0 ? -1 : closing(rest);
		if (end < 0) return void 0;
		template += `{${name ?? ""}}`;
		rest = rest.slice(end + 1);
		if (/^[*+?{]/.test(rest)) return void 0;
	}
	return PLACES.every((place) => template.split(`{${place}}`).length === 2) ? template : void 0;
}
function closing(text) {
	let depth = 0;
	let inClass = false;
	for (let at = 0; at < text.length; at += 1) {
		const character = text[at];
		if (character === "\\") at += 1;
		else if (inClass) inClass = character !== "]";
		else if (character === "[") inClass = true;
		else if (character === "(") depth += 1;
		else if (character === ")") {
			depth -= 1;
			if (depth === 0) return at;
		}
	}
	return -1;
}

// src/lifecycle/tags/pattern-scheme.ts
const LONGEST_PATTERN = 1e3;
const GROUPS = [
	"env",
	"version",
	"build"
];
function createPatternScheme(environments, pattern, template) {
	const compiled = compile(pattern);
	const printed = template === void 0 ? templateOf(pattern) : checkTemplate(template);
	const spans = (tag) => {
		const matcher = compiled.matcher(tag);
		if (!matcher.matches()) return {
			part: "form",
			why: "the pattern does not match the whole tag"
		};
		const span = (name) => ({
			text: matcher.group(name) ?? "",
			start: matcher.start(name),
			end: matcher.end(name)
		});
		return {
			env: span("env"),
			version: span("version"),
			build: span("build")
		};
	};
	return {
		environments,
		form: pattern,
		match(tag) {
			const found = spans(tag);
			if ("part" in found) return found;
			const { env, version, build } = found;
			if (!environments.includes(env.text)) return unknownEnvironment(tag, env, environments);
			if (version.text === "") return {
				part: "version",
				why: "the group \"version\" is empty"
			};
			if (!/^[0-9]+$/.test(build.text)) return {
				part: "build",
				why: `the group "build" matched "${build.text}", which is not a number`
			};
			return {
				tag,
				environment: env.text,
				version: version.text,
				build: build.text
			};
		},
		print: (parts) => printed === void 0 ? { cannot: "the pattern is too rich to be printed and there is no template" } : { text: fillTemplate(printed, parts) },
		substitute(tag, environment) {
			const found = spans(tag.tag);
			return "part" in found ? tag.tag : tag.tag.slice(0, found.env.start) + environment + tag.tag.slice(found.env.end);
		}
	};
}
function compile(pattern) {
	const refuse = (why) => {
		throw new require_failure.Failure("CONFIG_INVALID", `"${require_printable.printable(pattern, 200)}" is not a tag pattern`, {
			cause: why,
			hint: "Write an RE2 pattern with the groups env, version and build, e.g. (?P<version>v[0-9.]+)-(?P<env>[a-z]+)\\.(?P<build>[0-9]+)."
		});
	};
	if (pattern.length > LONGEST_PATTERN) return refuse(`it has ${pattern.length} characters; ${LONGEST_PATTERN} are allowed`);
	let compiled;
	try {
		compiled = require_build.RE2JS.compile(pattern);
	} catch (error) {
		return refuse(error);
	}
	const missing = GROUPS.filter((name) => !(name in compiled.namedGroups()));
	return missing.length > 0 ? refuse(`it has no group named ${missing.join(" and none named ")}`) : compiled;
}
function unknownEnvironment(tag, env, environments) {
	const meant = require_suggest.suggest(env.text, environments);
	return {
		part: "environment",
		why: `the group "env" matched "${env.text}", which is not a declared environment`,
		...meant === void 0 ? {} : { suggestion: tag.slice(0, env.start) + meant + tag.slice(env.end) }
	};
}

exports.createPatternScheme = createPatternScheme;