const require_failure = require("./failure.cjs");
const require_signals = require("./signals.cjs");
const require_call = require("./call.cjs");
const require_digest = require("./digest.cjs");
const require_limit = require("./limit.cjs");
const require_reference = require("./reference.cjs");
const require_places = require("./places.cjs");
const require_list_tags = require("./list-tags.cjs");

// src/registry/copy/explore.ts
const DEEPEST = 8;
const MOST_NODES = 1e4;
const LARGEST_GRAPH = 67108864;
function createExplorer(source) {
	const seen = /* @__PURE__ */ new Set();
	let bytesRead = 0;
	const count = (descriptor) => {
		seen.add(descriptor.digest);
		if (seen.size > MOST_NODES) throw new require_failure.Failure("LIMIT_REACHED", `the image in ${source.name} has more than ${MOST_NODES} parts`);
	};
	return {
		count,
		async read(descriptor, depth, call) {
			count(descriptor);
			if (depth > DEEPEST) throw new require_failure.Failure("LIMIT_REACHED", `the image in ${source.name} is nested deeper than ${DEEPEST} levels`, { facts: { digest: descriptor.digest } });
			const bytes = await require_limit.readBody(await source.fetch(descriptor, call), require_limit.LARGEST_MANIFEST_READ);
			bytesRead += bytes.length;
			if (bytesRead > LARGEST_GRAPH) throw new require_failure.Failure("LIMIT_REACHED", `the manifests of the image in ${source.name} are larger than ${LARGEST_GRAPH} bytes together`);
			const digest = require_digest.digestOf(bytes, require_digest.algorithmOf(descriptor.digest));
			if (digest !== descriptor.digest) throw mismatch(descriptor, source, `its digest is ${digest}`);
			if (depth > 0 && bytes.length !== descriptor.size) throw mismatch(descriptor, source, `it has ${bytes.length} bytes instead of the promised ${descriptor.size}`);
			const manifest = require_limit.parseManifest(bytes, descriptor.mediaType);
			return {
				...manifest,
				descriptor: {
					...manifest.descriptor,
					digest
				}
			};
		}
	};
}
function mismatch(descriptor, source, why) {
	return new require_failure.Failure("DIGEST_MISMATCH", `${descriptor.digest} from ${source.name} is not what it claims to be`, {
		cause: why,
		hint: "The bytes were not used. The copy there is damaged: try another source, or push the image again.",
		facts: { digest: descriptor.digest }
	});
}

