const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_product = require("./product.cjs");
const require_render_plan = require("./render-plan.cjs");
const require_call = require("./call.cjs");
const require_failure = require("./failure.cjs");
const require_manifest = require("./manifest.cjs");
const require_copy_and_name = require("./copy-and-name.cjs");
const require_digest = require("./digest.cjs");
const require_reference = require("./reference.cjs");
const require_failure_codes = require("./failure-codes.cjs");
const require_take_tag = require("./take-tag.cjs");
const require_list_tags = require("./list-tags.cjs");
const require_target = require("./target.cjs");
const require_resolve = require("./resolve.cjs");
const require_explore = require("./explore.cjs");
const require_referrers = require("./referrers.cjs");
const require_field = require("./field.cjs");
const require_step = require("./step.cjs");
const require_places = require("./places.cjs");

// src/lifecycle/plan/gate.ts
function closedBy(name, error) {
	if (!(error instanceof require_failure.Failure)) throw error;
	const exit = require_failure_codes.FAILURE_CODES[error.code].exit;
	if (!(exit === "integrity" || exit === "gate" || exit === "conflict")) throw error;
	const why = require_failure.reasons(error);
	return {
		name,
		result: "closed",
		text: why.length === 0 ? error.message : `${error.message}: ${why.join(": ")}`,
		code: error.code,
		...error.hint === void 0 ? {} : { hint: error.hint }
	};
}
function requireOpen(gates, what) {
	const [first, ...more] = gates.filter((gate) => gate.result === "closed").map((gate) => asFailure(gate, what)).toSorted((left, right) => rank(left) - rank(right));
	if (first === void 0) return;
	throw new require_failure.Failure(first.code, first.message, {
		cause: first.cause,
		...first.hint === void 0 ? {} : { hint: first.hint },
		facts: first.facts,
		more
	});
}
function asFailure(gate, what) {
	return new require_failure.Failure(gate.code ?? "GATE_CLOSED", `${what}: the gate "${gate.name}" is closed`, {
		cause: gate.text,
		...gate.hint === void 0 ? {} : { hint: gate.hint },
		facts: { gate: gate.name }
	});
}
function rank(failure) {
	if (failure.exitCode === require_failure_codes.EXIT.integrity) return 0;
	return failure.code === "GATE_CLOSED" ? 1 : 2;
}

// src/lifecycle/promote/gates.ts
function orderGate(environments, from, to, skip) {
	const name = "order";
	const goal = environments.indexOf(to);
	const start = from === void 0 ? -1 : environments.indexOf(from);
	const way = environments.join(" → ");
	if (from !== void 0 && start >= goal) return {
		name,
		result: "closed",
		text: `${to} comes before ${from} in ${way}`,
		hint: "A promotion goes forward only. Use ferry push to copy an image to another place."
	};
	const between = environments.slice(start + 1, goal);
	if (between.length === 0) return {
		name,
		result: "open",
		text: from === void 0 ? `${to} is the first environment` : `${to} comes right after ${from}`
	};
	const text = from === void 0 ? `nothing shows that the image is in ${between.at(-1) ?? ""}` : `it has not been in ${between.join(" and ")} (${way})`;
	if (skip) return {
		name,
		result: "waived",
		text
	};
	return {
		name,
		result: "closed",
		text,
		hint: `Promote it to ${between[0] ?? ""} first, or leave environments out on purpose with skip.`
	};
}
function monotonicGate(where, tag, highest, allowRollback) {
	const name = "monotonic";
	if (highest === "unknown") {
		const text = `${where} cannot list its tags, so it is not known which build ${tag.environment} has`;
		return allowRollback ? {
			name,
			result: "waived",
			text
		} : {
			name,
			result: "closed",
			text,
			hint: "Promote with allow-rollback when it does not matter which build is there."
		};
	}
	if (highest === void 0) return {
		name,
		result: "open",
		text: `${tag.environment} has no build yet`
	};
	if (require_list_tags.compareNumbers(tag.build, highest.build) >= 0) return {
		name,
		result: "open",
		text: `the highest build of ${tag.environment} is ${highest.build} (${highest.tag})`
	};
	const closed = closedBy(name, require_take_tag.buildBackwards(where, tag, highest));
	return allowRollback ? {
		name,
		result: "waived",
		text: closed.text
	} : closed;
}
async function askGates(gates, image, call) {
	const results = [];
	for (const gate of gates) try {
		results.push({
			name: gate.name,
			result: "open",
			text: await gate.ask(image, call)
		});
	} catch (error) {
		results.push(closedBy(gate.name, error));
	}
	return results;
}

