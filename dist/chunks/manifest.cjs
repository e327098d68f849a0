const require_failure = require("./failure.cjs");
const require_call = require("./call.cjs");
const require_digest = require("./digest.cjs");
const require_json = require("./json.cjs");
let node_crypto = require("node:crypto");

// src/registry/target/body.ts
function bytesBody(bytes) {
	return {
		size: bytes.length,
		async *open(from = 0) {
			yield bytes.subarray(from);
		}
	};
}
async function readBody(body, largest) {
	if (body.size > largest) throw new require_failure.Failure("LIMIT_REACHED", `content of ${body.size} bytes is larger than the ${largest} that are allowed here`);
	const chunks = [];
	let length = 0;
	for await (const chunk of body.open()) {
		length += chunk.length;
		if (length > largest) throw new require_failure.Failure("LIMIT_REACHED", `content is larger than the ${largest} bytes that are allowed here`);
		chunks.push(chunk);
	}
	return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, length);
}
async function* proven(descriptor, chunks, where) {
	const algorithm = require_digest.algorithmOf(descriptor.digest);
	const hash = (0, node_crypto.createHash)(algorithm);
	let length = 0;
	let held;
	for await (const chunk of chunks) {
		length += chunk.length;
		if (length > descriptor.size) throw mismatch(descriptor, where, `it has more than the promised ${descriptor.size} bytes`);
		hash.update(chunk);
		if (held) yield held;
		held = chunk;
	}
	if (length !== descriptor.size) throw mismatch(descriptor, where, `it has ${length} bytes instead of the promised ${descriptor.size}`);
	const digest = require_digest.finishDigest(hash, algorithm);
	if (digest !== descriptor.digest) throw mismatch(descriptor, where, `its digest is ${digest}`);
	if (held) yield held;
}
function mismatch(descriptor, where, why) {
	return new require_failure.Failure("DIGEST_MISMATCH", `${descriptor.digest} from ${where} is not what it claims to be`, {
		cause: why,
		hint: "The bytes were not used. Something between here and there changes content, or the copy there is damaged: try another source, or push the image again.",
		facts: { digest: descriptor.digest }
	});
}

// src/kit/limit.ts
function createLimit(slots) {
	let free = slots;
	const waiting = [];
	return { async run(work, call) {
		require_call.throwIfStopped(call);
		if (free > 0) free -= 1;
		else await turn(waiting, call);
		try {
			require_call.throwIfStopped(call);
			return await work();
		} finally {
			const next = waiting.shift();
			if (next) next();
			else free += 1;
		}
	} };
}
function turn(waiting, call) {
	return new Promise((resolve, reject) => {
		const enter = () => {
			call.signal.removeEventListener("abort", leave);
			resolve();
		};
		const leave = () => {
			const at = waiting.indexOf(enter);
			if (at >= 0) waiting.splice(at, 1);
			reject(require_call.stopReason(call.signal));
		};
		waiting.push(enter);
		call.signal.addEventListener("abort", leave, { once: true });
	});
}
async function forEachLimited(items, limit, work, call) {
	let failed;
	const runs = [];
	for (const item of items) {
		const run = limit.run(async () => {
			if (failed) return;
			await work(item);
		}, call);
		runs.push(run.catch((error) => {
			failed ??= { error };
		}));
	}
	await Promise.all(runs);
	if (failed) throw failed.error;
}

// src/registry/oci/platform.ts
const WORD = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
function readPlatform(text) {
	const [os, architecture, variant, ...more] = text.split("/");
	const words = [
		os,
		architecture,
		variant
	].filter((word) => word !== void 0);
	if (os === void 0 || architecture === void 0 || more.length > 0 || !words.every((word) => WORD.test(word))) throw new require_failure.Failure("INPUT_INVALID", `"${text.slice(0, 80)}" is not a platform`, { hint: "Write os/architecture or os/architecture/variant, e.g. linux/amd64 or linux/arm64/v8." });
	return {
		os,
		architecture,
		...variant === void 0 ? {} : { variant }
	};
}
function printPlatform(platform) {
	return [
		platform.os,
		platform.architecture,
		platform.variant
	].filter((word) => word !== void 0).join("/");
}
function parsePlatform(value, where) {
	const { os, architecture, variant } = value;
	if (typeof os !== "string" || typeof architecture !== "string") throw new require_failure.Failure("CONTENT_INVALID", `${where} has a platform without os or architecture`);
	return {
		os,
		architecture,
		...typeof variant === "string" ? { variant } : {},
		...typeof value["os.version"] === "string" ? { "os.version": value["os.version"] } : {}
	};
}

