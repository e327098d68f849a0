const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_failure = require("./failure.cjs");
const require_manifest = require("./manifest.cjs");
const require_field = require("./field.cjs");
const require_step = require("./step.cjs");
const require_take_tag = require("./take-tag.cjs");
const require_list_tags = require("./list-tags.cjs");
const require_legacy_evidence = require("./legacy-evidence.cjs");
const require_copy_and_name = require("./copy-and-name.cjs");
const require_call = require("./call.cjs");
const require_json = require("./json.cjs");
const require_digest = require("./digest.cjs");
const require_explore = require("./explore.cjs");
const require_referrers = require("./referrers.cjs");
const require_places = require("./places.cjs");
const require_printable = require("./printable.cjs");
const require_units = require("./units.cjs");
const require_failure_codes = require("./failure-codes.cjs");
const require_resolve = require("./resolve.cjs");
const require_one_or_all = require("./one-or-all.cjs");

// src/registry/copy/select-platforms.ts
const SPEAKS_OF = "vnd.docker.reference.digest";
function matchesPlatform(wanted, platform) {
	if (platform === void 0) return false;
	return wanted.os === platform.os && wanted.architecture === platform.architecture && (wanted.variant === void 0 || wanted.variant === platform.variant);
}
function selectPlatforms(index, wanted, where) {
	for (const platform of wanted) {
		if (index.manifests.some((entry) => matchesPlatform(platform, entry.platform))) continue;
		const offered = index.manifests.flatMap((entry) => entry.platform === void 0 || entry.platform.os === "unknown" ? [] : [require_manifest.printPlatform(entry.platform)]);
		throw new require_failure.Failure("IMAGE_NOT_FOUND", `the image in ${where} is not made for ${require_manifest.printPlatform(platform)}`, {
			cause: offered.length === 0 ? "its index names no platforms" : `it is made for ${offered.slice(0, 20).join(", ")}`,
			hint: "Name platforms that it has.",
			facts: { digest: index.descriptor.digest }
		});
	}
	const chosen = new Set(index.manifests.filter((entry) => wanted.some((platform) => matchesPlatform(platform, entry.platform))));
	const digests = new Set([...chosen].map((entry) => entry.digest));
	return index.manifests.filter((entry) => chosen.has(entry) || digests.has(entry.annotations?.[SPEAKS_OF] ?? ""));
}

// src/registry/copy/copy-platforms.ts
async function copyPlatforms(source, target, root, options, call) {
	const { platforms, mode, referrers } = options;
	const index = await readIndex(source, root, call);
	const chosen = selectPlatforms(index, platforms, source.name);
	if (mode === "image") return copyAlone(source, target, chosen, {
		index,
		referrers
	}, call);
	const reports = [];
	for (const child of chosen) reports.push(await require_legacy_evidence.copy(source, target, child, { referrers }, call));
	const sum = require_copy_and_name.addReports(root, reports);
	require_call.throwIfStopped(call);
	return mode === "sparse-index" ? storeSparse(source, target, index, sum, referrers, call) : storeSmaller(source, target, index, chosen, sum, referrers, call);
}
async function readIndex(source, root, call) {
	const manifest = require_manifest.isIndexType(root.mediaType) ? await require_explore.createExplorer(source).read(root, 0, call) : void 0;
	if (manifest?.kind === "index") return manifest;
	throw new require_failure.Failure("INPUT_INVALID", `${root.digest} in ${source.name} is made for one platform`, {
		cause: "it is an image and not an index",
		hint: "Leave the platforms out.",
		facts: { digest: root.digest }
	});
}
async function copyAlone(source, target, chosen, { index, referrers }, call) {
	const images = chosen.filter((entry) => entry.platform !== void 0 && entry.platform.os !== "unknown");
	const [image, ...more] = images;
	if (image === void 0 || more.length > 0) throw new require_failure.Failure("INPUT_INVALID", `the platforms name ${images.length} images of the index, and one can go alone`, { hint: "Name one platform, with its variant when there are several." });
	const { platform: _platform, ...root } = image;
	const report = await require_legacy_evidence.copy(source, target, root, { referrers }, call);
	return {
		...report,
		lost: [...report.lost, ...referrers ? await stayBehind(source, index.descriptor, call) : []]
	};
}
async function storeSparse(source, target, index, sum, referrers, call) {
	let result;
	try {
		result = await target.push(index.descriptor, require_manifest.bytesBody(index.bytes), call);
	} catch (error) {
		if (!require_failure.isFailure(error, "CONTENT_MISSING")) throw error;
		throw new require_failure.Failure("UNSUPPORTED", `${target.name} takes no sparse index`, {
			cause: error,
			hint: "The platforms themselves are there now. Copy all of them, or choose new-index or image."
		});
	}
	const tally = require_copy_and_name.createTally();
	tally.manifests[result] += 1;
	if (referrers) await require_copy_and_name.copyReferrers(source, target, [index.descriptor], require_copy_and_name.createMover(source, target, tally, call), tally, call);
	await require_copy_and_name.readBack(target, index.descriptor, call);
	return require_copy_and_name.addReports(index.descriptor, [sum, {
		...tally,
		root: index.descriptor,
		tagged: false
	}]);
}
async function storeSmaller(source, target, index, chosen, sum, referrers, call) {
	const bytes = chosen.length === index.manifests.length ? index.bytes : without(index, chosen);
	const root = {
		mediaType: index.descriptor.mediaType,
		digest: require_digest.digestOf(bytes, require_digest.algorithmOf(index.descriptor.digest)),
		size: bytes.length
	};
	const result = await target.push(root, require_manifest.bytesBody(bytes), call);
	await require_copy_and_name.readBack(target, root, call);
	const tally = require_copy_and_name.createTally();
	tally.manifests[result] += 1;
	if (result === "stored") tally.bytes += bytes.length;
	const lost = referrers && root.digest !== index.descriptor.digest ? await stayBehind(source, index.descriptor, call) : [];
	return require_copy_and_name.addReports(root, [sum, {
		...tally,
		lost,
		root,
		tagged: false
	}]);
}
function without(index, chosen) {
	const document = require_json.parseStrictJson(index.bytes, "the index");
	const listed = require_json.isObject(document) && Array.isArray(document["manifests"]) ? document["manifests"] : [];
	const kept = new Set(chosen);
	const manifests = listed.filter((_, at) => kept.has(index.manifests[at] ?? index.descriptor));
	return Buffer.from(JSON.stringify({
		...require_json.isObject(document) ? document : {},
		manifests
	}));
}
async function stayBehind(source, subject, call) {
	const count = (await require_referrers.attachedTo(source, subject.digest, call)).length;
	return count === 0 ? [] : [`${count} attached to the whole index ${subject.digest} stay behind: they speak of that digest and of no other`];
}