// src/lifecycle/promote/apply.ts
async function applyPromotion(plan, places, call) {
	const { scheme, source, target } = places;
	const { details } = plan;
	if (details.source !== source.name || details.target !== target.name) throw new require_failure.Failure("INPUT_INVALID", `the plan is for ${details.source} and ${details.target}`, { cause: `it was to be applied to ${source.name} and ${target.name}` });
	const digest = require_digest.parseDigest(details.digest);
	const tag = require_list_tags.parseTag(scheme, details.tag);
	const image = `${target.name}:${tag.tag}`;
	const nothing = {
		outcome: "nothing",
		image,
		digest,
		gates: []
	};
	if (require_render_plan.changesNothing(plan)) return nothing;
	requireOpen(plan.gates, `cannot promote ${plan.subject}`);
	const { surveyed } = places;
	const { root, seen } = surveyed?.found.image.digest === digest ? {
		root: surveyed.found.image,
		seen: plan.seen
	} : await lookAgain(plan, places, call);
	const there = seen[image];
	if (there === digest) return nothing;
	if (there !== void 0 && require_digest.isDigest(there)) throw require_take_tag.tagTaken(target.name, tag.tag, there, digest);
	require_render_plan.checkFresh(plan, seen);
	if (root === void 0) throw new require_failure.Failure("IMAGE_NOT_FOUND", `there is no ${digest} in ${source.name} any more`, { hint: "Make the plan again." });
	const gates = await askGates(places.gates ?? [], {
		place: source,
		descriptor: root
	}, call);
	requireOpen(gates, `cannot promote ${plan.subject}`);
	const late = [];
	const name = async () => {
		late.length = 0;
		if (!require_copy_and_name.isSamePlace(source, target)) late.push(...await proveCopy(root, places, call));
		late.push(await openMonotonic(plan, places, tag, call));
		require_call.throwIfStopped(call);
		return require_take_tag.takeTag(target, root, tag.tag, call);
	};
	const { report, taking } = await copied(root, places, name, call);
	if (taking.outcome === "lost") throw require_take_tag.tagTaken(target.name, tag.tag, taking.to, digest);
	return {
		outcome: "promoted",
		image,
		digest,
		gates: [...gates, ...late],
		...report ? { copied: report } : {}
	};
}
async function copied(root, { source, target, gates = [], surveyed }, name, call) {
	if (require_copy_and_name.isSamePlace(source, target)) return { taking: await name() };
	const told = surveyed?.open?.weight.told;
	const early = gates.some(({ alsoAtTarget }) => alsoAtTarget);
	const { report, named } = await require_copy_and_name.copyAndName(source, target, root, {
		known: false,
		referrers: true,
		early,
		name,
		...told ? { told } : {}
	}, call);
	return {
		report: {
			...report,
			tagged: named.outcome === "written"
		},
		taking: named
	};
}
async function proveCopy(root, { target, gates = [] }, call) {
	const travelling = gates.filter((gate) => gate.alsoAtTarget).map((gate) => ({
		name: `${gate.name} at the target`,
		alsoAtTarget: true,
		ask: (image, inner) => gate.ask(image, inner)
	}));
	const asked = await askGates(travelling, {
		place: target,
		descriptor: root
	}, call);
	requireOpen(asked, `${root.digest} is in ${target.name} but gets no tag`);
	return asked;
}
async function openMonotonic(plan, { scheme, source, target, surveyed }, tag, call) {
	const justSeen = require_copy_and_name.isSamePlace(source, target) ? surveyed?.open : void 0;
	const highest = justSeen ? justSeen.highest : await require_list_tags.highestAt(scheme, target, tag.environment, call);
	const monotonic = monotonicGate(target.name, tag, highest, plan.details.allowRollback === "yes");
	requireOpen([monotonic], `cannot promote ${plan.subject}`);
	return monotonic;
}
async function lookAgain(plan, { source, target }, call) {
	const { ref, digest, tag } = plan.details;
	const seen = {};
	let root;
	const look = async (name) => {
		const isGoal = name === `${target.name}:${tag}`;
		const place = isGoal ? target : source;
		const what = name.slice(place.name.length + 1);
		const found = await place.resolve(require_digest.isDigest(what) ? what : require_reference.parseTag(what), call);
		seen[name] = found?.digest ?? "absent";
		if (!isGoal && what === ref && found?.digest === digest) root = found;
	};
	await require_manifest.forEachLimited(Object.keys(plan.seen), require_manifest.createLimit(3), look, call);
	return {
		root,
		seen
	};
}