// src/registry/oci/descriptor.ts
const MEDIA_TYPE = /^[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}\/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}$/;
function parseDescriptor(value, where) {
	if (!require_json.isObject(value)) throw new require_failure.Failure("CONTENT_INVALID", `${where} is not a descriptor`);
	const { mediaType, digest, size } = value;
	if (typeof mediaType !== "string" || !MEDIA_TYPE.test(mediaType)) throw new require_failure.Failure("CONTENT_INVALID", `${where} has no valid mediaType`);
	if (typeof digest !== "string" || !require_digest.isDigest(digest)) throw new require_failure.Failure("CONTENT_INVALID", `${where} has no valid digest`);
	if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0) throw new require_failure.Failure("CONTENT_INVALID", `${where} has no valid size`);
	const annotations = readAnnotations(value["annotations"], where);
	return {
		mediaType,
		digest,
		size,
		...typeof value["artifactType"] === "string" && value["artifactType"] !== "" ? { artifactType: value["artifactType"] } : {},
		...annotations === void 0 ? {} : { annotations },
		...require_json.isObject(value["platform"]) ? { platform: parsePlatform(value["platform"], where) } : {}
	};
}
function readAnnotations(value, where) {
	if (value === void 0 || value === null) return void 0;
	if (!require_json.isObject(value)) throw new require_failure.Failure("CONTENT_INVALID", `${where} has annotations that are not a map`);
	return Object.fromEntries(Object.entries(value).map(([key, text]) => {
		if (typeof text !== "string") throw new require_failure.Failure("CONTENT_INVALID", `${where} has the annotation ${JSON.stringify(key)}, which is not text`);
		return [key, text];
	}));
}
function descriptorJson(descriptor) {
	const { mediaType, digest, size, artifactType, annotations, platform } = descriptor;
	return {
		mediaType,
		digest,
		size,
		...artifactType === void 0 ? {} : { artifactType },
		...annotations === void 0 ? {} : { annotations: { ...annotations } },
		...platform === void 0 ? {} : { platform: { ...platform } }
	};
}

// src/registry/oci/media-types.ts
const MEDIA = {
	index: "application/vnd.oci.image.index.v1+json",
	manifest: "application/vnd.oci.image.manifest.v1+json",
	config: "application/vnd.oci.image.config.v1+json",
	layerGzip: "application/vnd.oci.image.layer.v1.tar+gzip",
	layer: "application/vnd.oci.image.layer.v1.tar",
	empty: "application/vnd.oci.empty.v1+json",
	dockerList: "application/vnd.docker.distribution.manifest.list.v2+json",
	dockerManifest: "application/vnd.docker.distribution.manifest.v2+json"
};
const MANIFEST_ACCEPT = [
	MEDIA.index,
	MEDIA.manifest,
	MEDIA.dockerList,
	MEDIA.dockerManifest
];
const INDEXES = /* @__PURE__ */ new Set([MEDIA.index, MEDIA.dockerList]);
const MANIFESTS = new Set(MANIFEST_ACCEPT);
function isIndexType(mediaType) {
	return INDEXES.has(mediaType);
}
function isManifestType(mediaType) {
	return MANIFESTS.has(mediaType);
}
function isForeignLayer(mediaType) {
	return mediaType.includes("nondistributable") || mediaType.includes("docker.image.rootfs.foreign");
}