// src/steps/parts/copy-one.ts
async function copyOne(image, to, choices, context) {
	const { target: source, descriptor, name } = await require_places.findImage(image, context);
	if (to.digest !== void 0 && to.digest !== descriptor.digest) throw new require_failure.Failure("DIGEST_MISMATCH", `${name} is not the image that the destination names`, {
		cause: `it is ${descriptor.digest}`,
		hint: "Leave the digest out of the destination, or copy the image it names."
	});
	const { target } = context.opener.open(to);
	const tag = to.tag ?? (to.digest === void 0 ? image.tag : void 0);
	if (tag === void 0) {
		context.log.warn("the image gets no tag there, and what has no tag may be collected as garbage", { digest: descriptor.digest });
		return {
			tagged: false,
			report: await move(source, target, descriptor, choices, context)
		};
	}
	return copyUnder(source, target, descriptor, tag, choices, context);
}
async function copyUnder(source, target, root, tag, choices, context) {
	const { call } = context;
	const before = (await target.resolve(tag, call))?.digest;
	if (choices.part === void 0 && before === root.digest) {
		const { report } = await require_copy_and_name.copyAndName(source, target, root, {
			known: true,
			referrers: choices.referrers,
			early: true,
			name: async () => false
		}, call);
		return {
			tag,
			tagged: false,
			report
		};
	}
	const mayMove = choices.move && require_list_tags.matchTag(await require_places.schemeOf(context), tag) === void 0;
	if (before !== void 0 && choices.part === void 0 && !mayMove) throw taken(target, tag, before, root, choices.move);
	const name = async (image) => {
		if (before !== void 0) {
			if (!mayMove) throw taken(target, tag, before, image, choices.move);
			await require_copy_and_name.nameAndReadBack(target, image, tag, before, call);
			return true;
		}
		const taking = await require_take_tag.takeTag(target, image, tag, call);
		if (taking.outcome === "lost") throw require_take_tag.tagTaken(target.name, tag, taking.to, image.digest);
		return taking.outcome === "written";
	};
	if (choices.part !== void 0) {
		const report = await move(source, target, root, choices, context);
		return {
			tag,
			tagged: before !== report.root.digest && await name(report.root),
			report
		};
	}
	const { referrers, named: byName } = choices;
	const last = async () => {
		return {
			legacy: referrers && byName && !require_copy_and_name.isSamePlace(source, target) ? await require_legacy_evidence.copyLegacyEvidence(source, target, root, call) : void 0,
			tagged: await name(root)
		};
	};
	const { report, named } = await require_copy_and_name.copyAndName(source, target, root, {
		known: false,
		referrers,
		early: false,
		name: last
	}, call);
	return {
		tag,
		tagged: named.tagged,
		report: withLegacy(report, named.legacy)
	};
}
async function move(source, target, root, { part, referrers, named }, { call }) {
	const report = part === void 0 ? await require_legacy_evidence.copy(source, target, root, { referrers }, call) : await copyPlatforms(source, target, root, {
		...part,
		referrers
	}, call);
	if (!referrers || !named || require_copy_and_name.isSamePlace(source, target) || part?.mode === "new-index") return report;
	return withLegacy(report, await require_legacy_evidence.copyLegacyEvidence(source, target, report.root, call));
}
function withLegacy(report, { carried, lost } = {
	carried: [],
	lost: []
}) {
	return {
		...report,
		referrers: report.referrers + carried.length,
		lost: [...report.lost, ...lost]
	};
}
function taken(target, tag, found, wanted, asked) {
	return new require_failure.Failure("TAG_TAKEN", `${target.name}:${tag} names another image`, {
		cause: `it is ${found}, and ${wanted.digest} was to have that name`,
		hint: asked ? "It is a tag of an environment, and those are never moved. Give the copy another tag." : "Give the copy another tag, or copy with move when it is meant to move.",
		facts: {
			found,
			wanted: wanted.digest
		}
	});
}