// src/lifecycle/promote/plan-promotion.ts
const TO_LOOK_AGAIN = 3;
const TO_TAG = 4;
function planPromotion(survey, settings) {
	const { found, tag, taken, open } = survey;
	const { source, target, scheme, to } = settings;
	const { digest, size } = found.image;
	const from = found.tag?.environment;
	const goal = `${target.name}:${tag.tag}`;
	const origin = `${source.name}${found.ref === digest ? "@" : ":"}${found.ref}`;
	if (taken !== void 0 && taken !== digest) throw require_take_tag.tagTaken(target.name, tag.tag, taken, digest);
	const common = {
		kind: "promotion",
		tool: settings.tool,
		subject: `${origin} → ${survey.samePlace ? tag.tag : goal}`,
		details: {
			source: source.name,
			ref: found.ref,
			target: target.name,
			tag: tag.tag,
			to,
			digest,
			from: from ?? "",
			skip: settings.skip === true ? "yes" : "no",
			allowRollback: settings.allowRollback === true ? "yes" : "no"
		},
		seen: {
			[origin]: digest,
			[goal]: taken ?? "absent",
			...provenBy(survey, source.name)
		}
	};
	if (open === void 0) {
		const keep = {
			verb: "keep",
			what: tag.tag,
			to: goal,
			digest,
			reason: "already-there",
			text: `${tag.tag} names this image already`
		};
		return require_render_plan.sealPlan({
			...common,
			actions: [keep],
			gates: [],
			cost: {
				requests: 0,
				bytes: 0
			},
			notes: [...found.notes, "Nothing to do."]
		});
	}
	const gates = [
		orderGate(scheme.environments, from, to, settings.skip === true),
		monotonicGate(target.name, tag, open.highest, settings.allowRollback === true),
		...open.gates
	];
	return require_render_plan.sealPlan({
		...common,
		actions: [...copies(survey, source.name, target.name), {
			verb: "tag",
			what: tag.tag,
			to: goal,
			digest,
			reason: "promoted",
			text: from === void 0 ? `goes to ${to}` : `goes from ${from} to ${to}`
		}],
		gates,
		cost: {
			requests: open.weight.requests + TO_LOOK_AGAIN + TO_TAG,
			bytes: open.weight.bytes + size
		},
		notes: [
			...found.notes,
			...renaming(survey),
			...(settings.gates ?? []).length === 0 ? ["No gate looks at signatures: whoever can push to the source decides what is promoted."] : [],
			...open.carriesReferrers ? [] : [`${source.name} cannot list what is attached to the image: signatures and SBOMs stay behind.`]
		]
	});
}
function copies({ found, samePlace, open }, from, to) {
	if (samePlace || open === void 0) return [];
	const { referrers } = open.weight;
	return [{
		verb: "copy",
		what: referrers === 0 ? "image" : `image and ${referrers} ${referrers === 1 ? "referrer" : "referrers"}`,
		from,
		to,
		digest: found.image.digest,
		reason: "other-place",
		text: "the target is another repository; what it has already is skipped"
	}];
}
function renaming({ found, tag }) {
	if (found.tag === void 0 || found.tag.version === tag.version && found.tag.build === tag.build) return [];
	return [`${found.tag.tag} becomes ${tag.tag}: its version or build is not the one it had.`];
}
function provenBy({ found }, source) {
	return found.tag === void 0 || found.tag.tag === found.ref ? {} : { [`${source}:${found.tag.tag}`]: found.image.digest };
}

