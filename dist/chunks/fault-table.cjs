const require_printable = require("./printable.cjs");
const require_units = require("./units.cjs");
const require_digest = require("./digest.cjs");
const require_manifest = require("./manifest.cjs");
const require_target = require("./target.cjs");
const require_resolve = require("./resolve.cjs");
const require_explore = require("./explore.cjs");
const require_trouble_of = require("./trouble-of.cjs");
const require_one_or_all = require("./one-or-all.cjs");

// src/registry/copy/check.ts
const AT_ONCE = 6;
function createChecker(target, options = {}) {
	const { referrers = true, deep = false } = options;
	const limit = require_manifest.createLimit(AT_ONCE);
	const looked = /* @__PURE__ */ new Map();
	const lists = referrers && require_target.listsReferrers(target) ? target : void 0;
	let hashed = 0;
	const look = (blob, call) => {
		const known = looked.get(blob.digest) ?? lookAtBlob(target, blob, deep ? (bytes) => progress(bytes, call) : void 0, call);
		looked.set(blob.digest, known);
		return known;
	};
	const progress = (bytes, call) => {
		hashed += bytes;
		call.onProgress?.({
			what: `checking ${target.name}`,
			done: hashed
		});
	};
	return { async check(root, call) {
		const before = hashed;
		const counts = {
			manifests: 0,
			blobs: 0,
			referrers: 0,
			foreign: 0
		};
		const faults = [];
		const explorer = require_explore.createExplorer({
			name: target.name,
			resolve: (ref, its) => target.resolve(ref, its),
			fetch: (part, its) => require_target.fetchHere(target, part, its)
		});
		const seen = /* @__PURE__ */ new Set([root.digest]);
		let level = [{
			descriptor: root,
			depth: 0,
			needed: [],
			attached: false
		}];
		while (level.length > 0) {
			const next = [];
			const add = (part) => {
				if (seen.has(part.descriptor.digest)) return;
				seen.add(part.descriptor.digest);
				next.push(part);
			};
			await require_manifest.forEachLimited(level, limit, (part) => visit(part, add), call);
			level = next;
		}
		return {
			root,
			...counts,
			bytes: hashed - before,
			faults
		};
		async function visit(part, add) {
			const { descriptor, depth, needed, attached } = part;
			const blame = (trouble) => {
				if (trouble !== void 0) faults.push({
					...trouble,
					descriptor,
					needed,
					attached
				});
			};
			if (!require_manifest.isManifestType(descriptor.mediaType)) {
				if (require_manifest.isForeignLayer(descriptor.mediaType)) return void (counts.foreign += 1);
				explorer.count(descriptor);
				counts.blobs += 1;
				return blame(await look(descriptor, call));
			}
			counts.manifests += 1;
			const below = [...needed, descriptor.digest];
			const children = await readChildren(target, explorer, part, call);
			if ("kind" in children) blame(children);
			else for (const child of children) add({
				descriptor: child,
				depth: depth + 1,
				needed: below,
				attached
			});
			if (lists === void 0) return;
			try {
				for await (const referrer of lists.referrers(descriptor.digest, call)) {
					if (!seen.has(referrer.digest)) counts.referrers += 1;
					add({
						descriptor: referrer,
						depth: 0,
						needed: below,
						attached: true
					});
				}
			} catch (error) {
				const trouble = require_trouble_of.troubleOf(error, call);
				blame({
					kind: "unknown",
					code: trouble.code,
					why: `what is attached to it could not be listed: ${trouble.why}`
				});
			}
		}
	} };
}
async function readChildren(target, explorer, { descriptor, depth }, call) {
	try {
		if (!await target.has(descriptor, call)) return await absentOrTorn(target, descriptor, call);
		return require_manifest.childrenOf(await explorer.read(descriptor, depth, call));
	} catch (error) {
		return require_trouble_of.troubleOf(error, call);
	}
}
async function lookAtBlob(target, blob, hashed, call) {
	try {
		if (!await target.has(blob, call)) return await absentOrTorn(target, blob, call);
		if (hashed === void 0) return void 0;
		for await (const chunk of (await require_target.fetchHere(target, blob, call)).open()) hashed(chunk.length);
		return;
	} catch (error) {
		return require_trouble_of.troubleOf(error, call);
	}
}
async function absentOrTorn(target, descriptor, call) {
	try {
		await require_target.fetchHere(target, descriptor, call);
	} catch (error) {
		return require_trouble_of.troubleOf(error, call);
	}
	return {
		kind: "missing",
		code: "CONTENT_MISSING",
		why: `it is not in ${target.name}`
	};
}

