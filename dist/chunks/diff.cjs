const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_failure = require("./failure.cjs");
const require_json = require("./json.cjs");
const require_explore = require("./explore.cjs");
const require_referrers = require("./referrers.cjs");
const require_manifest = require("./manifest.cjs");
const require_target = require("./target.cjs");
const require_describe = require("./describe.cjs");
const require_field = require("./field.cjs");
const require_step = require("./step.cjs");
const require_printable = require("./printable.cjs");
const require_units = require("./units.cjs");
const require_places = require("./places.cjs");

// src/evidence/statements/read-sbom.ts
function packagesIn(bytes) {
	const json = require_json.parseStrictJson(bytes, "the SBOM");
	return require_json.isObject(json) ? packagesOf(json) : void 0;
}
function packagesOf(json) {
	if (require_json.isObject(json["predicate"])) return packagesOf(json["predicate"]);
	if (require_json.isObject(json["Data"])) return packagesOf(json["Data"]);
	if (typeof json["spdxVersion"] === "string") return distinct(objects(json["packages"]).map(spdxPackage));
	if (json["bomFormat"] === "CycloneDX") return distinct(components(json["components"]).map(cycloneDxPackage));
}
function spdxPackage(entry) {
	const purl = objects(entry["externalRefs"]).find((ref) => ref["referenceType"] === "purl")?.["referenceLocator"];
	return named(purl, entry["name"], entry["versionInfo"]);
}
function cycloneDxPackage(entry) {
	if (entry["type"] === "file" || entry["type"] === "operating-system") return void 0;
	return named(entry["purl"], entry["name"], entry["version"]);
}
function named(purl, name, version) {
	const plain = typeof purl === "string" ? (purl.split(/[?#]/)[0] ?? "").replace(/@[^@/]*$/, "") : "";
	const text = plain === "" ? name : plain;
	return typeof text === "string" && text !== "" ? {
		name: text,
		version: typeof version === "string" ? version : ""
	} : void 0;
}
function components(value) {
	const found = [];
	const open = objects(value);
	for (let next = open.shift(); next; next = open.shift()) {
		found.push(next);
		open.push(...objects(next["components"]));
	}
	return found;
}
function objects(value) {
	return Array.isArray(value) ? value.filter((item) => require_json.isObject(item)) : [];
}
function distinct(packages) {
	return [...new Map(packages.flatMap((each) => each === void 0 ? [] : [[`${each.name}@${each.version}`, each]])).values()];
}

// src/evidence/statements/find-sbom.ts
const LARGEST = 33554432;
const MOST = 32;
async function findSbom(source, subject, call) {
	if (!require_target.listsReferrers(source)) return void 0;
	const explorer = require_explore.createExplorer(source);
	for (const descriptor of (await require_referrers.listReferrers(source, subject, {}, call)).slice(0, MOST)) try {
		const manifest = await explorer.read(descriptor, 0, call);
		for (const layer of manifest.kind === "image" ? manifest.layers : []) {
			if (!/json|spdx|cyclonedx|dsse|in-toto/.test(layer.mediaType) || layer.size > LARGEST) continue;
			const packages = packagesIn(unwrap(await require_manifest.readBody(await source.fetch(layer, call), LARGEST)));
			if (packages !== void 0) return {
				descriptor,
				packages
			};
		}
	} catch (error) {
		if (!require_failure.isFailure(error, "CONTENT_INVALID")) throw error;
	}
}
function unwrap(bytes) {
	const json = require_json.parseStrictJson(bytes, "the attachment");
	const envelope = require_json.isObject(json) && require_json.isObject(json["dsseEnvelope"]) ? json["dsseEnvelope"] : json;
	const payload = require_json.isObject(envelope) && typeof envelope["payloadType"] === "string" ? envelope["payload"] : void 0;
	return typeof payload === "string" ? Buffer.from(payload, "base64") : bytes;
}

// src/registry/copy/compare.ts
function compare(left, right) {
	const platforms = (side) => new Map(side.images.filter(({ artifactType, platform }) => platform !== void 0 || artifactType === void 0).map((image) => [image.platform ?? "", image]));
	const [mine, other] = [platforms(left), platforms(right)];
	const differences = [];
	for (const platform of /* @__PURE__ */ new Set([...mine.keys(), ...other.keys()])) {
		const [one, two] = [mine.get(platform), other.get(platform)];
		if (one === void 0 || two === void 0) differences.push({
			platform,
			kind: "platform",
			what: platform,
			left: one?.descriptor.digest,
			right: two?.descriptor.digest
		});
		else if (one.descriptor.digest !== two.descriptor.digest) differences.push(...compareImages(platform, one, two));
	}
	differences.push(...compareMaps("", "annotation", "annotation ", left.annotations, right.annotations), ...compareAttached(left, right));
	return {
		differences,
		layers: compareLayers(left, right)
	};
}
function compareImages(platform, left, right) {
	const layers = [];
	for (let at = 0; at < Math.max(left.layers.length, right.layers.length); at += 1) {
		const [one, two] = [left.layers[at]?.digest, right.layers[at]?.digest];
		if (one !== two) layers.push({
			platform,
			kind: "layer",
			what: `layer ${at + 1}`,
			left: one,
			right: two
		});
	}
	return [
		...compareMaps(platform, "config", "", settingsOf(left.settings), settingsOf(right.settings)),
		...compareMaps(platform, "annotation", "annotation ", left.annotations, right.annotations),
		...layers
	];
}
function settingsOf(settings) {
	if (settings === void 0) return {};
	const { created, user, workdir, entrypoint, cmd, env, ports, volumes, labels } = settings;
	const words = (name, list) => list.length === 0 ? {} : { [name]: JSON.stringify(list) };
	return {
		...created === void 0 ? {} : { created },
		...user === void 0 ? {} : { user },
		...workdir === void 0 ? {} : { workdir },
		...words("entrypoint", entrypoint),
		...words("cmd", cmd),
		...words("ports", ports),
		...words("volumes", volumes),
		...Object.fromEntries(env.map((text) => [`env ${text.split("=")[0] ?? ""}`, text.slice(text.indexOf("=") + 1)])),
		...Object.fromEntries(Object.entries(labels).map(([key, text]) => [`label ${key}`, text]))
	};
}
function compareMaps(platform, kind, prefix, left, right) {
	return [.../* @__PURE__ */ new Set([...Object.keys(left), ...Object.keys(right)])].flatMap((key) => {
		const [one, two] = [Object.hasOwn(left, key) ? left[key] : void 0, Object.hasOwn(right, key) ? right[key] : void 0];
		return one === two ? [] : [{
			platform,
			kind,
			what: `${prefix}${key}`,
			left: one,
			right: two
		}];
	});
}
function compareAttached(left, right) {
	const count = (side) => {
		const kinds = /* @__PURE__ */ new Map();
		for (const { descriptor } of side.referrers ?? []) {
			const kind = descriptor.artifactType ?? descriptor.mediaType;
			kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
		}
		return Object.fromEntries([...kinds].map(([kind, number]) => [kind, String(number)]));
	};
	return left.referrers === void 0 || right.referrers === void 0 ? [] : compareMaps("", "attachment", "", count(left), count(right));
}
function compareLayers(left, right) {
	const layers = (side) => new Map(side.images.flatMap((image) => image.layers.map((layer) => [layer.digest, layer])));
	const [mine, other] = [layers(left), layers(right)];
	const alone = (from, to) => [...from.values()].filter(({ digest }) => !to.has(digest));
	const [onlyLeft, onlyRight] = [alone(mine, other), alone(other, mine)];
	const bytes = (list) => list.reduce((sum, { size }) => sum + size, 0);
	return {
		shared: mine.size - onlyLeft.length,
		left: onlyLeft.length,
		right: onlyRight.length,
		leftBytes: bytes(onlyLeft),
		rightBytes: bytes(onlyRight)
	};
}

// src/steps/parts/diff-report.ts
const MOST_ROWS = 200;
function comparePackages(left, right) {
	const versions = (packages) => {
		const found = /* @__PURE__ */ new Map();
		for (const { name, version } of packages) found.set(name, [...found.get(name) ?? [], version]);
		return new Map([...found].map(([name, list]) => [name, list.toSorted().join(" ")]));
	};
	const [mine, other] = [versions(left), versions(right)];
	return [.../* @__PURE__ */ new Set([...mine.keys(), ...other.keys()])].toSorted().map((name) => ({
		name,
		left: mine.get(name) ?? "",
		right: other.get(name) ?? ""
	})).filter((change) => change.left !== change.right);
}
function shownDiff({ left, right, differences, layers, packages }) {
	const rows = differences.map(({ platform, kind, what, left: one, right: two }) => [
		platform,
		kind,
		what,
		one ?? "",
		two ?? ""
	].map((cell) => require_printable.printable(cell, 200)));
	const changes = (packages ?? []).map((change) => [
		change.name,
		change.left,
		change.right
	].map((cell) => require_printable.printable(cell, 200)));
	return {
		name: "diff",
		data: {
			left,
			right,
			differences,
			layers,
			...packages === void 0 ? {} : { packages }
		},
		title: `${require_printable.printable(left)} and ${require_printable.printable(right)}`,
		tables: [...rows.length === 0 ? [] : [{
			columns: [
				"platform",
				"kind",
				"what",
				"left",
				"right"
			],
			rows: rows.slice(0, MOST_ROWS)
		}], ...changes.length === 0 ? [] : [{
			columns: [
				"package",
				"left",
				"right"
			],
			rows: changes.slice(0, MOST_ROWS)
		}]],
		lines: [
			...rows.length > MOST_ROWS || changes.length > MOST_ROWS ? ["Long tables are cut here; the report has all of it."] : [],
			`${layers.shared} layers are shared; ${layers.left} (${require_units.formatBytes(layers.leftBytes)}) are only in the left image and ${layers.right} (${require_units.formatBytes(layers.rightBytes)}) only in the right one.`,
			packages === void 0 ? "Packages are not compared: not both have an SBOM attached." : `${packages.length} packages differ, by the SBOMs that are attached; those were not verified.`
		]
	};
}

// src/steps/diff.ts
const diff = require_step.defineStep({
	name: "diff",
	summary: "Show in what two images differ: platforms, config, layers, annotations, attachments, and packages where both have an SBOM",
	details: "Reads manifests, configs and SBOMs, and no layers. Two names of one digest are the same without reading more. Packages come from SBOMs in SPDX or CycloneDX JSON that are attached to the images, bare or in a statement; they are not verified here.",
	since: "0.1.0",
	chinese: {
		title: "比较镜像",
		summary: "比较两个镜像的平台、配置、层、注解与附件；双方都有 SBOM 时比较软件包"
	},
	needs: ["registry", "files"],
	inputs: {
		left: require_field.field.image({
			about: "One image",
			example: "harbor.example.com/pay/api:prod-v1.2-1024",
			positional: true
		}),
		right: require_field.field.image({
			about: "The other",
			example: "harbor.example.com/pay/api:dev-v1.3-1107",
			positional: true
		}),
		failOnDifference: require_field.field.switch({
			about: "Exit with 10 when they differ",
			flag: "exit-code"
		})
	},
	outputs: {
		same: require_step.out.switch({ about: "Whether both are the same digest" }),
		differences: require_step.out.number({ about: "Things that are not the same, packages left out" }),
		packages: require_step.out.number({ about: "Packages that are not the same; 0 without two SBOMs" }),
		leftDigest: require_step.out.digest({ about: "Digest of the one" }),
		rightDigest: require_step.out.digest({ about: "Digest of the other" })
	},
	examples: [{
		title: "What the next release changes",
		inputs: {
			left: "harbor.example.com/pay/api:prod-v1.2-1024",
			right: "harbor.example.com/pay/api:dev-v1.3-1107"
		}
	}],
	async run({ left, right, failOnDifference }, context) {
		const [one, two] = [await require_places.findImage(left, context), await require_places.findImage(right, context)];
		const digests = {
			leftDigest: one.descriptor.digest,
			rightDigest: two.descriptor.digest
		};
		if (one.descriptor.digest === two.descriptor.digest) {
			context.show({
				name: "diff",
				data: {
					left: one.name,
					right: two.name,
					differences: []
				},
				title: `${one.name} and ${two.name}`,
				tables: [],
				lines: ["Both are the same image."]
			});
			return {
				same: true,
				differences: 0,
				packages: 0,
				...digests
			};
		}
		const [mine, other] = [await require_describe.describe(one.target, one.descriptor, {}, context.call), await require_describe.describe(two.target, two.descriptor, {}, context.call)];
		const comparison = compare(mine, other);
		const packages = await changedPackages([one.target, mine], [two.target, other], context);
		context.show(shownDiff({
			left: one.name,
			right: two.name,
			...comparison,
			packages
		}));
		if (failOnDifference) throw new require_failure.Failure("DIFFERENT", `${one.name} and ${two.name} differ in ${comparison.differences.length} things`, {
			hint: "The table says in which. Leave exit-code out to only look.",
			facts: {
				left: digests.leftDigest,
				right: digests.rightDigest
			}
		});
		return {
			same: false,
			differences: comparison.differences.length,
			packages: packages?.length ?? 0,
			...digests
		};
	}
});
async function changedPackages([left, mine], [right, other], { call }) {
	const platforms = new Map(other.images.map(({ platform, descriptor }) => [platform ?? "", descriptor.digest]));
	const pairs = [[mine.root.digest, other.root.digest], ...mine.images.flatMap(({ platform, descriptor }) => {
		const twin = platforms.get(platform ?? "");
		return twin === void 0 ? [] : [[descriptor.digest, twin]];
	})];
	for (const [one, two] of pairs) {
		const mineHas = await findSbom(left, one, call);
		const otherHas = mineHas === void 0 ? void 0 : await findSbom(right, two, call);
		if (mineHas !== void 0 && otherHas !== void 0) return comparePackages(mineHas.packages, otherHas.packages);
	}
}

exports.diff = diff;