// src/lifecycle/promote/find-source.ts
const MOST_TAGS_TRIED = 100;
async function findSource(request, call) {
	const { source, scheme, ref, from } = request;
	if (ref.tag !== void 0) {
		const tag = require_list_tags.matchTag(scheme, ref.tag);
		if (tag && from !== void 0 && tag.environment !== from) throw new require_failure.Failure("INPUT_INVALID", `${source.name}:${ref.tag} is of the environment ${tag.environment}, not ${from}`, { hint: `Leave the environment out, or name a tag of ${from}.` });
		const image = await resolved(source, ref.tag, call);
		if (ref.digest !== void 0 && ref.digest !== image.digest) throw moved(source, ref.tag, ref.digest, image.digest);
		return tag ? {
			image,
			ref: ref.tag,
			tag,
			notes: []
		} : withName(request, {
			image,
			ref: ref.tag,
			notes: []
		}, call);
	}
	if (ref.digest !== void 0) return withName(request, {
		image: await resolved(source, ref.digest, call),
		ref: ref.digest,
		notes: []
	}, call);
	if (from === void 0) throw new require_failure.Failure("INPUT_INVALID", `which image of ${source.name} is to be promoted is not said`, { hint: "Name a tag or a digest, or the environment it comes from: then it is the newest there." });
	const { tag, higherBuild } = require_list_tags.selectNewest(scheme, await require_list_tags.listTags(source, call), from, source.name);
	const notes = higherBuild ? [`${tag.tag} is the highest version of ${from}; ${higherBuild.tag} has a higher build of a lower version.`] : [];
	return {
		image: await resolved(source, tag.tag, call),
		ref: tag.tag,
		tag,
		notes
	};
}
async function withName(request, found, call) {
	const { scheme, source, targetTag, to } = request;
	const before = request.from ?? scheme.environments[scheme.environments.indexOf(to) - 1];
	if (before === void 0) return found;
	const goal = targetTag === void 0 ? void 0 : require_list_tags.matchTag(scheme, targetTag);
	const candidates = goal ? [require_list_tags.inEnvironment(scheme, goal, before)] : require_list_tags.sortTags(scheme, await require_list_tags.listTags(source, call)).inside.filter((tag) => tag.environment === before).toReversed();
	for (const candidate of candidates.slice(0, MOST_TAGS_TRIED)) if ((await source.resolve(candidate.tag, call))?.digest === found.image.digest) return {
		...found,
		tag: candidate
	};
	return found;
}
async function resolved(source, ref, call) {
	return await source.resolve(ref, call) ?? require_resolve.resolveImage(source, require_digest.isDigest(ref) ? { digest: ref } : { tag: ref }, call);
}
function moved(source, tag, wanted, is) {
	return new require_failure.Failure("PLAN_STALE", `${source.name}:${tag} does not name the expected image`, {
		cause: `it names ${is}, and ${wanted} was expected`,
		hint: "The tag was moved, or the digest is of another image. Name the one that is meant by its digest alone.",
		facts: {
			tag,
			wanted,
			is
		}
	});
}

// src/lifecycle/promote/weigh.ts
const AT_ONCE = 6;
const PER_MANIFEST = 3;
const PER_BLOB = 4;
const PER_LISTING = 2;
async function weigh(source, target, root, call) {
	const limit = require_manifest.createLimit(AT_ONCE);
	const explorer = require_explore.createExplorer(source);
	const manifests = /* @__PURE__ */ new Set();
	const there = /* @__PURE__ */ new Map();
	const listed = /* @__PURE__ */ new Map();
	const blobs = /* @__PURE__ */ new Map();
	let referrers = 0;
	let manifestBytes = 0;
	const visit = async (descriptor, depth) => {
		if (manifests.has(descriptor.digest)) return;
		manifests.add(descriptor.digest);
		const isThere = await limit.run(() => target.has(descriptor, call), call);
		there.set(descriptor.digest, isThere);
		if (!isThere) manifestBytes += descriptor.size;
		if (isThere) explorer.count(descriptor);
		const children = isThere && !require_manifest.isIndexType(descriptor.mediaType) ? [] : require_manifest.childrenOf(await limit.run(() => explorer.read(descriptor, depth, call), call));
		for (const child of children) if (!isThere && !require_manifest.isManifestType(child.mediaType) && !require_manifest.isForeignLayer(child.mediaType)) blobs.set(child.digest, child.size);
		const attached = await limit.run(() => require_referrers.attachedTo(source, descriptor.digest, call), call);
		listed.set(descriptor.digest, attached);
		for (const one of attached) if (!manifests.has(one.digest)) referrers += 1;
		await settle([...children.filter((child) => require_manifest.isManifestType(child.mediaType)).map((child) => visit(child, depth + 1)), ...attached.map((one) => visit(one, 0))]);
	};
	await visit(root, 0);
	const blobBytes = [...blobs.values()].reduce((sum, size) => sum + size, 0);
	return {
		requests: manifests.size * PER_MANIFEST + blobs.size * PER_BLOB + listed.size * PER_LISTING,
		bytes: manifestBytes + blobBytes,
		referrers,
		told: {
			attached: listed,
			there
		}
	};
}
async function settle(all) {
	for (const one of await Promise.allSettled(all)) if (one.status === "rejected") throw one.reason;
}

