const require_failure = require("./failure.cjs");
const require_signals = require("./signals.cjs");
const require_call = require("./call.cjs");
const require_manifest = require("./manifest.cjs");
const require_target = require("./target.cjs");
const require_explore = require("./explore.cjs");
const require_referrers = require("./referrers.cjs");

// src/registry/copy/read-back.ts
const PAUSES = [
	0,
	150,
	300,
	600,
	1200,
	2400
];
async function nameAndReadBack(target, root, tag, before, call) {
	require_call.throwIfStopped(call);
	await (before === void 0 && require_signals.isRemote(target) ? target.claim(root, tag, call) : target.tag(root, tag, call));
	let found;
	for (const milliseconds of PAUSES) {
		if (milliseconds > 0) await require_call.pause(milliseconds, call);
		found = (await target.resolve(tag, call))?.digest;
		if (found === root.digest) return;
		if (found !== void 0 && found !== before) break;
	}
	if (found !== void 0 && found !== before) throw new require_failure.Failure("TAG_TAKEN", `cannot keep the tag ${tag} in ${target.name}`, {
		cause: `it was written for ${root.digest}, and another writer has moved it to ${found} since`,
		hint: "Find out who else writes this tag. Nothing was undone.",
		facts: {
			wanted: root.digest,
			found
		}
	});
	throw new require_failure.Failure("PROTOCOL_ERROR", `cannot confirm the tag ${tag} in ${target.name}`, {
		cause: `it was written for ${root.digest}, but still names ${found ?? "nothing"}`,
		hint: "The registry accepted the tag and does not show it. Look again in a while; run the same command again.",
		facts: {
			wanted: root.digest,
			found: found ?? ""
		}
	});
}
async function readBack(target, root, call) {
	for (const milliseconds of PAUSES) {
		if (milliseconds > 0) await require_call.pause(milliseconds, call);
		if ((await target.resolve(root.digest, call))?.digest === root.digest) return;
	}
	throw new require_failure.Failure("PROTOCOL_ERROR", `cannot confirm ${root.digest} in ${target.name}`, {
		cause: "it was stored there, and is not found",
		hint: "The registry accepted the image and does not show it. Run the same command again in a while.",
		facts: { digest: root.digest }
	});
}

// src/registry/copy/foresee.ts
const SMALL = 32768;
function askedPlace(source, target) {
	if (!require_signals.isRemote(target)) return void 0;
	return require_signals.isRemote(source) && source.repository.registry === target.repository.registry ? void 0 : target;
}
async function lacksFirstLayer(place, manifest, call) {
	const first = manifest.kind === "image" ? manifest.layers.find(({ mediaType }) => !require_manifest.isForeignLayer(mediaType)) : void 0;
	return first !== void 0 && !await place.glance(first, call);
}
function supposeAbsent(place, manifest) {
	const sent = (blob) => !require_manifest.isManifestType(blob.mediaType) && blob.mediaType !== require_manifest.MEDIA.empty && blob.size <= SMALL;
	for (const blob of require_manifest.childrenOf(manifest)) if (sent(blob)) place.suppose(blob);
}

// src/registry/copy/move-blob.ts
function createBlobMover(source, target, tally, call) {
	let moved = 0;
	const counted = (body) => ({
		size: body.size,
		async *open(from = 0) {
			for await (const chunk of body.open(from)) {
				moved += chunk.length;
				call.onProgress?.({
					what: `copying to ${target.name}`,
					done: moved
				});
				yield chunk;
			}
		}
	});
	const carry = async (blob) => {
		for (;;) try {
			return await target.push(blob, counted(await source.fetch(blob, call)), call);
		} catch (error) {
			if (!require_target.isLieOfMirror(error)) throw error;
		}
	};
	return async (blob) => {
		if (require_manifest.isForeignLayer(blob.mediaType)) {
			tally.blobs.foreign += 1;
			return;
		}
		if (require_target.mounts(target) && await target.mount(blob, source, call)) {
			tally.blobs.mounted += 1;
			return;
		}
		const result = await carry(blob);
		tally.blobs[result] += 1;
		if (result === "stored") tally.bytes += blob.size;
	};
}

