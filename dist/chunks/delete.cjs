const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_failure = require("./failure.cjs");
const require_product = require("./product.cjs");
const require_call = require("./call.cjs");
const require_render_plan = require("./render-plan.cjs");
const require_json = require("./json.cjs");
const require_legacy_evidence = require("./legacy-evidence.cjs");
const require_digest = require("./digest.cjs");
const require_reference = require("./reference.cjs");
const require_list_tags = require("./list-tags.cjs");
const require_manifest = require("./manifest.cjs");
const require_explore = require("./explore.cjs");
const require_referrers = require("./referrers.cjs");
const require_target = require("./target.cjs");
const require_field = require("./field.cjs");
const require_step = require("./step.cjs");

// src/lifecycle/delete/survey.ts
const AT_ONCE = 6;
async function surveyDeletion(target, doomed, call) {
	const named = /* @__PURE__ */ new Map();
	const digests = /* @__PURE__ */ new Map();
	const limit = require_manifest.createLimit(AT_ONCE);
	const explorer = require_explore.createExplorer(target);
	const children = /* @__PURE__ */ new Map();
	await require_manifest.forEachLimited(doomed, limit, async (one) => {
		if ("tag" in one) named.set(one.tag, await target.resolve(one.tag, call));
		else digests.set(one.digest, await target.resolve(one.digest, call));
	}, call);
	const tags = /* @__PURE__ */ new Map();
	const attached = /* @__PURE__ */ new Map();
	if (digests.size > 0) {
		await require_manifest.forEachLimited(await require_list_tags.listTags(target, call), limit, async (tag) => {
			const found = await target.resolve(tag, call);
			if (found === void 0) return;
			tags.set(tag, found);
			if (!require_list_tags.isListingTag(tag)) await readBelow(explorer, found, children, call);
		}, call);
		for (const root of digests.values()) {
			if (root === void 0) continue;
			await readBelow(explorer, root, children, call);
			for (const { digest } of closure(root, children)) await readAttached(target, digest, attached, call);
		}
	}
	return {
		place: target.name,
		named,
		digests,
		tags,
		children,
		attached
	};
}
async function readBelow(explorer, root, children, call) {
	const open = [{
		descriptor: root,
		depth: 0
	}];
	for (let next = open.shift(); next; next = open.shift()) {
		const { descriptor, depth } = next;
		if (children.has(descriptor.digest)) continue;
		const manifest = await readPresent(explorer, descriptor, depth, call);
		if (manifest === void 0) continue;
		const below = require_manifest.childrenOf(manifest).filter(({ mediaType }) => require_manifest.isManifestType(mediaType));
		children.set(descriptor.digest, below);
		if (manifest.kind === "index") for (const child of below) open.push({
			descriptor: child,
			depth: depth + 1
		});
	}
}
async function readPresent(explorer, descriptor, depth, call) {
	try {
		return await explorer.read(descriptor, depth, call);
	} catch (error) {
		if (depth > 0 && require_failure.isFailure(error) && error.code === "CONTENT_MISSING") return void 0;
		throw error;
	}
}
async function readAttached(target, subject, attached, call) {
	if (attached.has(subject) || !require_target.listsReferrers(target)) return;
	const found = await require_referrers.listReferrers(target, subject, {}, call);
	attached.set(subject, found);
	for (const { digest } of found) await readAttached(target, digest, attached, call);
}
function closure(root, children) {
	const found = /* @__PURE__ */ new Map();
	const open = [root];
	for (let next = open.shift(); next; next = open.shift()) {
		if (found.has(next.digest)) continue;
		found.set(next.digest, next);
		open.push(...children.get(next.digest) ?? []);
	}
	return [...found.values()];
}

