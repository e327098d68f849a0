const require_secret = require("./secret.cjs");
const require_failure = require("./failure.cjs");
const require_printable = require("./printable.cjs");
const require_digest = require("./digest.cjs");
const require_reference = require("./reference.cjs");
const require_suggest = require("./suggest.cjs");

// src/registry/target/location.ts
const FOREIGN = /^(docker-daemon|containers-storage|dir):(?!\d{1,5}\/)/;
const OURS = /^(oci|oci-archive|docker-archive):(?!\/\/)/;
function parseLocation(text) {
	const foreign = FOREIGN.exec(text)?.[1];
	if (foreign !== void 0) throw new require_failure.Failure("UNSUPPORTED", `"${require_printable.printable(text, 300)}" is a place that other tools know: ${foreign}`, { hint: NEXT_MOVES[foreign] ?? "Use an OCI layout on disk, oci:DIRECTORY:tag, or host/repository:tag." });
	const transport = OURS.exec(text)?.[1];
	if (transport === void 0) return {
		kind: "remote",
		...require_reference.parseReference(text)
	};
	const { path, digest } = splitDigest(text.slice(text.indexOf(":") + 1));
	const named = digest === void 0 ? {} : { digest };
	if (transport === "oci-archive") return {
		...archiveLocation(path, text),
		...named
	};
	if (transport === "docker-archive") return {
		...dockerArchiveLocation(path, text),
		...named
	};
	return {
		...layoutLocation(path, text),
		...named
	};
}
const NEXT_MOVES = {
	dir: "Use an OCI layout on disk: oci:DIRECTORY:tag. skopeo copy dir:… oci:… turns one into the other.",
	"docker-daemon": "Save the image to a file, docker save -o FILE.tar name:tag, and name it docker-archive:FILE.tar:name:tag.",
	"containers-storage": "Save the image to a file, podman save --format oci-archive -o FILE.tar name:tag, and name it oci-archive:FILE.tar:tag."
};
function splitDigest(text) {
	const at = text.lastIndexOf("@");
	if (at < 0 || !/^sha(?:256|512):/.test(text.slice(at + 1))) return { path: text };
	return {
		path: text.slice(0, at),
		digest: require_digest.parseDigest(text.slice(at + 1))
	};
}
function layoutLocation(path, text) {
	const colon = path.lastIndexOf(":");
	const after = path.slice(colon + 1);
	const tag = colon >= 0 && require_reference.isTag(after) ? after : void 0;
	if (colon >= 0 && tag === void 0 && !/[/\\]/.test(after)) throw notTag(after, text, "oci:DIRECTORY:tag, oci:DIRECTORY@sha256:…, or oci:DIRECTORY");
	const directory = tag === void 0 ? path : path.slice(0, colon);
	if (directory === "" || directory.includes("\0")) throw noPath("directory", text, "oci:DIRECTORY:tag, e.g. oci:./out:dev-v1.0-1");
	return {
		kind: "layout",
		directory,
		...tag === void 0 ? {} : { tag }
	};
}
function splitFile(path, text, form) {
	const colon = path.indexOf(":");
	const file = colon < 0 ? path : path.slice(0, colon);
	if (file === "" || file.includes("\0")) throw noPath("file", text, form);
	return {
		file,
		...colon < 0 ? {} : { after: path.slice(colon + 1) }
	};
}
function archiveLocation(path, text) {
	const { file, after } = splitFile(path, text, "oci-archive:FILE.tar:tag, e.g. oci-archive:./bundle.tar:dev-v1.0-1");
	if (after !== void 0 && !require_reference.isTag(after)) throw notTag(after, text, "oci-archive:FILE.tar:tag or oci-archive:FILE.tar@sha256:…; the name of the file has no colon");
	return {
		kind: "archive",
		file,
		...after === void 0 ? {} : { tag: after }
	};
}
function dockerArchiveLocation(path, text) {
	const { file, after } = splitFile(path, text, "docker-archive:FILE.tar:name:tag, e.g. docker-archive:./app.tar:app:v1");
	if (after === void 0) return {
		kind: "docker-archive",
		file
	};
	const { registry, path: repository, tag, digest } = require_reference.parseReference(after);
	if (digest !== void 0 || after === "") throw notTag(after, text, "docker-archive:FILE.tar:name:tag");
	return {
		kind: "docker-archive",
		file,
		repository: `${registry}/${repository}`,
		tag: tag ?? require_reference.parseTag("latest")
	};
}
function notTag(after, text, forms) {
	return new require_failure.Failure("REFERENCE_INVALID", `"${require_printable.printable(text, 300)}" does not name an image: "${require_printable.printable(after, 160)}" is not a tag`, { hint: `Write ${forms}.` });
}
function noPath(what, text, form) {
	return new require_failure.Failure("REFERENCE_INVALID", `"${require_printable.printable(text, 300)}" names no ${what}`, { hint: `Write ${form}.` });
}
function printLocation(location) {
	if (location.kind === "remote") return require_reference.printReference(location);
	const { tag, digest } = location;
	const ends = `${tag === void 0 ? "" : `:${tag}`}${digest === void 0 ? "" : `@${digest}`}`;
	if (location.kind === "layout") return `oci:${location.directory}${ends}`;
	if (location.kind === "archive") return `oci-archive:${location.file}${ends}`;
	return `docker-archive:${location.file}${location.repository === void 0 ? "" : `:${location.repository}`}${ends}`;
}
function withTag(location, tag) {
	const { digest: _digest, ...place } = location;
	return {
		...place,
		tag
	};
}

