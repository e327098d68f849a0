const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_failure = require("./failure.cjs");
const require_product = require("./product.cjs");
const require_render_plan = require("./render-plan.cjs");
const require_call = require("./call.cjs");
const require_manifest = require("./manifest.cjs");
const require_target = require("./target.cjs");
const require_explore = require("./explore.cjs");
const require_trouble_of = require("./trouble-of.cjs");
const require_field = require("./field.cjs");
const require_step = require("./step.cjs");
const require_fault_table = require("./fault-table.cjs");

// src/lifecycle/repair/plan-repair.ts
function planRepair({ tool, place, supplies, partOf }) {
	const actions = supplies.map((supply) => {
		const { fault, from } = supply;
		const { digest } = fault.descriptor;
		const common = {
			what: partOf(supply),
			to: place,
			digest
		};
		if (fault.kind === "unknown") return {
			...common,
			verb: "keep",
			reason: "unknown",
			text: "it could not be looked at, so it is left alone"
		};
		if (from === void 0) {
			const silent = supply.silent.length === 0 ? "" : `; not asked: ${supply.silent.join("; ")}`;
			return {
				...common,
				verb: "keep",
				reason: `${fault.kind}-everywhere`,
				text: `it is ${fault.kind}, and none of the places that were named has it${silent}`
			};
		}
		return {
			...common,
			verb: "copy",
			from: from.name,
			reason: fault.kind,
			text: `it is ${fault.kind} there`
		};
	});
	const seen = Object.fromEntries(supplies.map(({ fault }) => [fault.descriptor.digest, fault.kind]));
	const moved = supplies.filter(({ from, fault }) => from !== void 0 && fault.kind !== "unknown");
	return require_render_plan.sealPlan({
		kind: "repair",
		tool,
		subject: place,
		details: {},
		actions,
		seen,
		gates: [],
		cost: {
			requests: moved.length * 5,
			bytes: moved.reduce((sum, { fault }) => sum + fault.descriptor.size, 0)
		},
		notes: supplies.some(({ fault }) => fault.kind === "missing" && fault.descriptor.mediaType.includes("manifest")) ? ["What a missing manifest lists is brought along with it where it is missing too."] : []
	});
}

// src/registry/copy/mend.ts
async function findSupply(fault, sources, call) {
	const silent = [];
	for (const source of sources) try {
		if (await has(source, fault.descriptor, call)) return {
			fault,
			from: source,
			silent
		};
	} catch (error) {
		silent.push(`${source.name}: ${require_trouble_of.troubleOf(error, call).why}`);
	}
	return {
		fault,
		from: void 0,
		silent
	};
}
async function has(source, descriptor, call) {
	if ("has" in source) return await source.has(descriptor, call);
	return await source.resolve(descriptor.digest, call) !== void 0;
}
async function mend(target, faults, sources, call) {
	const stored = [];
	const left = [];
	const done = /* @__PURE__ */ new Map();
	const damaged = new Set(faults.filter(({ kind }) => kind === "damaged").map(({ descriptor }) => descriptor.digest));
	const deepest = faults.filter(({ kind }) => kind !== "unknown").toSorted((one, other) => other.needed.length - one.needed.length);
	for (const { descriptor } of deepest) await supply(descriptor, 0);
	return {
		stored,
		left
	};
	async function supply(descriptor, depth) {
		const known = done.get(descriptor.digest);
		if (known !== void 0) return known;
		require_call.throwIfStopped(call);
		const trouble = await supplyNow(descriptor, depth);
		done.set(descriptor.digest, trouble === void 0);
		if (trouble === void 0) stored.push(descriptor);
		else left.push({
			descriptor,
			trouble
		});
		return trouble === void 0;
	}
	async function supplyNow(descriptor, depth) {
		let last = {
			kind: "missing",
			code: "CONTENT_MISSING",
			why: "none of the places that were named has it"
		};
		for (const source of sources) try {
			if (!await has(source, descriptor, call)) continue;
			await store(descriptor, require_manifest.isManifestType(descriptor.mediaType) ? await manifestFrom(source, descriptor, depth) : await source.fetch(descriptor, call));
			return;
		} catch (error) {
			last = require_trouble_of.troubleOf(error, call);
		}
		return last;
	}
	async function manifestFrom(source, descriptor, depth) {
		const manifest = await require_explore.createExplorer(source).read(descriptor, depth, call);
		for (const child of require_manifest.childrenOf(manifest)) {
			if (require_manifest.isForeignLayer(child.mediaType) || done.get(child.digest) === true) continue;
			if (damaged.has(child.digest) || !await target.has(child, call)) await supply(child, depth + 1);
		}
		return require_manifest.bytesBody(manifest.bytes);
	}
	async function store(descriptor, body) {
		if (!damaged.has(descriptor.digest) || !require_target.rewrites(target)) return void await target.push(descriptor, body, call);
		await target.rewrite(descriptor, body, call);
	}
}