// src/lifecycle/promote/survey.ts
async function surveyPromotion(request, call) {
	const { scheme, source, target, to, from } = request;
	require_list_tags.requireEnvironment(scheme, to);
	if (from !== void 0) require_list_tags.requireEnvironment(scheme, from);
	if (from === to) throw sameEnvironment(to);
	const named = request.targetTag === void 0 ? void 0 : require_list_tags.parseTag(scheme, request.targetTag);
	if (named && named.environment !== to) throw new require_failure.Failure("INPUT_INVALID", `${named.tag} is a tag of ${named.environment}, and the image is to go to ${to}`, { hint: `Name a tag of ${to}, or leave it out.` });
	const found = await findSource(request, call);
	if (found.tag?.environment === to) throw sameEnvironment(to);
	const tag = named ?? (found.tag ? require_list_tags.inEnvironment(scheme, found.tag, to) : void 0);
	if (tag === void 0) throw nameless(request);
	const samePlace = require_copy_and_name.isSamePlace(source, target);
	const taken = await target.resolve(tag.tag, call);
	if (taken) return {
		found,
		tag,
		samePlace,
		taken: taken.digest
	};
	const gates = await askGates(request.gates ?? [], {
		place: source,
		descriptor: found.image
	}, call);
	return {
		found,
		tag,
		samePlace,
		open: {
			highest: await require_list_tags.highestAt(scheme, target, to, call),
			gates,
			weight: samePlace ? {
				requests: 0,
				bytes: 0,
				referrers: 0,
				told: {
					attached: /* @__PURE__ */ new Map(),
					there: /* @__PURE__ */ new Map()
				}
			} : await weigh(source, target, found.image, call),
			carriesReferrers: samePlace || require_target.listsReferrers(source)
		}
	};
}
function sameEnvironment(environment) {
	return new require_failure.Failure("INPUT_INVALID", `the image is to go from ${environment} to ${environment}`, { hint: "Name the environment that comes next. To copy an image to another registry under the same tag, use ferry push." });
}
function nameless({ scheme, source, ref, to }) {
	const before = scheme.environments[scheme.environments.indexOf(to) - 1];
	return new require_failure.Failure("INPUT_INVALID", `version and build of ${source.name}${ref.tag === void 0 ? `@${ref.digest ?? ""}` : `:${ref.tag}`} are not known`, {
		cause: before === void 0 ? `${to} is the first environment, and the image has no tag of the form ${scheme.form}` : `no tag of ${before} in ${source.name} names it`,
		hint: `Name the tag it is to get, of the form ${scheme.form}.`
	});
}