// src/steps/parts/copy-report.ts
const MOST_ROWS = 200;
function shownCopies(from, to, copies) {
	const lost = new Set(copies.flatMap(({ report }) => report?.lost ?? []));
	const foreign = copies.reduce((sum, { report }) => sum + (report?.blobs.foreign ?? 0), 0);
	return {
		name: "copies",
		data: copies.map(({ tag, tagged, report, failure }) => ({
			...tag === void 0 ? {} : { tag },
			tagged,
			...report === void 0 ? {} : {
				digest: report.root.digest,
				...report,
				root: report.root.digest
			},
			...failure === void 0 ? {} : { error: {
				code: failure.code,
				message: failure.message
			} }
		})),
		title: `Copied: ${require_printable.printable(from)} → ${require_printable.printable(to)}`,
		tables: [{
			columns: [
				"tag",
				"digest",
				"result",
				"stored",
				"bytes",
				"attached"
			],
			rows: copies.slice(0, MOST_ROWS).map(row)
		}],
		lines: [
			...copies.length > MOST_ROWS ? [`and ${copies.length - MOST_ROWS} more`] : [],
			...foreign === 0 ? [] : [`${foreign} layers may not be redistributed and stay where they are.`],
			...[...lost].map((text) => `Lost: ${require_printable.printable(text)}.`)
		]
	};
}
function row({ tag, tagged, report, failure }) {
	if (report === void 0) return [
		tag ?? "",
		"",
		failure?.code ?? "",
		"",
		"",
		""
	];
	const { manifests, blobs, bytes, referrers, root } = report;
	const stored = manifests.stored + blobs.stored + blobs.mounted;
	const result = tagged ? "tagged" : stored > 0 ? "stored" : "there already";
	return [
		tag ?? "",
		require_digest.shortDigest(root.digest),
		result,
		String(stored),
		require_units.formatBytes(bytes),
		String(referrers)
	];
}

// src/steps/parts/copy-tags.ts
const ENDS = /* @__PURE__ */ new Set([
	"auth",
	"unavailable",
	"deadline",
	"interrupted",
	"terminated",
	"internal"
]);
async function copyAllTags(from, to, choices, context) {
	const { opener, call } = context;
	const source = opener.open(from).target;
	const target = opener.open(to).target;
	const tags = await require_one_or_all.everyTag(source, from, call);
	const copies = [];
	for (const tag of [...tags.filter(require_legacy_evidence.isLegacyTag), ...tags.filter((tag) => !require_legacy_evidence.isLegacyTag(tag))]) copies.push(await attempt(tag));
	return copies;
	async function attempt(tag) {
		try {
			return await copyUnder(source, target, await require_resolve.resolveImage(source, { tag }, call), tag, choices, context);
		} catch (error) {
			const failure = require_failure.asFailure(error);
			if (ENDS.has(require_failure_codes.FAILURE_CODES[failure.code].exit)) throw failure;
			context.log.warn("a tag was not copied", {
				tag,
				why: failure.message
			});
			return {
				tag,
				tagged: false,
				failure
			};
		}
	}
}

