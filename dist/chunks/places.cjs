const require_failure = require("./failure.cjs");
const require_printable = require("./printable.cjs");
const require_suggest = require("./suggest.cjs");
const require_resolve = require("./resolve.cjs");
const require_field = require("./field.cjs");

// src/lifecycle/tags/dash-scheme.ts
const VERSION = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/;
const BUILD = /^(?:0|[1-9][0-9]*)$/;
function createDashScheme(environments) {
	const longestFirst = environments.toSorted((left, right) => right.length - left.length);
	return {
		environments,
		form: "<env>-<version>-<build>",
		match(tag) {
			const environment = longestFirst.find((name) => tag.startsWith(`${name}-`));
			if (environment === void 0) return unknownEnvironment(tag, environments);
			return readRest(tag, environment);
		},
		print: ({ environment, version, build }) => ({ text: `${environment}-${version}-${build}` }),
		substitute: (tag, environment) => `${environment}-${tag.version}-${tag.build}`
	};
}
function readRest(tag, environment) {
	const rest = tag.slice(environment.length + 1);
	const dash = rest.lastIndexOf("-");
	const build = rest.slice(dash + 1);
	const version = dash < 0 ? "" : rest.slice(0, dash);
	if (dash < 0) return {
		part: BUILD.test(rest) ? "version" : "build",
		why: `after "${environment}-" there is only "${rest}": version or build is missing`
	};
	if (!BUILD.test(build)) {
		const zeros = /^0+([0-9]+)$/.exec(build)?.[1];
		if (zeros === void 0) return {
			part: "build",
			why: `the build, after the last dash, is "${build}" and not a number`
		};
		return {
			part: "build",
			why: `the build "${build}" has leading zeros`,
			suggestion: `${environment}-${version}-${zeros}`
		};
	}
	if (!VERSION.test(version)) return {
		part: "version",
		why: version === "" ? "the version is empty" : `the version "${version}" does not start and end with a letter or a digit`,
		suggestion: `${environment}-${version.replace(/^[._-]+|[._-]+$/g, "")}-${build}`
	};
	return {
		tag,
		environment,
		version,
		build
	};
}
function unknownEnvironment(tag, environments) {
	if (environments.find((name) => name === tag) !== void 0) return {
		part: "version",
		why: "version and build are missing"
	};
	const words = tag.split("-");
	const counts = new Set(environments.map((name) => name.split("-").length));
	for (const count of [...counts].toSorted((left, right) => right - left)) {
		const start = words.slice(0, count).join("-");
		const alike = environments.filter((name) => name.split("-").length === count);
		const meant = require_suggest.suggest(start, alike);
		if (meant !== void 0) return {
			part: "environment",
			why: `"${start}" is not a declared environment`,
			suggestion: [meant, ...words.slice(count)].join("-")
		};
	}
	return {
		part: "environment",
		why: "it does not start with a declared environment and a dash"
	};
}

// src/lifecycle/tags/create-scheme.ts
const ENVIRONMENT = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/;
const LONGEST_ENVIRONMENT = 63;
async function createTagScheme(settings) {
	const problems = environmentProblems(settings.environments);
	if (settings.template !== void 0 && settings.pattern === void 0) problems.push(new require_failure.Failure("CONFIG_INVALID", "the tag scheme has a template but no pattern", { hint: "Give the pattern too, or leave the template out." }));
	const [first, ...more] = problems;
	if (first) throw new require_failure.Failure("CONFIG_INVALID", first.message, {
		...first.hint === void 0 ? {} : { hint: first.hint },
		more
	});
	if (settings.pattern === void 0) return createDashScheme(settings.environments);
	const { createPatternScheme } = await Promise.resolve().then(() => require("./pattern-scheme.cjs"));
	return createPatternScheme(settings.environments, settings.pattern, settings.template);
}
function environmentProblems(environments) {
	const refuse = (message, hint) => new require_failure.Failure("CONFIG_INVALID", message, { hint });
	if (environments.length === 0) return [refuse("no environment is declared", "Declare them in order, e.g. environments: [dev, staging, prod].")];
	const problems = [];
	const known = /* @__PURE__ */ new Map();
	for (const name of environments) {
		const twin = known.get(name.toLowerCase());
		if (twin !== void 0) {
			const how = twin === name ? "is declared twice" : `differs from "${twin}" only by upper and lower case`;
			problems.push(refuse(`the environment "${require_printable.printable(name, 80)}" ${how}`, "Declare each environment once."));
		} else if (!ENVIRONMENT.test(name) || name.length > LONGEST_ENVIRONMENT) problems.push(refuse(`"${require_printable.printable(name, 80)}" cannot be the name of an environment`, `It has 1 to ${LONGEST_ENVIRONMENT} letters, digits, dots, dashes and underscores, and starts and ends with a letter or a digit.`));
		known.set(name.toLowerCase(), name);
	}
	return problems;
}

// src/steps/parts/places.ts
async function findImage(location, { opener, call }) {
	const { target } = opener.open(location);
	return {
		target,
		descriptor: await require_resolve.resolveImage(target, location, call),
		name: require_field.printLocation(location)
	};
}
function schemeOf({ settings }) {
	return createTagScheme({
		environments: settings.environments.map((environment) => environment.name),
		...settings.pattern === void 0 ? {} : { pattern: settings.pattern }
	});
}

Object.defineProperty(exports, "findImage", {
  enumerable: true,
  get: function () {
    return findImage;
  }
});
Object.defineProperty(exports, "schemeOf", {
  enumerable: true,
  get: function () {
    return schemeOf;
  }
});