const require_failure = require("./failure.cjs");
const require_digest = require("./digest.cjs");
const require_manifest = require("./manifest.cjs");

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
			const bytes = await require_manifest.readBody(await source.fetch(descriptor, call), require_manifest.LARGEST_MANIFEST_READ);
			bytesRead += bytes.length;
			if (bytesRead > LARGEST_GRAPH) throw new require_failure.Failure("LIMIT_REACHED", `the manifests of the image in ${source.name} are larger than ${LARGEST_GRAPH} bytes together`);
			const digest = require_digest.digestOf(bytes, require_digest.algorithmOf(descriptor.digest));
			if (digest !== descriptor.digest) throw mismatch(descriptor, source, `its digest is ${digest}`);
			if (depth > 0 && bytes.length !== descriptor.size) throw mismatch(descriptor, source, `it has ${bytes.length} bytes instead of the promised ${descriptor.size}`);
			const manifest = require_manifest.parseManifest(bytes, descriptor.mediaType);
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

Object.defineProperty(exports, "createExplorer", {
  enumerable: true,
  get: function () {
    return createExplorer;
  }
});