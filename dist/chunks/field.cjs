const require_secret = require("./secret.cjs");
const require_failure = require("./failure.cjs");
const require_printable = require("./printable.cjs");
const require_digest = require("./digest.cjs");
const require_reference = require("./reference.cjs");
const require_suggest = require("./suggest.cjs");

// src/registry/target/location.ts
const FOREIGN = /^(oci-archive|docker-archive|docker-daemon|containers-storage|dir):(?!\d{1,5}\/)/;
function parseLocation(text) {
	const foreign = FOREIGN.exec(text)?.[1];
	if (foreign !== void 0) throw new require_failure.Failure("UNSUPPORTED", `"${require_printable.printable(text, 300)}" is a place that other tools know: ${foreign}`, { hint: "Use an OCI layout on disk, oci:DIRECTORY:tag, or host/repository:tag." });
	if (!text.startsWith("oci:") || text.startsWith("oci://")) return {
		kind: "remote",
		...require_reference.parseReference(text)
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
	if (colon >= 0 && require_reference.isTag(after)) {
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
	if (location.kind === "remote") return require_reference.printReference(location);
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
function readImage(raw) {
	const location = parseLocation(oneLine(raw));
	if (location.tag !== void 0 || location.digest !== void 0) return location;
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
const field = {
	text: (options) => make("text", "text", options, oneLine),
	image: (options) => make("image", "text", options, readImage),
	place: (options) => make("place", "text", options, (raw) => parseLocation(oneLine(raw))),
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