// src/steps/repair.ts
const repair = require_step.defineStep({
	name: "repair",
	summary: "Bring back what an image lacks or has damaged, by digest, from places that have it; no tag is touched",
	details: "Checks first, as ferry check does, and shows what would come from where; apply carries it out and checks again. Only bytes with the right digest are stored. Give deep to find damage in blobs of the right size. Some registries keep damaged bytes that they have; then only who runs the registry can mend it, and that is said.",
	since: "0.1.0",
	chinese: {
		title: "修复镜像",
		summary: "按摘要从其他位置补回镜像缺失或损坏的内容，绝不改动标签"
	},
	needs: ["registry", "files"],
	inputs: {
		image: require_field.field.place({
			about: "The image to mend; only the repository together with all-tags",
			example: "harbor.example.com/pay/api:prod-v1.2-1024",
			positional: true,
			writes: true
		}),
		from: require_field.field.list({
			about: "Repositories or layouts that may have what is missing, asked in this order",
			example: "oci:./backup"
		}),
		allTags: require_field.field.switch({ about: "Mend every tag of the repository" }),
		deep: require_field.field.switch({ about: "Read every blob and hash it first, so that damage is found too" }),
		apply: require_field.field.switch({ about: "Carry the plan out; without it the plan is only shown" })
	},
	outputs: {
		faults: require_step.out.number({ about: "Parts that were missing or damaged" }),
		mended: require_step.out.number({ about: "Parts that were stored" }),
		changed: require_step.out.switch({ about: "Whether anything was stored" }),
		applied: require_step.out.switch({ about: "Whether the plan was carried out" })
	},
	examples: [{
		title: "What would come from a backup",
		inputs: {
			image: "harbor.example.com/pay/api:prod-v1.2-1024",
			from: ["oci:./backup"]
		}
	}, {
		title: "Carried out",
		inputs: {
			image: "harbor.example.com/pay/api:prod-v1.2-1024",
			from: ["mirror.example.com/pay/api"],
			apply: true
		}
	}],
	async run({ image, from, allTags, deep, apply }, context) {
		const { call, opener, show } = context;
		if (from.length === 0) throw new require_failure.Failure("INPUT_INVALID", "from is missing: nothing says where the missing parts may come from", { hint: "Name a repository or layout that has the image." });
		const sources = from.map((text) => opener.open(require_field.parseLocation(text)).target);
		const { target, images, lost } = await require_fault_table.checkImages(image, {
			allTags,
			deep
		}, context);
		const faults = require_fault_table.distinctFaults(images).map(({ fault }) => fault);
		const supplies = [];
		for (const fault of faults) supplies.push(await findSupply(fault, sources, call));
		const plan = planRepair({
			tool: `${require_product.PRODUCT.name} ${require_product.PRODUCT.version}`,
			place: require_field.printLocation(image),
			supplies,
			partOf: ({ fault }) => require_fault_table.partOf(fault)
		});
		const { title, actions, lines } = require_render_plan.renderPlan(plan);
		const hopeless = lost.map(({ tag, why }) => `${tag} cannot be mended by digest: ${why}`);
		show({
			name: "plan",
			data: plan,
			title,
			tables: faults.length === 0 ? [] : [actions],
			lines: faults.length === 0 ? [...hopeless, lost.length === 0 ? "Nothing is missing." : "Nothing else is missing."] : apply || require_render_plan.changesNothing(plan) ? [...lines, ...hopeless] : [
				...lines,
				...hopeless,
				"Nothing was changed. Run again with apply to carry it out."
			]
		});
		const found = {
			faults: faults.length,
			mended: 0,
			changed: false,
			applied: apply
		};
		if (!apply || faults.length + lost.length === 0) return requireHope(supplies, found, apply);
		const { mended, open, stubborn } = await carryOut({
			image,
			allTags,
			deep,
			target,
			sources,
			faults,
			lost
		}, context);
		if (open.size === 0) return {
			...found,
			mended: mended.size,
			changed: mended.size > 0
		};
		throw new require_failure.Failure("PARTLY_DONE", `${require_field.printLocation(image)} is still not whole: ${mended.size} parts were mended, ${open.size} were not`, {
			cause: [...open].slice(0, 10).map(([digest, why]) => `${digest}: ${why}`).join("; "),
			hint: stubborn ? "The registry keeps the damaged bytes that it has: only who runs it can remove them there. Then run the same command again." : "Name another place that has these parts, and run the same command again.",
			facts: {
				open: [...open.keys()].slice(0, 50),
				mended: mended.size
			}
		});
	}
});
function requireHope(supplies, found, apply) {
	const hopeless = supplies.filter(({ from, fault }) => from === void 0 || fault.kind === "unknown");
	if (supplies.length === 0 || hopeless.length < supplies.length || apply) return found;
	throw new require_failure.Failure("CONTENT_MISSING", `none of the places that were named has any of the ${supplies.length} parts`, {
		hint: "Name another place that has the image.",
		facts: { missing: hopeless.slice(0, 50).map(({ fault }) => fault.descriptor.digest) }
	});
}
async function carryOut({ image, allTags, deep, target, sources, faults, lost }, context) {
	const mended = /* @__PURE__ */ new Set();
	const tried = /* @__PURE__ */ new Set();
	const why = /* @__PURE__ */ new Map();
	let open = faults;
	let nameless = lost;
	let stubborn = false;
	while (open.some(({ descriptor }) => !tried.has(descriptor.digest))) {
		const { stored, left } = await mend(target, open, sources, context.call);
		for (const { descriptor } of open) tried.add(descriptor.digest);
		for (const { digest } of stored) mended.add(digest);
		for (const { descriptor, trouble } of left) why.set(descriptor.digest, trouble.why);
		const again = await require_fault_table.checkImages(image, {
			allTags,
			deep
		}, context);
		open = require_fault_table.distinctFaults(again.images).map(({ fault }) => fault);
		nameless = again.lost;
		for (const { descriptor } of open) if (mended.delete(descriptor.digest)) stubborn = true;
	}
	const wrong = open.map((fault) => [fault.descriptor.digest, why.get(fault.descriptor.digest) ?? fault.why]);
	return {
		mended,
		open: new Map([...wrong, ...nameless.map((tag) => [tag.tag, tag.why])]),
		stubborn
	};
}

exports.repair = repair;