// src/steps/copy.ts
const copy = require_step.defineStep({
	name: "copy",
	summary: "Copy an image, or all tags of a repository, to any other place; nothing is rewritten",
	details: "Between registries and layouts on disk, in any direction, with everything attached. It works without the tag scheme; a tag that names another image is left alone unless move is given, and a tag of an environment never moves. With platforms, platform-mode says what becomes of the index: new-index writes a smaller one with another digest, sparse-index keeps its bytes and leaves it incomplete, image takes one platform out of it.",
	since: "0.1.0",
	chinese: {
		title: "复制镜像",
		summary: "在仓库与磁盘布局之间复制镜像或全部标签，内容不变，附件随行"
	},
	needs: ["registry", "files"],
	inputs: {
		image: require_field.field.place({
			about: "What to copy; only the repository together with all-tags",
			example: "docker.io/library/alpine:3.22",
			positional: true
		}),
		to: require_field.field.place({
			about: "Where it goes; the tag stays the same when none is given",
			writes: true,
			example: "harbor.example.com/mirror/alpine",
			positional: true
		}),
		allTags: require_field.field.switch({ about: "Copy every tag of the repository" }),
		platforms: require_field.field.list({
			about: "Only these platforms of the index: os/architecture[/variant]",
			example: "linux/amd64",
			flag: "platform"
		}),
		platformMode: require_field.field.choice({
			about: "What becomes of the index when platforms are chosen: a smaller one, the same with less below it, or none",
			of: [
				"new-index",
				"sparse-index",
				"image"
			],
			optional: true,
			example: "new-index"
		}),
		withoutReferrers: require_field.field.switch({ about: "Leave signatures and everything else that is attached behind" }),
		move: require_field.field.switch({ about: "Move a tag that names another image at the destination; never one of an environment" })
	},
	outputs: {
		image: require_step.out.image({ about: "The image at the destination; empty with all-tags" }),
		digest: require_step.out.digest({ about: "Its digest; empty with all-tags" }),
		changed: require_step.out.switch({ about: "Whether anything was stored or a tag was written" }),
		tags: require_step.out.number({ about: "Tags that name their image at the destination now" }),
		bytes: require_step.out.number({ about: "Bytes that were stored" }),
		referrers: require_step.out.number({ about: "Attachments that are at the destination now" })
	},
	examples: [
		{
			title: "One image, with its signatures",
			inputs: {
				image: "docker.io/library/alpine:3.22",
				to: "harbor.example.com/mirror/alpine"
			}
		},
		{
			title: "A repository to a disk that is carried elsewhere",
			inputs: {
				image: "harbor.example.com/pay/api",
				to: "oci:./bundle",
				allTags: true
			}
		},
		{
			title: "One platform, with an index of its own",
			inputs: {
				image: "docker.io/library/alpine:3.22",
				to: "oci:./alpine:3.22",
				platforms: ["linux/arm64"],
				platformMode: "new-index"
			}
		}
	],
	async run({ image, to, allTags, platforms, platformMode, withoutReferrers, move }, context) {
		if (platforms.length > 0 !== (platformMode !== void 0)) throw new require_failure.Failure("INPUT_INVALID", platforms.length > 0 ? "platforms are chosen, and nothing says what becomes of the index" : "platform-mode is given without platforms", { hint: "Give platforms together with platform-mode: new-index (another digest), sparse-index (an incomplete index) or image (one platform alone)." });
		if (allTags && (image.tag ?? image.digest ?? to.tag ?? to.digest) !== void 0) throw new require_failure.Failure("INPUT_INVALID", "all-tags takes two repositories, and a tag or digest was given", { hint: "Leave the tag out, or leave all-tags out." });
		require_one_or_all.requireOneOrAll(image, allTags);
		const options = {
			referrers: !withoutReferrers,
			named: !allTags,
			move,
			...platformMode === void 0 ? {} : { part: {
				platforms: platforms.map(require_manifest.readPlatform),
				mode: platformMode
			} }
		};
		const copies = allTags ? await copyAllTags(image, to, options, context) : [await copyOne(image, to, options, context)];
		context.show(shownCopies(require_field.printLocation(image), require_field.printLocation(to), copies));
		const failed = copies.flatMap(({ failure }) => failure ?? []);
		const [first] = failed;
		if (first !== void 0) throw new require_failure.Failure("PARTLY_DONE", `${failed.length} of ${copies.length} tags were not copied to ${require_field.printLocation(to)}`, {
			hint: "The others are there. Mend what is said about these, and run the same command again.",
			more: failed.slice(0, 20)
		});
		const [only] = copies;
		const single = allTags ? void 0 : only?.report?.root.digest;
		const sum = (count) => copies.reduce((total, copied) => total + count(copied), 0);
		return {
			image: single === void 0 ? "" : only?.tag === void 0 ? require_field.printLocation({
				...to,
				digest: single
			}) : require_field.printLocation(require_field.withTag(to, only.tag)),
			digest: single ?? "",
			changed: copies.some(({ report, tagged }) => tagged || report !== void 0 && report.manifests.stored + report.blobs.stored + report.blobs.mounted > 0),
			tags: copies.filter(({ tag }) => tag !== void 0).length,
			bytes: sum(({ report }) => report?.bytes ?? 0),
			referrers: sum(({ report }) => report?.referrers ?? 0)
		};
	}
});

exports.copy = copy;