// src/lifecycle/delete/plan-deletion.ts
function planDeletion(survey, { tool, withTags }) {
	const { place, named, digests, tags, children, attached } = survey;
	const actions = [];
	const removals = [];
	const notes = [];
	const untag = (tag, digest, reason, text) => {
		if (removals.some((one) => "tag" in one && one.tag === tag)) return;
		actions.push({
			verb: "untag",
			what: tag,
			from: place,
			digest,
			reason,
			text
		});
		removals.push({ tag });
	};
	const remove = (descriptor, what, reason, text) => {
		if (removals.some((one) => "descriptor" in one && one.descriptor.digest === descriptor.digest)) return;
		actions.push({
			verb: "delete",
			what,
			from: place,
			digest: descriptor.digest,
			reason,
			text
		});
		removals.push({ descriptor });
	};
	for (const [tag, found] of named) if (found === void 0) notes.push(`There is no tag ${tag}.`);
	else untag(tag, found.digest, "asked-for", "the name was asked to go; its image and its other names stay");
	const roots = [...digests].flatMap(([digest, found]) => {
		if (found === void 0) notes.push(`${digest} is not there.`);
		return found ?? [];
	});
	const goes = new Set(roots.map(({ digest }) => digest));
	const names = [...tags].filter(([tag, { digest }]) => goes.has(digest) && !require_list_tags.isListingTag(tag));
	if (names.length > 0 && !withTags) throw stillNamed(place, names);
	for (const [tag, { digest }] of names) untag(tag, digest, "names-what-goes", "the image that it names was asked to go");
	const going = new Set(removals.flatMap((one) => "tag" in one ? [one.tag] : []));
	const kept = /* @__PURE__ */ new Map();
	for (const [tag, root] of tags) {
		if (going.has(tag) || require_list_tags.isListingTag(tag)) continue;
		for (const { digest } of closure(root, children)) kept.set(digest, tag);
	}
	for (const root of roots) {
		const keeper = kept.get(root.digest);
		if (keeper !== void 0) throw stillListed(place, root, keeper);
	}
	const bodies = roots.flatMap((root) => closure(root, children)).filter(({ digest }) => !kept.has(digest));
	const evidence = bodies.flatMap(({ digest }) => hangingOn(digest, attached)).filter(({ digest }) => !kept.has(digest));
	for (const subject of [...bodies, ...evidence]) for (const tag of [require_reference.parseTag(require_digest.fallbackTag(subject.digest)), ...require_legacy_evidence.legacyTags(subject.digest)]) {
		const named = tags.get(tag);
		if (named !== void 0) untag(tag, named.digest, "speaks-of-what-goes", `it names what is attached to ${require_digest.shortDigest(subject.digest)}`);
	}
	for (const each of evidence.toReversed()) remove(each, each.artifactType ?? "attachment", "attached-to-what-goes", "it speaks of what goes and of nothing else");
	for (const root of roots) remove(root, "image", "asked-for", "its digest was asked to go");
	for (const each of bodies.filter(({ digest }) => children.has(digest))) remove(each, "platform", "below-what-goes", "no tag that stays can reach it");
	if (roots.length > 0) notes.push("Blobs stay: they are collected by the registry, or by ferry registry gc in a layout.");
	return {
		...require_render_plan.sealPlan({
			kind: "deletion",
			tool,
			subject: place,
			details: {},
			actions,
			seen: seenIn(survey),
			gates: [],
			cost: {
				requests: costOf(survey, actions),
				bytes: 0
			},
			notes
		}),
		kind: "deletion",
		removals
	};
}
function seenIn({ named, digests, tags, attached }) {
	const hash = (value) => require_digest.digestOf(new TextEncoder().encode(require_json.canonicalJson(value)));
	return {
		...Object.fromEntries([...named].map(([tag, found]) => [tag, found?.digest ?? "absent"])),
		...Object.fromEntries([...digests].map(([digest, found]) => [digest, found === void 0 ? require_render_plan.ABSENT : "there"])),
		...digests.size === 0 ? {} : {
			"the tags": hash(Object.fromEntries([...tags].map(([tag, { digest }]) => [tag, digest]))),
			"what is attached": hash(Object.fromEntries([...attached].map(([subject, found]) => [subject, found.map(({ digest }) => digest).toSorted()])))
		}
	};
}
function costOf({ named, tags }, actions) {
	return named.size + tags.size + actions.length * 2;
}
function hangingOn(subject, attached) {
	return (attached.get(subject) ?? []).flatMap((each) => [each, ...hangingOn(each.digest, attached)]);
}
function stillNamed(place, names) {
	const listed = names.map(([tag]) => tag);
	return new require_failure.Failure("UNSUPPORTED", `${listed.length === 1 ? "a tag names" : `${listed.length} tags name`} what would go from ${place}: ${listed.slice(0, 10).join(", ")}`, {
		cause: "with a digest all its names go",
		hint: "Delete one name with IMAGE:TAG, or give with-tags to delete the image and all its names.",
		facts: { tags: listed }
	});
}
function stillListed(place, { digest }, tag) {
	return new require_failure.Failure("UNSUPPORTED", `${digest} belongs to ${place}:${tag}, which stays`, {
		cause: "an image that lost a platform cannot be pulled whole",
		hint: "Delete that image, or leave this part where it is.",
		facts: {
			digest,
			tag
		}
	});
}