// src/steps/promote.ts
const promote = require_step.defineStep({
	name: "promote",
	summary: "Give an image its next environment: same digest, evidence included",
	details: "Plans first and changes nothing without apply. Signatures are verified at the source and again at the target when there are keys to verify with; everything attached travels; the tag is written last. An image that is already there is left alone, with no write at all.",
	since: "0.1.0",
	chinese: {
		title: "晋级镜像",
		summary: "把镜像送入下一环境：摘要不变，签名与证据随行"
	},
	needs: ["registry", "files"],
	inputs: {
		image: require_field.field.place({
			about: "The image, by tag or digest; only the repository together with from",
			example: "harbor.example.com/pay/api:dev-v1.2-1024",
			positional: true,
			writes: true,
			setting: "image"
		}),
		from: require_field.field.environment({
			about: "Take the newest image of this environment",
			example: "dev",
			optional: true
		}),
		to: require_field.field.environment({
			about: "Where it goes",
			example: "staging"
		}),
		target: require_field.field.place({
			about: "Another repository or layout for it, with a tag when it is to have another one",
			example: "prod.example.com/pay/api",
			writes: true,
			optional: true
		}),
		publicKey: require_field.field.keys({
			about: "Public keys; one of them must have signed",
			example: "./signer.pub",
			flag: "key",
			setting: "keys.verify"
		}),
		skip: require_field.field.switch({ about: "Leave out environments in between" }),
		allowRollback: require_field.field.switch({ about: "Accept a build lower than the highest of the environment" }),
		apply: require_field.field.switch({ about: "Carry the plan out; without it the plan is only shown" })
	},
	outputs: {
		image: require_step.out.image({ about: "The image under its new tag" }),
		digest: require_step.out.digest({ about: "What was promoted; equal to what went in" }),
		changed: require_step.out.switch({ about: "Whether a tag was written" }),
		applied: require_step.out.switch({ about: "Whether the plan was carried out" })
	},
	examples: [
		{
			title: "Dev to staging: the plan",
			inputs: {
				image: "harbor.example.com/pay/api:dev-v1.2-1024",
				to: "staging"
			}
		},
		{
			title: "The same, carried out",
			inputs: {
				image: "harbor.example.com/pay/api:dev-v1.2-1024",
				to: "staging",
				apply: true
			}
		},
		{
			title: "The newest of staging to the production registry",
			inputs: {
				image: "harbor.example.com/pay/api",
				from: "staging",
				to: "prod",
				target: "prod.example.com/pay/api",
				publicKey: "./signer.pub",
				apply: true
			}
		}
	],
	async run({ image, from, to, target, publicKey, skip, allowRollback, apply }, context) {
		const { opener, call, show } = context;
		const goal = target ?? ownPlace(to, context) ?? image;
		const request = {
			scheme: await require_places.schemeOf(context),
			source: opener.open(image).target,
			target: opener.open(goal).target,
			ref: {
				...image.tag === void 0 ? {} : { tag: image.tag },
				...image.digest === void 0 ? {} : { digest: image.digest }
			},
			to,
			...from === void 0 ? {} : { from },
			...target?.tag === void 0 ? {} : { targetTag: target.tag },
			skip,
			allowRollback,
			gates: await gates(publicKey, to, context),
			tool: `${require_product.PRODUCT.name} ${require_product.PRODUCT.version}`
		};
		const surveyed = await surveyPromotion(request, call);
		const plan = planPromotion(surveyed, request);
		const { title, actions, gates: asked, lines } = require_render_plan.renderPlan(plan);
		show({
			name: "plan",
			data: plan,
			title,
			tables: asked.rows.length === 0 ? [actions] : [actions, asked],
			lines: apply || require_render_plan.changesNothing(plan) ? lines : [...lines, "Nothing was changed. Run again with apply to carry it out."]
		});
		const planned = {
			image: `${plan.details.target}:${plan.details.tag}`,
			digest: plan.details.digest,
			changed: false,
			applied: false
		};
		if (!apply) return planned;
		const report = await applyPromotion(plan, {
			...request,
			surveyed
		}, call);
		for (const lost of report.copied?.lost ?? []) context.log.warn("something attached to the image could not be carried along", { what: lost });
		return {
			image: report.image,
			digest: report.digest,
			changed: report.outcome === "promoted",
			applied: true
		};
	}
});
function ownPlace(environment, { settings }) {
	const place = settings.environments.find(({ name }) => name === environment)?.image;
	return place === void 0 ? void 0 : require_field.parseLocation(place);
}
async function gates(given, environment, context) {
	const demanded = context.settings.environments.find(({ name }) => name === environment)?.verify ?? [];
	const sets = [{
		name: "signature",
		keys: given
	}, {
		name: `signature for ${environment}`,
		keys: demanded.map((path) => context.fromSettings(path))
	}].filter(({ keys }) => keys.length > 0);
	if (sets.length === 0) return [];
	const [{ requireVerified }, { verifyingKeys }] = await Promise.all([Promise.resolve().then(() => require("./verify.cjs")).then((n) => n.verify_exports), Promise.resolve().then(() => require("./keys.cjs"))]);
	return Promise.all(sets.map(async ({ name, keys }) => {
		const verifying = await verifyingKeys(keys, context);
		const proven = /* @__PURE__ */ new Map();
		return {
			name,
			alsoAtTarget: true,
			async ask({ place, descriptor }, call) {
				const asked = `${place.name}@${descriptor.digest}`;
				const verdict = proven.get(asked) ?? await requireVerified(place, descriptor, { keys: verifying }, call);
				proven.set(asked, verdict);
				return `${verdict.digests.length} of ${verdict.digests.length} digests are signed by a given key`;
			}
		};
	}));
}

exports.promote = promote;