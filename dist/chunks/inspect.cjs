const require_failure = require("./failure.cjs");
const require_limit = require("./limit.cjs");
const require_image_config = require("./image-config.cjs");
const require_places = require("./places.cjs");
const require_explore = require("./explore.cjs");
const require_json = require("./json.cjs");
const require_field = require("./field.cjs");
const require_step = require("./step.cjs");
const require_printable = require("./printable.cjs");
const require_units = require("./units.cjs");
const require_digest = require("./digest.cjs");

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

// src/registry/copy/referrers.ts
async function listReferrers(source, subject, { artifactType }, call) {
	if (!require_places.listsReferrers(source)) throw new require_failure.Failure("UNSUPPORTED", `cannot list what is attached to ${subject} in ${source.name}`, { hint: "Use a registry or an OCI layout." });
	const explorer = require_explore.createExplorer(source);
	const found = [];
	for await (const listed of source.referrers(subject, call)) {
		const entry = await withType(listed);
		if (artifactType === void 0 || entry.artifactType === artifactType) found.push(entry);
	}
	return found;
	async function withType(listed) {
		if (listed.artifactType !== void 0 && listed.artifactType !== require_limit.MEDIA.empty) return listed;
		const type = require_limit.artifactTypeOf(await explorer.read(listed, 0, call));
		return type === void 0 ? listed : {
			...listed,
			artifactType: type
		};
	}
}