// src/lifecycle/delete/apply-deletion.ts
async function applyDeletion(target, plan, doomed, call) {
	require_render_plan.checkFresh(plan, seenIn(await surveyDeletion(target, doomed, call)));
	let gone = 0;
	for (const removal of plan.removals) {
		require_call.throwIfStopped(call);
		const name = "tag" in removal ? removal.tag : removal.descriptor.digest;
		try {
			if ("tag" in removal) await target.untag(removal.tag, call);
			else await target.remove(removal.descriptor, call);
			if (await target.resolve(name, call) !== void 0) throw new require_failure.Failure("PROTOCOL_ERROR", `${name} is still in ${target.name}`, {
				cause: "the registry accepted the deletion and still shows it",
				hint: "Look again in a while; run the same command again."
			});
		} catch (error) {
			require_call.throwIfStopped(call);
			const failure = require_failure.asFailure(error);
			if (gone === 0) throw failure;
			throw new require_failure.Failure("PARTLY_DONE", `${gone} of ${plan.removals.length} are gone from ${target.name}, and ${name} could not be removed`, {
				cause: failure,
				hint: failure.hint ?? "Mend that, and run the same command again: it goes on from there.",
				facts: {
					gone,
					stopped: name
				}
			});
		}
		gone += 1;
	}
	return gone;
}

// src/steps/delete.ts
const removal = require_step.defineStep({
	name: "delete",
	summary: "Delete tags, or images by digest with what is attached to them; nothing that another tag can reach",
	details: "IMAGE:TAG removes that name only; the image and its other names stay, and a registry that cannot remove a name alone is told nothing else. IMAGE@sha256:… removes the image, its signatures and other attachments, and its platforms as far as no tag that stays can reach them. Without apply the plan is shown and nothing changes; what moved since the plan stops it.",
	since: "0.1.0",
	chinese: {
		title: "删除镜像",
		summary: "删除标签，或按摘要删除镜像及其附件；其他标签可达的内容绝不删除"
	},
	needs: ["registry", "files"],
	inputs: {
		images: require_field.field.list({
			about: "What goes: names as IMAGE:TAG, images as IMAGE@sha256:…, all in one repository",
			example: "harbor.example.com/pay/api:dev-v1.0-1",
			positional: true
		}),
		withTags: require_field.field.switch({ about: "With a digest, also remove the tags that name it" }),
		apply: require_field.field.switch({ about: "Carry the plan out; without it the plan is only shown" })
	},
	outputs: {
		planned: require_step.out.number({ about: "Names and manifests that the plan removes" }),
		removed: require_step.out.number({ about: "Names and manifests that are gone" }),
		changed: require_step.out.switch({ about: "Whether anything was removed" }),
		applied: require_step.out.switch({ about: "Whether the plan was carried out" })
	},
	examples: [{
		title: "What removing a tag would do",
		inputs: { images: ["harbor.example.com/pay/api:dev-v1.0-1"] }
	}, {
		title: "Two tags, for real",
		inputs: {
			images: ["harbor.example.com/pay/api:dev-v1.0-1", "harbor.example.com/pay/api:dev-v1.0-2"],
			apply: true
		}
	}],
	async run({ images, withTags, apply }, { opener, call, show }) {
		const places = images.map((text) => require_field.parseLocation(text));
		const place = onePlace(places);
		const doomed = places.map(doomedOf);
		const target = opener.open(place).target;
		if (!require_target.deletes(target)) throw new require_failure.Failure("UNSUPPORTED", `nothing can be deleted in ${target.name}`, { hint: "Delete it where it can be written." });
		const plan = planDeletion(await surveyDeletion(target, doomed, call), {
			tool: `${require_product.PRODUCT.name} ${require_product.PRODUCT.version}`,
			withTags
		});
		const { title, actions, lines } = require_render_plan.renderPlan(plan);
		const { removals, ...data } = plan;
		show({
			name: "plan",
			data,
			title,
			tables: removals.length === 0 ? [] : [actions],
			lines: apply || removals.length === 0 ? lines : [...lines, "Nothing was changed. Run again with apply to carry it out."]
		});
		const removed = apply && removals.length > 0 ? await applyDeletion(target, plan, doomed, call) : 0;
		return {
			planned: removals.length,
			removed,
			changed: removed > 0,
			applied: apply
		};
	}
});
function onePlace(places) {
	const [first] = places;
	if (first === void 0) throw new require_failure.Failure("INPUT_INVALID", "images is missing: nothing says what goes", { hint: "Name IMAGE:TAG or IMAGE@sha256:…." });
	const other = places.find((location) => nameOf(location) !== nameOf(first));
	if (other === void 0) return first;
	throw new require_failure.Failure("INPUT_INVALID", `${require_field.printLocation(first)} and ${require_field.printLocation(other)} are in two places`, { hint: "Delete in one repository at a time." });
}
function nameOf(location) {
	const { tag: _tag, digest: _digest, ...place } = location;
	return require_field.printLocation(place);
}
function doomedOf(location) {
	if (location.digest !== void 0 && location.tag === void 0) return { digest: location.digest };
	if (location.tag !== void 0 && location.digest === void 0) return { tag: location.tag };
	throw new require_failure.Failure("INPUT_INVALID", `${require_field.printLocation(location)} ${location.tag === void 0 ? "names a whole repository" : "names a tag and a digest"}`, { hint: "Write IMAGE:TAG to remove a name, or IMAGE@sha256:… to remove an image." });
}

exports.delete = removal;