// src/steps/parts/check-images.ts
async function checkImages(image, { allTags, ...options }, { opener, call }) {
	const { target } = opener.open(image);
	require_one_or_all.requireOneOrAll(image, allTags);
	const checker = createChecker(target, options);
	if (!allTags) {
		const root = await require_resolve.resolveImage(target, image, call);
		return {
			target,
			images: [{
				...image.tag === void 0 ? {} : { tag: image.tag },
				report: await checker.check(root, call)
			}],
			lost: []
		};
	}
	const images = [];
	const lost = [];
	for (const tag of await require_one_or_all.everyTag(target, image, call)) {
		const root = await rootOf(target, tag, call);
		if ("kind" in root) lost.push({
			tag,
			...root
		});
		else images.push({
			tag,
			report: await checker.check(root, call)
		});
	}
	return {
		target,
		images,
		lost
	};
}
async function rootOf(target, tag, call) {
	try {
		return await target.resolve(tag, call) ?? {
			kind: "missing",
			code: "CONTENT_MISSING",
			why: "the tag is listed, and the image that it names is not there"
		};
	} catch (error) {
		return require_trouble_of.troubleOf(error, call);
	}
}

// src/steps/parts/fault-table.ts
const MOST_ROWS = 200;
function distinctFaults(images) {
	const found = /* @__PURE__ */ new Map();
	for (const { tag, report } of images) for (const fault of report.faults) {
		const known = found.get(fault.descriptor.digest) ?? {
			fault,
			tags: []
		};
		if (tag !== void 0) known.tags.push(tag);
		found.set(fault.descriptor.digest, known);
	}
	return [...found.values()];
}
function partOf({ descriptor, attached }) {
	const what = require_manifest.isManifestType(descriptor.mediaType) ? "manifest" : /config|image\.v1\+json/.test(descriptor.mediaType) ? "config" : "blob";
	return attached ? `attached ${what}` : what;
}
function shownCheck(place, { images, lost }, deep) {
	const faults = distinctFaults(images);
	const sum = (count) => images.reduce((total, checked) => total + count(checked), 0);
	const rows = faults.slice(0, MOST_ROWS).map(({ fault, tags }) => {
		const parent = fault.needed.at(-1);
		return [
			fault.kind,
			partOf(fault),
			fault.descriptor.digest,
			require_units.formatBytes(fault.descriptor.size),
			parent === void 0 ? tags.join(" ") : require_digest.shortDigest(parent),
			fault.why
		].map((cell) => require_printable.printable(cell, 300));
	});
	for (const { kind, tag, why } of lost.slice(0, MOST_ROWS)) rows.push([
		kind,
		"image",
		"",
		"",
		tag,
		why
	].map((cell) => require_printable.printable(cell, 300)));
	const foreign = sum(({ report }) => report.foreign);
	return {
		name: "check",
		data: [...images.map(({ tag, report }) => ({
			...tag === void 0 ? {} : { tag },
			...report,
			root: report.root.digest
		})), ...lost],
		title: `Checked: ${require_printable.printable(place)}`,
		tables: rows.length === 0 ? [] : [{
			columns: [
				"found",
				"part",
				"digest",
				"size",
				"needed by",
				"why"
			],
			rows
		}],
		lines: [
			...faults.length > MOST_ROWS ? [`and ${faults.length - MOST_ROWS} more; the report has all`] : [],
			`${images.length === 1 ? "1 image" : `${images.length} images`}: ${sum(({ report }) => report.manifests)} manifests, ${sum(({ report }) => report.blobs)} blobs, ${sum(({ report }) => report.referrers)} attached; ${deep ? `${require_units.formatBytes(sum(({ report }) => report.bytes))} hashed` : "blobs were not read"}.`,
			...foreign === 0 ? [] : [`${foreign} layers may not be redistributed and were not looked for.`]
		]
	};
}

Object.defineProperty(exports, "checkImages", {
  enumerable: true,
  get: function () {
    return checkImages;
  }
});
Object.defineProperty(exports, "distinctFaults", {
  enumerable: true,
  get: function () {
    return distinctFaults;
  }
});
Object.defineProperty(exports, "partOf", {
  enumerable: true,
  get: function () {
    return partOf;
  }
});
Object.defineProperty(exports, "shownCheck", {
  enumerable: true,
  get: function () {
    return shownCheck;
  }
});