// src/registry/copy/move.ts
const BLOBS = 6;
const MANIFESTS = 6;
function createMover(source, target, tally, call) {
	const explorer = createExplorer(source);
	const blobs = require_limit.createLimit(BLOBS);
	const manifests = require_limit.createLimit(MANIFESTS);
	const flights = /* @__PURE__ */ new Map();
	const mended = /* @__PURE__ */ new Set();
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
	async function moveBlob(descriptor) {
		if (require_limit.isForeignLayer(descriptor.mediaType)) {
			tally.blobs.foreign += 1;
			return;
		}
		if (require_places.mounts(target) && await target.mount(descriptor, source, call)) {
			tally.blobs.mounted += 1;
			return;
		}
		const result = await target.push(descriptor, counted(await source.fetch(descriptor, call)), call);
		tally.blobs[result] += 1;
		if (result === "stored") tally.bytes += descriptor.size;
	}
	function once(descriptor, work) {
		const running = flights.get(descriptor.digest);
		if (running) return running;
		const flight = work();
		flights.set(descriptor.digest, flight);
		return flight;
	}
	async function moveChildren(manifest, depth, listChildren, again) {
		const children = require_limit.childrenOf(manifest);
		const below = children.filter(({ mediaType }) => require_limit.isManifestType(mediaType));
		return (await Promise.allSettled([...below.map((child) => again ? moveManifest(child, depth + 1, {
			known: false,
			listChildren,
			again
		}) : once(child, () => moveManifest(child, depth + 1, {
			known: false,
			listChildren,
			again
		}))), require_limit.forEachLimited(children.filter(({ mediaType }) => !require_limit.isManifestType(mediaType)), blobs, async (blob) => {
			explorer.count(blob);
			if (again) await moveBlob(blob);
			else await once(blob, async () => moveBlob(blob).then(() => []));
		}, call).then(() => [])])).flatMap((result) => {
			if (result.status === "rejected") throw result.reason;
			return result.value;
		});
	}
	async function moveManifest(descriptor, depth, options) {
		const { known, listChildren, again, insist = false } = options;
		if (known || !again && !insist && await manifests.run(() => target.has(descriptor, call), call)) {
			tally.manifests.present += 1;
			return listChildren ? await listBelow(descriptor, depth) : [descriptor];
		}
		const manifest = await manifests.run(() => explorer.read(descriptor, depth, call), call);
		const below = await moveChildren(manifest, depth, listChildren, again);
		await store(manifest, depth);
		return [...below, manifest.descriptor];
	}
	async function store(manifest, depth) {
		const push = () => manifests.run(() => target.push(manifest.descriptor, require_limit.bytesBody(manifest.bytes), call), call);
		let result;
		try {
			result = await push();
		} catch (error) {
			if (!require_failure.isFailure(error, "CONTENT_MISSING") || mended.has(manifest.descriptor.digest)) throw error;
			mended.add(manifest.descriptor.digest);
			await moveChildren(manifest, depth, false, true);
			result = await push();
		}
		tally.manifests[result] += 1;
		if (result === "stored") tally.bytes += manifest.bytes.length;
	}
	async function listBelow(descriptor, depth) {
		if (!require_limit.isIndexType(descriptor.mediaType)) return [descriptor];
		const manifest = await manifests.run(() => explorer.read(descriptor, depth, call), call);
		return [...(await Promise.all(require_limit.childrenOf(manifest).map((child) => require_limit.isManifestType(child.mediaType) ? listBelow(child, depth + 1) : Promise.resolve([])))).flat(), descriptor];
	}
	return { moveImage: (root, options) => once(root, () => moveManifest(root, 0, {
		...options,
		again: false
	})) };
}