// src/registry/copy/move.ts
const BLOBS = 6;
const MANIFESTS = 6;
function createMover(source, target, tally, call, told = /* @__PURE__ */ new Map()) {
	const explorer = require_explore.createExplorer(source);
	const blobs = require_manifest.createLimit(BLOBS);
	const manifests = require_manifest.createLimit(MANIFESTS);
	const flights = /* @__PURE__ */ new Map();
	const mended = /* @__PURE__ */ new Set();
	const place = askedPlace(source, target);
	let held;
	const moveBlob = createBlobMover(source, target, tally, call);
	function once(descriptor, work) {
		const running = flights.get(descriptor.digest);
		if (running) return running;
		const flight = work();
		flights.set(descriptor.digest, flight);
		return flight;
	}
	async function moveChildren(manifest, depth, listChildren, again) {
		const children = require_manifest.childrenOf(manifest);
		const below = children.filter(({ mediaType }) => require_manifest.isManifestType(mediaType));
		return (await Promise.allSettled([...below.map((child) => again ? moveManifest(child, depth + 1, {
			known: false,
			listChildren,
			again
		}) : once(child, () => moveManifest(child, depth + 1, {
			known: false,
			listChildren,
			again
		}))), require_manifest.forEachLimited(children.filter(({ mediaType }) => !require_manifest.isManifestType(mediaType)), blobs, async (blob) => {
			explorer.count(blob);
			if (again) await moveBlob(blob);
			else await once(blob, async () => moveBlob(blob).then(() => []));
		}, call).then(() => [])])).flatMap((result) => {
			if (result.status === "rejected") throw result.reason;
			return result.value;
		});
	}
	async function moveManifest(descriptor, depth, options) {
		const { listChildren, again, insist = false, hold = false } = options;
		const manifest = await unlessThere(descriptor, depth, options);
		if (manifest === void 0) {
			tally.manifests.present += 1;
			return listChildren ? await listBelow(descriptor, depth) : [descriptor];
		}
		if (place !== void 0 && !again && (insist || await lacksFirstLayer(place, manifest, call))) supposeAbsent(place, manifest);
		const below = await moveChildren(manifest, depth, listChildren, again);
		if (hold && require_signals.isRemote(target) && target.hold(manifest)) held = manifest;
		else await store(manifest, depth);
		return [...below, manifest.descriptor];
	}
	async function unlessThere(descriptor, depth, options) {
		const { known, again, insist = false, hold = false } = options;
		if (known) return void 0;
		const read = () => manifests.run(() => explorer.read(descriptor, depth, call), call);
		const isThere = async () => told.get(descriptor.digest) ?? await manifests.run(() => target.has(descriptor, call), call);
		if (again || insist) {
			const manifest = await read();
			if (insist && require_signals.isRemote(target)) target.suppose(descriptor);
			return manifest;
		}
		if (place === void 0 || depth > 0 || require_manifest.isIndexType(descriptor.mediaType) || told.has(descriptor.digest)) return await isThere() ? void 0 : await read();
		const manifest = await read();
		if (await lacksFirstLayer(place, manifest, call)) {
			place.suppose(descriptor);
			return manifest;
		}
		if (!await isThere()) return manifest;
		if (hold) place.hold(manifest);
	}
	async function store(manifest, depth) {
		const result = await mending(manifest, depth, () => manifests.run(() => target.push(manifest.descriptor, require_manifest.bytesBody(manifest.bytes), call), call));
		tally.manifests[result] += 1;
		if (result === "stored") tally.bytes += manifest.bytes.length;
	}
	async function mending(manifest, depth, work) {
		try {
			return await work();
		} catch (error) {
			if (!require_failure.isFailure(error, "CONTENT_MISSING") || mended.has(manifest.descriptor.digest)) throw error;
			mended.add(manifest.descriptor.digest);
			await moveChildren(manifest, depth, false, true);
			return await work();
		}
	}
	async function listBelow(descriptor, depth) {
		if (!require_manifest.isIndexType(descriptor.mediaType)) return [descriptor];
		const manifest = await manifests.run(() => explorer.read(descriptor, depth, call), call);
		return [...(await Promise.all(require_manifest.childrenOf(manifest).map((child) => require_manifest.isManifestType(child.mediaType) ? listBelow(child, depth + 1) : Promise.resolve([])))).flat(), descriptor];
	}
	return {
		moveImage: (root, options) => once(root, () => moveManifest(root, 0, {
			...options,
			again: false
		})),
		async name(work) {
			if (held === void 0) return work();
			const done = await mending(held, 0, work);
			tally.manifests.stored += 1;
			tally.bytes += held.bytes.length;
			return done;
		}
	};
}

