const require_failure = require("./failure.cjs");
const require_manifest = require("./manifest.cjs");
const require_target = require("./target.cjs");
const require_explore = require("./explore.cjs");

// src/registry/copy/referrers.ts
async function listReferrers(source, subject, { artifactType }, call) {
	if (!require_target.listsReferrers(source)) throw new require_failure.Failure("UNSUPPORTED", `cannot list what is attached to ${subject} in ${source.name}`, { hint: "Use a registry or an OCI layout." });
	const explorer = require_explore.createExplorer(source);
	const found = [];
	for await (const listed of source.referrers(subject, call)) {
		const entry = await withType(listed);
		if (artifactType === void 0 || entry.artifactType === artifactType) found.push(entry);
	}
	return found;
	async function withType(listed) {
		if (listed.artifactType !== void 0 && listed.artifactType !== require_manifest.MEDIA.empty) return listed;
		const type = require_manifest.artifactTypeOf(await explorer.read(listed, 0, call));
		return type === void 0 ? listed : {
			...listed,
			artifactType: type
		};
	}
}
async function attachedTo(source, subject, call) {
	const attached = [];
	if (require_target.listsReferrers(source)) for await (const referrer of source.referrers(subject, call)) attached.push(referrer);
	return attached;
}

Object.defineProperty(exports, "attachedTo", {
  enumerable: true,
  get: function () {
    return attachedTo;
  }
});
Object.defineProperty(exports, "listReferrers", {
  enumerable: true,
  get: function () {
    return listReferrers;
  }
});