// src/registry/copy/move-referrers.ts
const DEEPEST_CHAIN = 8;
const LISTINGS = 6;
async function copyReferrers(source, target, subjects, mover, tally, call) {
	if (!require_places.listsReferrers(source)) return;
	const limit = require_limit.createLimit(LISTINGS);
	const seen = /* @__PURE__ */ new Set();
	let level = [...subjects];
	for (let depth = 0; level.length > 0; depth += 1) {
		if (depth > DEEPEST_CHAIN) throw new require_failure.Failure("LIMIT_REACHED", `attachments in ${source.name} hang on attachments more than ${DEEPEST_CHAIN} levels deep`);
		const next = [];
		const wanted = level.filter(({ digest }) => !seen.has(digest));
		for (const { digest } of wanted) seen.add(digest);
		await require_limit.forEachLimited(wanted, limit, async (subject) => {
			const attached = [];
			for await (const referrer of source.referrers(subject.digest, call)) attached.push(referrer);
			if (attached.length === 0) return;
			const listed = await listedAt(target, subject, call);
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
	if (tally.referrers > 0 && !require_places.listsReferrers(target)) tally.lost.push(`${target.name} cannot list signatures and other attachments; ${tally.referrers} were stored there and will not be found`);
}
async function listedAt(target, subject, call) {
	const listed = /* @__PURE__ */ new Set();
	if (!require_places.listsReferrers(target)) return listed;
	for await (const { digest } of target.referrers(subject.digest, call)) listed.add(digest);
	return listed;
}

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
	await target.tag(root, tag, call);
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

// src/registry/copy/copy.ts
async function copy(source, target, root, options, call) {
	const { tag, referrers = true } = options;
	const tally = createTally();
	require_call.throwIfStopped(call);
	const named = tag === void 0 ? void 0 : await target.resolve(tag, call);
	let stored = 0;
	if (!samePlace(source, target)) {
		const mover = createMover(source, target, tally, call);
		const manifests = await mover.moveImage(root, {
			known: named?.digest === root.digest,
			listChildren: referrers
		});
		stored = tally.manifests.stored;
		if (referrers) await copyReferrers(source, target, manifests, mover, tally, call);
	}
	require_call.throwIfStopped(call);
	const tagged = tag !== void 0 && named?.digest !== root.digest;
	if (tagged) await nameAndReadBack(target, root, tag, named?.digest, call);
	else if (stored > 0) await readBack(target, root, call);
	if (referrers && !require_places.listsReferrers(source)) tally.lost.push(`${source.name} cannot list signatures and other attachments, so none were taken along`);
	return {
		...tally,
		root,
		tagged
	};
}
function samePlace(source, target) {
	return source === target || require_signals.isRemote(source) && require_signals.isRemote(target) && source.name === target.name;
}

// src/lifecycle/tags/judge-push.ts
function judgePush(push) {
	const { scheme, digest, taken, highest } = push;
	if (push.outside === true && require_list_tags.matchTag(scheme, push.tag) === void 0) {
		require_reference.parseTag(push.tag);
		return taken === void 0 ? "free" : taken === digest ? "present" : "moves";
	}
	const tag = require_list_tags.parseTag(scheme, push.tag);
	if (taken === digest) return "present";
	if (taken !== void 0) throw tagTaken(push.where, push.tag, taken, digest);
	if (highest && push.backwards !== true && require_list_tags.compareNumbers(tag.build, highest.build) < 0) throw buildBackwards(push.where, tag, highest);
	return "free";
}
function tagTaken(where, tag, taken, wanted) {
	return new require_failure.Failure("TAG_TAKEN", `${where}:${tag} already names another image`, {
		cause: `it names ${taken}, and ${wanted} was to get it; tags of an environment are never moved`,
		hint: "Give the new image a build number of its own (ferry tag next), or remove the old tag on purpose first.",
		facts: {
			tag,
			taken,
			wanted
		}
	});
}
function buildBackwards(where, tag, highest) {
	return new require_failure.Failure("BUILD_BACKWARDS", `${where}:${tag.tag} would be older than what ${tag.environment} already has`, {
		cause: `its build is ${tag.build}, and ${highest.tag} has build ${highest.build}`,
		hint: "Most likely a newer run was faster: then nothing is to be done. To go back on purpose, push with allow-older, or promote with allow-rollback.",
		facts: {
			tag: tag.tag,
			build: tag.build,
			highest: highest.tag,
			highestBuild: highest.build
		}
	});
}

// src/lifecycle/tags/take-tag.ts
async function takeTag(target, image, tag, call) {
	const before = await target.resolve(tag, call);
	if (before) return before.digest === image.digest ? { outcome: "present" } : {
		outcome: "lost",
		to: before.digest
	};
	require_call.throwIfStopped(call);
	try {
		await nameAndReadBack(target, image, tag, void 0, call);
	} catch (error) {
		const found = require_failure.isFailure(error, "TAG_TAKEN") ? error.facts["found"] : void 0;
		if (typeof found !== "string") throw error;
		return {
			outcome: "lost",
			to: require_digest.parseDigest(found)
		};
	}
	return { outcome: "written" };
}

Object.defineProperty(exports, "buildBackwards", {
  enumerable: true,
  get: function () {
    return buildBackwards;
  }
});
Object.defineProperty(exports, "copy", {
  enumerable: true,
  get: function () {
    return copy;
  }
});
Object.defineProperty(exports, "createExplorer", {
  enumerable: true,
  get: function () {
    return createExplorer;
  }
});
Object.defineProperty(exports, "judgePush", {
  enumerable: true,
  get: function () {
    return judgePush;
  }
});
Object.defineProperty(exports, "tagTaken", {
  enumerable: true,
  get: function () {
    return tagTaken;
  }
});
Object.defineProperty(exports, "takeTag", {
  enumerable: true,
  get: function () {
    return takeTag;
  }
});