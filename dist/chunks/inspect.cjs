const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_describe = require("./describe.cjs");
const require_field = require("./field.cjs");
const require_step = require("./step.cjs");
const require_printable = require("./printable.cjs");
const require_units = require("./units.cjs");
const require_digest = require("./digest.cjs");
const require_places = require("./places.cjs");

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
		lines: [
			...tables.some(({ rows }) => rows.length > MOST_ROWS) ? ["Long tables are cut here; the report has all of it."] : [],
			...images.flatMap(({ broken }) => broken === void 0 ? [] : [`The config cannot be shown: ${require_printable.printable(broken, 300)}. ferry check says what else is wrong.`]).slice(0, MOST_ROWS),
			...referrers === void 0 ? ["What is attached was not asked for."] : referrers.length === 0 ? ["Nothing is attached to it."] : []
		]
	};
}
function imageRow({ platform, artifactType, descriptor, layers, size, settings, missing, broken }) {
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
		broken === void 0 ? settings?.created ?? "" : "config broken"
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
	details: "Reads manifests and configs, and no layers. Everything it finds is in the report as well (--output json), with full digests. A platform that an index lists and that is not there is said to be missing, and so is a config that is gone or damaged.",
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
		const description = await require_describe.describe(target, descriptor, { referrers: !withoutReferrers }, context.call);
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
		size: [...new Map([...configs, ...layers]).values()].reduce((sum, size) => sum + size, 0),
		layers: layers.size
	};
}

exports.inspect = inspect;