// src/registry/copy/move-referrers.ts
const DEEPEST_CHAIN = 8;
const LISTINGS = 6;
async function copyReferrers(source, target, subjects, mover, tally, call, known = /* @__PURE__ */ new Map()) {
	if (!require_target.listsReferrers(source)) return;
	const limit = require_manifest.createLimit(LISTINGS);
	const seen = /* @__PURE__ */ new Set();
	let level = [...subjects];
	for (let depth = 0; level.length > 0; depth += 1) {
		if (depth > DEEPEST_CHAIN) throw new require_failure.Failure("LIMIT_REACHED", `attachments in ${source.name} hang on attachments more than ${DEEPEST_CHAIN} levels deep`);
		const next = [];
		const wanted = level.filter(({ digest }) => !seen.has(digest));
		for (const { digest } of wanted) seen.add(digest);
		await require_manifest.forEachLimited(wanted, limit, async (subject) => {
			const attached = known.get(subject.digest) ?? await require_referrers.attachedTo(source, subject.digest, call);
			if (attached.length === 0) return;
			const listed = new Set((await require_referrers.attachedTo(target, subject.digest, call)).map(({ digest }) => digest));
			for (const referrer of attached) {
				const manifests = await mover.moveImage(referrer, {
					known: listed.has(referrer.digest),
					listChildren: true,
					insist: true
				});
				tally.referrers += 1;
				next.push(...manifests);
			}
		}, call);
		level = next;
	}
	if (tally.referrers > 0 && !require_target.listsReferrers(target)) tally.lost.push(`${target.name} cannot list signatures and other attachments; ${tally.referrers} were stored there and will not be found`);
}

// src/registry/copy/report.ts
function createTally() {
	return {
		manifests: {
			stored: 0,
			present: 0
		},
		blobs: {
			stored: 0,
			present: 0,
			mounted: 0,
			foreign: 0
		},
		bytes: 0,
		referrers: 0,
		lost: []
	};
}
function addReports(root, reports) {
	const tally = createTally();
	const lost = /* @__PURE__ */ new Set();
	for (const report of reports) {
		tally.manifests.stored += report.manifests.stored;
		tally.manifests.present += report.manifests.present;
		tally.blobs.stored += report.blobs.stored;
		tally.blobs.present += report.blobs.present;
		tally.blobs.mounted += report.blobs.mounted;
		tally.blobs.foreign += report.blobs.foreign;
		tally.bytes += report.bytes;
		tally.referrers += report.referrers;
		for (const text of report.lost) lost.add(text);
	}
	return {
		...tally,
		root,
		tagged: reports.some(({ tagged }) => tagged),
		lost: [...lost]
	};
}

// src/registry/copy/same-place.ts
function isSamePlace(one, other) {
	return one === other || one.name === other.name && [
		"repository",
		"directory",
		"file"
	].some((where) => where in one && where in other);
}

// src/registry/copy/copy-and-name.ts
async function copyAndName(source, target, root, naming, call) {
	const { known, referrers, early, told } = naming;
	const tally = createTally();
	require_call.throwIfStopped(call);
	const mover = createMover(source, target, tally, call, told?.there);
	if (!isSamePlace(source, target)) {
		const attached = new Map(told?.attached);
		if (referrers && !early && !attached.has(root.digest)) attached.set(root.digest, await require_referrers.attachedTo(source, root.digest, call));
		const hold = !early && (attached.get(root.digest) ?? []).length === 0;
		const manifests = await mover.moveImage(root, {
			known,
			listChildren: referrers,
			hold
		});
		if (referrers) await copyReferrers(source, target, manifests, mover, tally, call, attached);
	}
	require_call.throwIfStopped(call);
	const named = await mover.name(() => naming.name());
	if (referrers && !require_target.listsReferrers(source)) tally.lost.push(`${source.name} cannot list signatures and other attachments, so none were taken along`);
	return {
		report: {
			...tally,
			root,
			tagged: false
		},
		named
	};
}

Object.defineProperty(exports, "addReports", {
  enumerable: true,
  get: function () {
    return addReports;
  }
});
Object.defineProperty(exports, "copyAndName", {
  enumerable: true,
  get: function () {
    return copyAndName;
  }
});
Object.defineProperty(exports, "copyReferrers", {
  enumerable: true,
  get: function () {
    return copyReferrers;
  }
});
Object.defineProperty(exports, "createMover", {
  enumerable: true,
  get: function () {
    return createMover;
  }
});
Object.defineProperty(exports, "createTally", {
  enumerable: true,
  get: function () {
    return createTally;
  }
});
Object.defineProperty(exports, "isSamePlace", {
  enumerable: true,
  get: function () {
    return isSamePlace;
  }
});
Object.defineProperty(exports, "nameAndReadBack", {
  enumerable: true,
  get: function () {
    return nameAndReadBack;
  }
});
Object.defineProperty(exports, "readBack", {
  enumerable: true,
  get: function () {
    return readBack;
  }
});