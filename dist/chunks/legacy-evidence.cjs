const require_failure = require("./failure.cjs");
const require_digest = require("./digest.cjs");
const require_manifest = require("./manifest.cjs");
const require_reference = require("./reference.cjs");
const require_target = require("./target.cjs");
const require_call = require("./call.cjs");
const require_copy_and_name = require("./copy-and-name.cjs");
const require_explore = require("./explore.cjs");

// src/registry/copy/copy.ts
async function copy(source, target, root, options, call) {
	const { tag, referrers = true } = options;
	require_call.throwIfStopped(call);
	const before = tag === void 0 ? void 0 : (await target.resolve(tag, call))?.digest;
	const known = before === root.digest;
	const name = async () => {
		if (tag === void 0 || known) return false;
		await require_copy_and_name.nameAndReadBack(target, root, tag, before, call);
		return true;
	};
	const { report, named } = await require_copy_and_name.copyAndName(source, target, root, {
		known,
		referrers,
		early: tag === void 0 || known,
		name
	}, call);
	if (tag === void 0 && report.manifests.stored > 0) await require_copy_and_name.readBack(target, root, call);
	return {
		...report,
		tagged: named
	};
}

// src/registry/copy/walk.ts
async function* walk(source, root, call) {
	const explorer = require_explore.createExplorer(source);
	const seen = /* @__PURE__ */ new Set([root.digest]);
	const open = [{
		descriptor: root,
		depth: 0
	}];
	for (let next = open.shift(); next; next = open.shift()) {
		const { descriptor, depth } = next;
		if (!require_manifest.isManifestType(descriptor.mediaType)) {
			explorer.count(descriptor);
			yield {
				descriptor,
				depth
			};
			continue;
		}
		const manifest = await explorer.read(descriptor, depth, call);
		yield {
			descriptor,
			depth,
			manifest
		};
		for (const child of require_manifest.childrenOf(manifest)) {
			if (seen.has(child.digest)) continue;
			seen.add(child.digest);
			open.push({
				descriptor: child,
				depth: depth + 1
			});
		}
	}
}

// src/registry/copy/legacy-evidence.ts
const SUFFIXES = [
	"sig",
	"att",
	"sbom"
];
async function copyLegacyEvidence(source, target, root, call) {
	const carried = [];
	const lost = [];
	for (const tag of await namesAt(source, root, lost, call)) {
		const found = await source.resolve(tag, call);
		if (found === void 0) continue;
		const there = await target.resolve(tag, call);
		if (there !== void 0 && there.digest !== found.digest) lost.push(`${tag} says something else at ${target.name} already, and was left as it is there`);
		else {
			await copy(source, target, found, {
				tag,
				referrers: false
			}, call);
			carried.push(tag);
		}
	}
	return {
		carried,
		lost
	};
}
async function namesAt(source, root, lost, call) {
	if (!require_manifest.isIndexType(root.mediaType) || !require_target.listsTags(source)) return legacyTags(root.digest);
	const wanted = /* @__PURE__ */ new Set();
	for await (const { descriptor } of walk(source, root, call)) if (require_manifest.isManifestType(descriptor.mediaType)) for (const tag of legacyTags(descriptor.digest)) wanted.add(tag);
	const found = [];
	try {
		for await (const tag of source.tags(call)) if (wanted.has(tag)) found.push(tag);
	} catch (error) {
		if (!require_failure.isFailure(error) || call.signal.aborted) throw error;
		lost.push(`the tags of ${source.name} could not be listed, so signatures of cosign before version 3 may have stayed behind (${error.message})`);
	}
	return found;
}
function legacyTags(digest) {
	return require_digest.algorithmOf(digest) === "sha256" ? SUFFIXES.map((suffix) => require_reference.parseTag(`sha256-${require_digest.hexOf(digest)}.${suffix}`)) : [];
}
function isLegacyTag(tag) {
	return /^sha256-[0-9a-f]{64}\.(?:sig|att|sbom)$/.test(tag);
}

Object.defineProperty(exports, "copy", {
  enumerable: true,
  get: function () {
    return copy;
  }
});
Object.defineProperty(exports, "copyLegacyEvidence", {
  enumerable: true,
  get: function () {
    return copyLegacyEvidence;
  }
});
Object.defineProperty(exports, "isLegacyTag", {
  enumerable: true,
  get: function () {
    return isLegacyTag;
  }
});
Object.defineProperty(exports, "legacyTags", {
  enumerable: true,
  get: function () {
    return legacyTags;
  }
});