// src/step/read-raw.ts
function anyText(raw) {
	if (typeof raw !== "string") return oneLine(raw);
	if (raw.includes("\0")) throw new require_failure.Failure("INPUT_INVALID", "has a NUL character");
	return raw;
}
function oneLine(raw) {
	if (typeof raw !== "string") {
		if (raw.length === 1 && raw[0] !== void 0) return oneLine(raw[0]);
		throw new require_failure.Failure("INPUT_INVALID", "takes one value", { hint: `${raw.length} were given.` });
	}
	if (/[\0\r\n]/.test(raw)) throw new require_failure.Failure("INPUT_INVALID", "has a line break or NUL character", { hint: "It takes one line of text." });
	return raw;
}
function many(raw) {
	return (typeof raw === "string" ? raw.split("\n").map((line) => line.trim()) : raw).filter((item) => item !== "").map(anyText);
}
function readKeys(raw) {
	return typeof raw === "string" && raw.includes("-----BEGIN") ? [anyText(raw)] : many(raw);
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
function writable(location) {
	if (location.kind !== "docker-archive") return location;
	throw new require_failure.Failure("UNSUPPORTED", "is a docker-archive, which is only read", { hint: "Write oci-archive:FILE.tar:tag, which keeps digests and signatures; docker load reads it since version 25, podman load always." });
}
function readImage(raw) {
	const location = parseLocation(oneLine(raw));
	if (location.tag !== void 0 || location.digest !== void 0 || location.kind === "docker-archive") return location;
	throw new require_failure.Failure("REFERENCE_INVALID", `"${oneLine(raw).slice(0, 300)}" names a repository but no image`, { hint: "Add :tag or @sha256:…." });
}
function readSwitch(raw) {
	const given = oneLine(raw);
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
	const given = oneLine(raw);
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
	const given = oneLine(raw);
	const parts = [...given.matchAll(/([0-9]{1,9})(ms|s|m|h)/g)];
	if (parts.length === 0 || parts.map((part) => part[0]).join("") !== given) throw new require_failure.Failure("INPUT_INVALID", `is "${given.slice(0, 40)}", which is not a duration`, { hint: "Write for example 90s, 5m or 1h30m." });
	return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNIT[unit ?? ""] ?? 0), 0);
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
function written({ writes }, read) {
	return writes === true ? (raw) => writable(read(raw)) : read;
}
const field = {
	text: (options) => make("text", "text", options, oneLine),
	image: (options) => make("image", "text", options, written(options, readImage)),
	place: (options) => make("place", "text", options, written(options, (raw) => parseLocation(oneLine(raw)))),
	directory: (options) => make("directory", "text", options, oneLine, options.holdsSettings === true ? { holdsSettings: true } : {}),
	file: (options) => make("file", "text", options, oneLine),
	keys: (options) => ({
		...make("keys", "text", {
			...options,
			optional: true
		}, readKeys),
		read: (raw) => raw === void 0 ? [] : readKeys(raw)
	}),
	environment: (options) => make("environment", "text", options, oneLine),
	choice: (options) => make("choice", "text", options, (raw) => readChoice(oneLine(raw), options.of), { choices: options.of }),
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
	secret: (options) => make("secret", "secret", options, (raw) => new require_secret.Secret(anyText(raw))),
	privateKey: (options) => make("private-key", "secret", options, (raw) => new require_secret.Secret(anyText(raw)))
};

Object.defineProperty(exports, "field", {
  enumerable: true,
  get: function () {
    return field;
  }
});
Object.defineProperty(exports, "parseLocation", {
  enumerable: true,
  get: function () {
    return parseLocation;
  }
});
Object.defineProperty(exports, "printLocation", {
  enumerable: true,
  get: function () {
    return printLocation;
  }
});
Object.defineProperty(exports, "withTag", {
  enumerable: true,
  get: function () {
    return withTag;
  }
});