const require_failure = require("./failure.cjs");
const require_secret = require("./secret.cjs");
const require_suggest = require("./suggest.cjs");
const require_printable = require("./printable.cjs");
const require_digest = require("./digest.cjs");

// src/registry/oci/reference.ts
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
const COMPONENT = /^[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*$/;
const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?$/;
const LONGEST_NAME = 255;
const DOCKER_HUB = "docker.io";
const HUB_ALIASES = /* @__PURE__ */ new Set([
	"docker.io",
	"index.docker.io",
	"registry-1.docker.io"
]);
function isTag(text) {
	return TAG.test(text);
}
function parseTag(text) {
	if (isTag(text)) return text;
	const odd = [...text].find((character) => !/[A-Za-z0-9._-]/.test(character));
	const why = text === "" ? "it is empty" : text.length > 128 ? "it is longer than 128 characters" : odd ? `${nameOf(odd)} is not allowed in a tag` : "it starts with a dot or a dash";
	throw new require_failure.Failure("REFERENCE_INVALID", `"${require_printable.printable(text, 160)}" is not a tag: ${why}`, { hint: "A tag has 1 to 128 letters, digits, dots, dashes and underscores, and starts with a letter, a digit or an underscore." });
}
function nameOf(character) {
	const point = character.codePointAt(0) ?? 0;
	return point < 128 ? `"${require_printable.printable(character)}"` : `"${require_printable.printable(character)}" (U+${point.toString(16).toUpperCase().padStart(4, "0")})`;
}
function parseReference(text) {
	const refuse = (why, hint = "Write host[:port]/repository[:tag][@digest], e.g. harbor.example.com/pay/api:dev-v1.2-1024.") => {
		throw new require_failure.Failure("REFERENCE_INVALID", `"${require_printable.printable(text, 300)}" is not an image reference: ${why}`, { hint });
	};
	let rest = text.replace(/^(?:docker|oci|https):\/\//, "");
	let digest;
	const at = rest.indexOf("@");
	if (at >= 0) {
		const found = rest.slice(at + 1);
		if (!require_digest.isDigest(found)) return refuse(`"${require_printable.printable(found, 100)}" is not a digest`, "After @ stands sha256: with 64, or sha512: with 128, lower-case hexadecimal digits.");
		digest = found;
		rest = rest.slice(0, at);
	}
	let tag;
	const colon = rest.lastIndexOf(":");
	if (colon > rest.lastIndexOf("/") && !rest.slice(colon).includes("]")) {
		tag = parseTag(rest.slice(colon + 1));
		rest = rest.slice(0, colon);
	}
	if (rest === "") return refuse("the name is missing");
	const { registry, path } = splitHost(rest);
	const port = /:([0-9]+)$/.exec(registry)?.[1];
	if (port !== void 0 && (Number(port) < 1 || Number(port) > 65535)) return refuse(`port ${port} does not exist`);
	if (registry !== DOCKER_HUB && !(HOST.test(registry) && URL.canParse(`http://${registry}`))) return refuse(`"${require_printable.printable(registry, 100)}" is not a host`);
	if (!looksLikeHost(registry)) return refuse(`"${require_printable.printable(rest.slice(0, registry.length), 100)}" is a host only with a port`, `Write ${registry}:443/…, or the name in lower case.`);
	for (const component of path.split("/")) {
		if (COMPONENT.test(component)) continue;
		if (/[A-Z]/.test(component)) return refuse(`repository names are lower case ("${require_printable.printable(component, 100)}")`, `Did you mean ${require_printable.printable(text.toLowerCase(), 300)}?`);
		return refuse(component === "" ? "it has an empty part" : `"${require_printable.printable(component, 100)}" is not allowed in a repository name`);
	}
	if (path.length > LONGEST_NAME) return refuse(`the repository name is longer than ${LONGEST_NAME} characters`);
	return {
		registry,
		path,
		...tag === void 0 ? {} : { tag },
		...digest === void 0 ? {} : { digest }
	};
}
function splitHost(name) {
	const slash = name.indexOf("/");
	const first = slash < 0 ? "" : name.slice(0, slash);
	const isHost = first !== "" && (looksLikeHost(first) || /[A-Z]/.test(first));
	const host = isHost ? first.toLowerCase() : DOCKER_HUB;
	const path = isHost ? name.slice(slash + 1) : name;
	if (!HUB_ALIASES.has(host)) return {
		registry: host,
		path
	};
	return {
		registry: DOCKER_HUB,
		path: path.includes("/") ? path : `library/${path}`
	};
}
function looksLikeHost(first) {
	return /[.:[]/.test(first) || first.toLowerCase() === "localhost";
}
function printReference(reference) {
	const { registry, path, tag, digest } = reference;
	return `${registry}/${path}${tag === void 0 ? "" : `:${tag}`}${digest === void 0 ? "" : `@${digest}`}`;
}
function printRepository(repository) {
	return `${repository.registry}/${repository.path}`;
}

// src/registry/target/location.ts
function parseLocation(text) {
	if (!text.startsWith("oci:") || text.startsWith("oci://")) return {
		kind: "remote",
		...parseReference(text)
	};
	let directory = text.slice(4);
	let digest;
	const at = directory.lastIndexOf("@");
	if (at >= 0 && /^sha(?:256|512):/.test(directory.slice(at + 1))) {
		digest = require_digest.parseDigest(directory.slice(at + 1));
		directory = directory.slice(0, at);
	}
	let tag;
	const colon = directory.lastIndexOf(":");
	const after = directory.slice(colon + 1);
	if (colon >= 0 && isTag(after)) {
		tag = after;
		directory = directory.slice(0, colon);
	} else if (colon >= 0 && !/[/\\]/.test(after)) throw new require_failure.Failure("REFERENCE_INVALID", `"${require_printable.printable(text, 300)}" is not a layout: "${require_printable.printable(after, 160)}" is not a tag`, { hint: "Write oci:DIRECTORY:tag, oci:DIRECTORY@sha256:…, or oci:DIRECTORY." });
	if (directory === "" || directory.includes("\0")) throw new require_failure.Failure("REFERENCE_INVALID", `"${require_printable.printable(text, 300)}" names no directory`, { hint: "Write oci:DIRECTORY:tag, e.g. oci:./out:dev-v1.0-1." });
	return {
		kind: "layout",
		directory,
		...tag === void 0 ? {} : { tag },
		...digest === void 0 ? {} : { digest }
	};
}
function printLocation(location) {
	if (location.kind === "remote") return printReference(location);
	const { directory, tag, digest } = location;
	return `oci:${directory}${tag === void 0 ? "" : `:${tag}`}${digest === void 0 ? "" : `@${digest}`}`;
}
function withTag(location, tag) {
	const { digest: _digest, ...place } = location;
	return {
		...place,
		tag
	};
}

// src/step/field.ts
function make(word, shape, options, read, extra = {}) {
	const { about, example, positional = false, flag, fact, writes, setting, optional, fallback } = options;
	return {
		word,
		shape,
		about,
		required: optional !== true && fallback === void 0,
		positional,
		...example === void 0 ? {} : { example },
		...flag === void 0 ? {} : { flag },
		...fact === void 0 ? {} : { fact },
		...writes === void 0 ? {} : { writes },
		...setting === void 0 ? {} : { setting },
		...fallback === void 0 ? {} : { fallback },
		...extra,
		read(raw) {
			const given = raw === void 0 || raw === "" ? fallback : raw;
			return given === void 0 ? void 0 : read(given);
		}
	};
}
const field = {
	text: (options) => make("text", "text", options, one),
	image: (options) => make("image", "text", options, readImage),
	place: (options) => make("place", "text", options, (raw) => parseLocation(one(raw))),
	directory: (options) => make("directory", "text", options, one, options.holdsSettings === true ? { holdsSettings: true } : {}),
	file: (options) => make("file", "text", options, one),
	keys: (options) => ({
		...make("keys", "text", {
			...options,
			optional: true
		}, readKeys),
		read: (raw) => raw === void 0 ? [] : readKeys(raw)
	}),
	environment: (options) => make("environment", "text", options, one),
	choice: (options) => make("choice", "text", options, (raw) => readChoice(one(raw), options.of), { choices: options.of }),
	integer: (options) => make("integer", "text", options, readInteger),
	duration: (options) => make("duration", "text", options, readDuration),
	switch: (options) => make("switch", "switch", {
		...options,
		fallback: "false"
	}, readSwitch),
	list: (options) => ({
		...make("list", "list", {
			...options,
			optional: true
		}, many),
		read: (raw) => raw === void 0 ? [] : many(raw)
	}),
	map: (options) => ({
		...make("map", "map", {
			...options,
			optional: true
		}, readMap),
		read: (raw) => raw === void 0 ? {} : readMap(raw)
	}),
	secret: (options) => make("secret", "secret", options, (raw) => new require_secret.Secret(text(raw))),
	privateKey: (options) => make("private-key", "secret", options, (raw) => new require_secret.Secret(text(raw)))
};
function text(raw) {
	if (typeof raw !== "string") return one(raw);
	if (raw.includes("\0")) throw new require_failure.Failure("INPUT_INVALID", "has a NUL character");
	return raw;
}
function one(raw) {
	if (typeof raw !== "string") {
		if (raw.length === 1 && raw[0] !== void 0) return one(raw[0]);
		throw new require_failure.Failure("INPUT_INVALID", "takes one value", { hint: `${raw.length} were given.` });
	}
	if (/[\0\r\n]/.test(raw)) throw new require_failure.Failure("INPUT_INVALID", "has a line break or NUL character", { hint: "It takes one line of text." });
	return raw;
}
function many(raw) {
	return (typeof raw === "string" ? raw.split("\n").map((line) => line.trim()) : raw).filter((item) => item !== "").map(text);
}
function readKeys(raw) {
	return typeof raw === "string" && raw.includes("-----BEGIN") ? [text(raw)] : many(raw);
}
function readMap(raw) {
	const entries = many(raw).map((item) => {
		const equals = item.indexOf("=");
		if (equals < 1) throw new require_failure.Failure("INPUT_INVALID", `has "${item.slice(0, 80)}", which is not key=value`);
		return [item.slice(0, equals), item.slice(equals + 1)];
	});
	const twice = entries.find(([key], index) => entries.findIndex(([other]) => other === key) !== index);
	if (twice) throw new require_failure.Failure("INPUT_INVALID", `gives "${twice[0].slice(0, 80)}" twice`);
	return Object.fromEntries(entries);
}
function readImage(raw) {
	const location = parseLocation(one(raw));
	if (location.tag !== void 0 || location.digest !== void 0) return location;
	throw new require_failure.Failure("REFERENCE_INVALID", `"${one(raw).slice(0, 300)}" names a repository but no image`, { hint: "Add :tag or @sha256:…." });
}
function readSwitch(raw) {
	const given = one(raw);
	if (/^(?:true|True|TRUE)$/.test(given)) return true;
	if (/^(?:false|False|FALSE)$/.test(given)) return false;
	throw new require_failure.Failure("INPUT_INVALID", `is "${given.slice(0, 40)}", which is neither true nor false`, { hint: "Write true or false." });
}
function readChoice(given, choices) {
	if (choices.includes(given)) return given;
	const meant = require_suggest.suggest(given, choices);
	throw new require_failure.Failure("INPUT_INVALID", `is "${given.slice(0, 80)}", which is not one of ${choices.join(", ")}`, meant === void 0 ? {} : { hint: `Did you mean ${meant}?` });
}
function readInteger(raw) {
	const given = one(raw);
	if (!/^(?:0|[1-9][0-9]{0,14})$/.test(given)) throw new require_failure.Failure("INPUT_INVALID", `is "${given.slice(0, 40)}", which is not a whole number`);
	return Number(given);
}
const UNIT = {
	ms: 1,
	s: 1e3,
	m: 6e4,
	h: 36e5
};
function readDuration(raw) {
	const given = one(raw);
	const parts = [...given.matchAll(/([0-9]{1,9})(ms|s|m|h)/g)];
	if (parts.length === 0 || parts.map((part) => part[0]).join("") !== given) throw new require_failure.Failure("INPUT_INVALID", `is "${given.slice(0, 40)}", which is not a duration`, { hint: "Write for example 90s, 5m or 1h30m." });
	return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNIT[unit ?? ""] ?? 0), 0);
}

Object.defineProperty(exports, "field", {
  enumerable: true,
  get: function () {
    return field;
  }
});
Object.defineProperty(exports, "isTag", {
  enumerable: true,
  get: function () {
    return isTag;
  }
});
Object.defineProperty(exports, "parseLocation", {
  enumerable: true,
  get: function () {
    return parseLocation;
  }
});
Object.defineProperty(exports, "parseReference", {
  enumerable: true,
  get: function () {
    return parseReference;
  }
});
Object.defineProperty(exports, "parseTag", {
  enumerable: true,
  get: function () {
    return parseTag;
  }
});
Object.defineProperty(exports, "printLocation", {
  enumerable: true,
  get: function () {
    return printLocation;
  }
});
Object.defineProperty(exports, "printRepository", {
  enumerable: true,
  get: function () {
    return printRepository;
  }
});
Object.defineProperty(exports, "withTag", {
  enumerable: true,
  get: function () {
    return withTag;
  }
});