const require_failure = require("./failure.cjs");
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

Object.defineProperty(exports, "isTag", {
  enumerable: true,
  get: function () {
    return isTag;
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
Object.defineProperty(exports, "printReference", {
  enumerable: true,
  get: function () {
    return printReference;
  }
});
Object.defineProperty(exports, "printRepository", {
  enumerable: true,
  get: function () {
    return printRepository;
  }
});