// src/registry/copy/describe.ts
const LARGEST_CONFIG = 4194304;
const AT_ONCE = 6;
const CONFIGS = /* @__PURE__ */ new Set([require_limit.MEDIA.config, "application/vnd.docker.container.image.v1+json"]);
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
	const artifactType = require_limit.artifactTypeOf(top);
	return {
		root,
		kind: top.kind,
		...artifactType === void 0 ? {} : { artifactType },
		annotations: top.annotations,
		...top.subject === void 0 ? {} : { subject: top.subject.digest },
		images,
		referrers: referrers && require_places.listsReferrers(source) ? await attached(source, [...indexes, ...images.map(({ descriptor }) => descriptor.digest)], call) : void 0
	};
}
async function describeChildren(source, explorer, children, { depth, indexes }, call) {
	const found = children.map(() => []);
	await require_limit.forEachLimited(children.entries(), require_limit.createLimit(AT_ONCE), async ([at, child]) => {
		found[at] = await describeChild(child);
	}, call);
	return found.flat();
	async function describeChild(child) {
		if (!require_limit.isManifestType(child.mediaType)) return [{
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
		...platform === void 0 ? {} : { platform: require_limit.printPlatform(platform) },
		...artifactType === void 0 ? {} : { artifactType },
		missing: true,
		annotations: {},
		layers: [],
		size: 0
	};
}
async function describeImage(source, descriptor, manifest, listed, call) {
	const config = CONFIGS.has(manifest.config.mediaType) ? require_image_config.parseImageConfig(await require_limit.readBody(await source.fetch(manifest.config, call), LARGEST_CONFIG)) : void 0;
	const own = config === void 0 || config.os === "" || config.architecture === "" ? void 0 : config;
	const platform = listed ?? own;
	const artifactType = config === void 0 ? require_limit.artifactTypeOf(manifest) : manifest.artifactType;
	return {
		descriptor,
		missing: false,
		...platform === void 0 ? {} : { platform: require_limit.printPlatform(platform) },
		...artifactType === void 0 ? {} : { artifactType },
		annotations: manifest.annotations,
		config: manifest.config,
		layers: manifest.layers,
		size: [manifest.config, ...manifest.layers].reduce((sum, { size }) => sum + size, 0),
		...config === void 0 ? {} : { settings: settingsIn(config) }
	};
}
async function attached(source, subjects, call) {
	const lists = /* @__PURE__ */ new Map();
	await require_limit.forEachLimited(new Set(subjects), require_limit.createLimit(AT_ONCE), async (subject) => void lists.set(subject, await listReferrers(source, subject, {}, call)), call);
	return [...new Set(subjects)].flatMap((subject) => (lists.get(subject) ?? []).map((descriptor) => ({
		descriptor,
		subject
	})));
}

// src/steps/parts/description.ts
const MOST_ROWS = 100;
function shownDescription(name, description) {
	const { root, kind, artifactType, annotations, subject, images, referrers } = description;
	const [only, ...more] = images;
	const tables = [
		{
			columns: ["image", ""],
			rows: [
				["digest", root.digest],
				["type", root.mediaType],
				...artifactType === void 0 ? [] : [["artifact type", artifactType]],
				...subject === void 0 ? [] : [["attached to", subject]],
				...Object.entries(annotations).map(([key, text]) => [`annotation ${key}`, text]),
				...kind === "image" && only !== void 0 ? settingRows(only) : []
			]
		},
		...kind === "index" ? [{
			columns: [
				"platform",
				"digest",
				"layers",
				"size",
				"created"
			],
			rows: images.map(imageRow)
		}] : [],
		...only !== void 0 && more.length === 0 && only.layers.length > 0 ? [layerTable(only)] : [],
		...referrers === void 0 || referrers.length === 0 ? [] : [{
			columns: [
				"attached",
				"digest",
				"size",
				"to"
			],
			rows: referrers.map(({ descriptor, subject: to }) => [
				descriptor.artifactType ?? descriptor.mediaType,
				require_digest.shortDigest(descriptor.digest),
				require_units.formatBytes(descriptor.size),
				to === root.digest ? "the whole" : require_digest.shortDigest(to)
			])
		}]
	];
	return {
		name: "description",
		data: description,
		title: require_printable.printable(name),
		tables: tables.map(({ columns, rows }) => ({
			columns,
			rows: rows.slice(0, MOST_ROWS)
		})),
		lines: [...tables.some(({ rows }) => rows.length > MOST_ROWS) ? ["Long tables are cut here; the report has all of it."] : [], ...referrers === void 0 ? ["What is attached was not asked for."] : referrers.length === 0 ? ["Nothing is attached to it."] : []]
	};
}
function imageRow({ platform, artifactType, descriptor, layers, size, settings, missing }) {
	const what = platform ?? artifactType ?? descriptor.mediaType;
	if (missing) return [
		what,
		require_digest.shortDigest(descriptor.digest),
		"",
		"not there",
		""
	];
	return [
		what,
		require_digest.shortDigest(descriptor.digest),
		String(layers.length),
		require_units.formatBytes(size),
		settings?.created ?? ""
	];
}
function layerTable({ layers }) {
	return {
		columns: [
			"layer",
			"digest",
			"size",
			"type"
		],
		rows: layers.map((layer, at) => [
			String(at + 1),
			require_digest.shortDigest(layer.digest),
			require_units.formatBytes(layer.size),
			layer.mediaType
		])
	};
}
function settingRows({ platform, size, settings }) {
	return [
		["platform", platform],
		["size", require_units.formatBytes(size)],
		["created", settings?.created],
		["user", settings?.user],
		["workdir", settings?.workdir],
		["entrypoint", words(settings?.entrypoint)],
		["cmd", words(settings?.cmd)],
		["ports", settings?.ports.join(" ")],
		["volumes", settings?.volumes.join(" ")],
		...(settings?.env ?? []).map((text) => ["env", text]),
		...Object.entries(settings?.labels ?? {}).map(([key, text]) => [`label ${key}`, text])
	].flatMap(([key, text]) => text === void 0 || text === "" ? [] : [[key, text]]);
}
function words(list) {
	return list === void 0 || list.length === 0 ? void 0 : JSON.stringify(list);
}

// src/steps/inspect.ts
const inspect = require_step.defineStep({
	name: "inspect",
	summary: "Show what an image is: platforms, config, layers with sizes, annotations, and what is attached to it",
	details: "Reads manifests and configs, and no layers. Everything it finds is in the report as well (--output json), with full digests. A platform that an index lists and that is not there is said to be missing.",
	since: "0.1.0",
	chinese: {
		title: "查看镜像",
		summary: "显示镜像的平台、配置、各层大小、注解及其附件，不下载镜像层"
	},
	needs: ["registry", "files"],
	inputs: {
		image: require_field.field.image({
			about: "The image",
			example: "harbor.example.com/pay/api:dev-v1.2-1024",
			positional: true
		}),
		withoutReferrers: require_field.field.switch({ about: "Do not ask for what is attached" })
	},
	outputs: {
		digest: require_step.out.digest({ about: "Its digest" }),
		mediaType: require_step.out.text({ about: "Media type of its manifest" }),
		platforms: require_step.out.list({ about: "Its platforms; the first 16" }),
		size: require_step.out.number({ about: "Bytes of all configs and layers, each counted once" }),
		layers: require_step.out.number({ about: "Layers, each counted once" }),
		referrers: require_step.out.number({ about: "What is attached to it and to its platforms" })
	},
	examples: [{
		title: "By its tag",
		inputs: { image: "harbor.example.com/pay/api:dev-v1.2-1024" }
	}],
	async run({ image, withoutReferrers }, context) {
		const { target, descriptor, name } = await require_places.findImage(image, context);
		const description = await describe(target, descriptor, { referrers: !withoutReferrers }, context.call);
		context.show(shownDescription(name, description));
		return {
			digest: descriptor.digest,
			mediaType: descriptor.mediaType,
			platforms: [...new Set(description.images.flatMap(platformOf))].slice(0, 16),
			...totals(description),
			referrers: description.referrers?.length ?? 0
		};
	}
});
function platformOf({ platform }) {
	return platform === void 0 || platform.startsWith("unknown/") ? [] : [platform];
}
function totals({ images }) {
	const layers = new Map(images.flatMap((image) => image.layers.map(({ digest, size }) => [digest, size])));
	const configs = new Map(images.flatMap(({ config }) => config === void 0 ? [] : [[config.digest, config.size]]));
	return {
		layers: layers.size,
		size: [...new Map([...configs, ...layers]).values()].reduce((sum, size) => sum + size, 0)
	};
}

exports.inspect = inspect;