// src/registry/oci/manifest.ts
const LARGEST_MANIFEST_PUSHED = 4194304;
const LARGEST_MANIFEST_READ = 8388608;
const MOST_CHILDREN = 1e4;
function parseManifest(bytes, announced, algorithm = "sha256") {
	const what = "the manifest";
	if (bytes.length > 8388608) throw new require_failure.Failure("LIMIT_REACHED", `${what} is larger than 8 MiB`);
	const json = require_json.parseStrictJson(bytes, what);
	if (!require_json.isObject(json)) throw new require_failure.Failure("CONTENT_INVALID", `${what} is not a JSON object`);
	const mediaType = mediaTypeOf(json, announced);
	const descriptor = {
		mediaType,
		digest: require_digest.digestOf(bytes, algorithm),
		size: bytes.length
	};
	const annotations = readAnnotations(json["annotations"], what) ?? {};
	const artifactType = typeof json["artifactType"] === "string" && json["artifactType"] !== "" ? json["artifactType"] : void 0;
	const subject = json["subject"] === void 0 || json["subject"] === null ? void 0 : parseDescriptor(json["subject"], "the subject");
	const common = {
		bytes,
		descriptor,
		annotations,
		...artifactType === void 0 ? {} : { artifactType },
		...subject === void 0 ? {} : { subject }
	};
	if (isIndexType(mediaType)) return {
		kind: "index",
		...common,
		manifests: readList(json["manifests"], "manifests")
	};
	return {
		kind: "image",
		...common,
		config: parseDescriptor(json["config"], "the config"),
		layers: readList(json["layers"], "layers")
	};
}
function readList(value, name) {
	if (value === void 0 || value === null) return [];
	if (!Array.isArray(value)) throw new require_failure.Failure("CONTENT_INVALID", `${name} is not a list`);
	if (value.length > MOST_CHILDREN) throw new require_failure.Failure("LIMIT_REACHED", `${name} lists more than ${MOST_CHILDREN} entries`);
	return value.map((entry, index) => parseDescriptor(entry, `${name}[${index}]`));
}
function mediaTypeOf(json, announced) {
	const indexShape = "manifests" in json;
	const imageShape = "layers" in json || "config" in json;
	if (indexShape && imageShape) throw new require_failure.Failure("CONTENT_INVALID", "the manifest has the fields of an index and of an image: ambiguous");
	if ("fsLayers" in json || json["schemaVersion"] === 1) throw new require_failure.Failure("UNSUPPORTED", "the image has a Docker schema 1 manifest", { hint: "Rebuild or convert it with a current tool; the format was given up by registries." });
	const own = typeof json["mediaType"] === "string" ? json["mediaType"] : void 0;
	const named = announced !== void 0 && isManifestType(announced) ? announced : void 0;
	if (own !== void 0 && named !== void 0 && own !== named) throw new require_failure.Failure("CONTENT_INVALID", `the manifest calls itself ${own.slice(0, 100)} but was announced as ${named}`);
	const mediaType = own ?? named ?? (indexShape ? MEDIA.index : imageShape ? MEDIA.manifest : void 0);
	if (mediaType === void 0 || !isManifestType(mediaType)) throw new require_failure.Failure("CONTENT_INVALID", `not an image manifest or index${mediaType === void 0 ? "" : ` but ${mediaType.slice(0, 100)}`}`);
	if (isIndexType(mediaType) ? imageShape : indexShape) throw new require_failure.Failure("CONTENT_INVALID", `the manifest is announced as ${mediaType} but has the shape of the other kind`);
	return mediaType;
}
function childrenOf(manifest) {
	return manifest.kind === "index" ? manifest.manifests : [manifest.config, ...manifest.layers];
}
function artifactTypeOf(manifest) {
	return manifest.artifactType ?? (manifest.kind === "image" ? manifest.config.mediaType : void 0);
}

Object.defineProperty(exports, "LARGEST_MANIFEST_PUSHED", {
  enumerable: true,
  get: function () {
    return LARGEST_MANIFEST_PUSHED;
  }
});
Object.defineProperty(exports, "LARGEST_MANIFEST_READ", {
  enumerable: true,
  get: function () {
    return LARGEST_MANIFEST_READ;
  }
});
Object.defineProperty(exports, "MANIFEST_ACCEPT", {
  enumerable: true,
  get: function () {
    return MANIFEST_ACCEPT;
  }
});
Object.defineProperty(exports, "MEDIA", {
  enumerable: true,
  get: function () {
    return MEDIA;
  }
});
Object.defineProperty(exports, "artifactTypeOf", {
  enumerable: true,
  get: function () {
    return artifactTypeOf;
  }
});
Object.defineProperty(exports, "bytesBody", {
  enumerable: true,
  get: function () {
    return bytesBody;
  }
});
Object.defineProperty(exports, "childrenOf", {
  enumerable: true,
  get: function () {
    return childrenOf;
  }
});
Object.defineProperty(exports, "createLimit", {
  enumerable: true,
  get: function () {
    return createLimit;
  }
});
Object.defineProperty(exports, "descriptorJson", {
  enumerable: true,
  get: function () {
    return descriptorJson;
  }
});
Object.defineProperty(exports, "forEachLimited", {
  enumerable: true,
  get: function () {
    return forEachLimited;
  }
});
Object.defineProperty(exports, "isForeignLayer", {
  enumerable: true,
  get: function () {
    return isForeignLayer;
  }
});
Object.defineProperty(exports, "isIndexType", {
  enumerable: true,
  get: function () {
    return isIndexType;
  }
});
Object.defineProperty(exports, "isManifestType", {
  enumerable: true,
  get: function () {
    return isManifestType;
  }
});
Object.defineProperty(exports, "parseDescriptor", {
  enumerable: true,
  get: function () {
    return parseDescriptor;
  }
});
Object.defineProperty(exports, "parseManifest", {
  enumerable: true,
  get: function () {
    return parseManifest;
  }
});
Object.defineProperty(exports, "printPlatform", {
  enumerable: true,
  get: function () {
    return printPlatform;
  }
});
Object.defineProperty(exports, "proven", {
  enumerable: true,
  get: function () {
    return proven;
  }
});
Object.defineProperty(exports, "readAnnotations", {
  enumerable: true,
  get: function () {
    return readAnnotations;
  }
});
Object.defineProperty(exports, "readBody", {
  enumerable: true,
  get: function () {
    return readBody;
  }
});
Object.defineProperty(exports, "readPlatform", {
  enumerable: true,
  get: function () {
    return readPlatform;
  }
});