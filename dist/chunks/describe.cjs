const require_failure = require("./failure.cjs");
const require_manifest = require("./manifest.cjs");
const require_image_config = require("./image-config.cjs");
const require_target = require("./target.cjs");
const require_explore = require("./explore.cjs");
const require_json = require("./json.cjs");
const require_referrers = require("./referrers.cjs");
const require_trouble_of = require("./trouble-of.cjs");

// src/registry/copy/image-settings.ts
function settingsIn({ json, created }) {
	const config = require_json.isObject(json["config"]) ? json["config"] : {};
	const user = text(config["User"]);
	const workdir = text(config["WorkingDir"]);
	return {
		...created === void 0 ? {} : { created },
		...user === void 0 ? {} : { user },
		...workdir === void 0 ? {} : { workdir },
		entrypoint: texts(config["Entrypoint"]),
		cmd: texts(config["Cmd"]),
		env: texts(config["Env"]),
		ports: keys(config["ExposedPorts"]),
		volumes: keys(config["Volumes"]),
		labels: labels(config["Labels"])
	};
}
function text(value) {
	return typeof value === "string" && value !== "" ? value : void 0;
}
function texts(value) {
	return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
function keys(value) {
	return require_json.isObject(value) ? Object.keys(value).toSorted() : [];
}
function labels(value) {
	if (!require_json.isObject(value)) return {};
	return Object.fromEntries(Object.entries(value).filter((entry) => typeof entry[1] === "string"));
}

// src/registry/copy/describe.ts
const LARGEST_CONFIG = 4194304;
const AT_ONCE = 6;
const CONFIGS = /* @__PURE__ */ new Set([require_manifest.MEDIA.config, "application/vnd.docker.container.image.v1+json"]);
async function describe(source, root, { referrers = true }, call) {
	const explorer = require_explore.createExplorer(source);
	const top = await explorer.read(root, 0, call);
	const images = [];
	const indexes = [];
	if (top.kind === "image") images.push(await describeImage(source, root, top, void 0, call));
	else {
		indexes.push(root.digest);
		images.push(...await describeChildren(source, explorer, top.manifests, {
			depth: 1,
			indexes
		}, call));
	}
	const artifactType = require_manifest.artifactTypeOf(top);
	return {
		root,
		kind: top.kind,
		...artifactType === void 0 ? {} : { artifactType },
		annotations: top.annotations,
		...top.subject === void 0 ? {} : { subject: top.subject.digest },
		images,
		referrers: referrers && require_target.listsReferrers(source) ? await attached(source, [...indexes, ...images.map(({ descriptor }) => descriptor.digest)], call) : void 0
	};
}
async function describeChildren(source, explorer, children, { depth, indexes }, call) {
	const found = children.map(() => []);
	await require_manifest.forEachLimited(children.entries(), require_manifest.createLimit(AT_ONCE), async ([at, child]) => {
		found[at] = await describeChild(child);
	}, call);
	return found.flat();
	async function describeChild(child) {
		if (!require_manifest.isManifestType(child.mediaType)) return [{
			...nothingOf(child),
			missing: false,
			size: child.size
		}];
		try {
			const manifest = await explorer.read(child, depth, call);
			if (manifest.kind === "image") return [await describeImage(source, child, manifest, child.platform, call)];
			indexes.push(child.digest);
			return await describeChildren(source, explorer, manifest.manifests, {
				depth: depth + 1,
				indexes
			}, call);
		} catch (error) {
			if (!require_failure.isFailure(error, "CONTENT_MISSING") || await source.resolve(child.digest, call) !== void 0) throw error;
			return [nothingOf(child)];
		}
	}
}
function nothingOf(descriptor) {
	const { platform, artifactType } = descriptor;
	return {
		descriptor,
		...platform === void 0 ? {} : { platform: require_manifest.printPlatform(platform) },
		...artifactType === void 0 ? {} : { artifactType },
		missing: true,
		annotations: {},
		layers: [],
		size: 0
	};
}
async function describeImage(source, descriptor, manifest, listed, call) {
	const { config, broken } = CONFIGS.has(manifest.config.mediaType) ? await readConfig(source, manifest.config, call) : {};
	const own = config === void 0 || config.os === "" || config.architecture === "" ? void 0 : config;
	const platform = listed ?? own;
	const artifactType = config === void 0 && broken === void 0 ? require_manifest.artifactTypeOf(manifest) : manifest.artifactType;
	return {
		descriptor,
		missing: false,
		...platform === void 0 ? {} : { platform: require_manifest.printPlatform(platform) },
		...artifactType === void 0 ? {} : { artifactType },
		annotations: manifest.annotations,
		config: manifest.config,
		layers: manifest.layers,
		size: [manifest.config, ...manifest.layers].reduce((sum, { size }) => sum + size, 0),
		...config === void 0 ? {} : { settings: settingsIn(config) },
		...broken === void 0 ? {} : { broken }
	};
}
async function readConfig(source, descriptor, call) {
	try {
		return { config: require_image_config.parseImageConfig(await require_manifest.readBody(await source.fetch(descriptor, call), LARGEST_CONFIG)) };
	} catch (error) {
		const { kind, why } = require_trouble_of.troubleOf(error, call);
		if (kind === "unknown") throw error;
		return { broken: why };
	}
}
async function attached(source, subjects, call) {
	const lists = /* @__PURE__ */ new Map();
	await require_manifest.forEachLimited(new Set(subjects), require_manifest.createLimit(AT_ONCE), async (subject) => void lists.set(subject, await require_referrers.listReferrers(source, subject, {}, call)), call);
	return [...new Set(subjects)].flatMap((subject) => (lists.get(subject) ?? []).map((descriptor) => ({
		descriptor,
		subject
	})));
}

Object.defineProperty(exports, "describe", {
  enumerable: true,
  get: function () {
    return describe;
  }
});