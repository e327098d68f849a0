const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_failure = require("./failure.cjs");
const require_call = require("./call.cjs");
const require_list_tags = require("./list-tags.cjs");
const require_take_tag = require("./take-tag.cjs");
const require_field = require("./field.cjs");
const require_target = require("./target.cjs");
const require_step = require("./step.cjs");
const require_copy_and_name = require("./copy-and-name.cjs");
const require_places = require("./places.cjs");

// src/lifecycle/tags/claim-next.ts
async function claimNextTag(scheme, claim, place, call) {
	const { tries = 10, ...wanted } = claim;
	let used = "0";
	for (let count = 0; count < tries; count += 1) {
		require_call.throwIfStopped(call);
		const tags = [];
		for await (const tag of place.tags(call)) tags.push(tag);
		const next = require_list_tags.nextTag(scheme, tags, wanted, used);
		if ((await place.take(next, call)).outcome !== "lost") return next;
		used = next.build;
	}
	throw new require_failure.Failure("TAG_TAKEN", `no build number for ${claim.environment}-${claim.version} could be had in ${place.name}`, {
		cause: `${tries} numbers in a row were taken by others at the same moment`,
		hint: "Run again, or pass a build number that only this run has, e.g. the run number of the CI.",
		facts: {
			tries,
			lastBuild: used
		}
	});
}

// src/steps/parts/carry.ts
async function carry(found, target, name, { call, log }) {
	if (require_copy_and_name.isSamePlace(found.target, target)) return name();
	const { report, named } = await require_copy_and_name.copyAndName(found.target, target, found.descriptor, {
		known: false,
		referrers: true,
		early: false,
		name
	}, call);
	for (const lost of report.lost) log.warn("something attached to the image could not be carried along", { what: lost });
	log.info("copied", {
		manifests: report.manifests.stored,
		blobs: report.blobs.stored,
		mounted: report.blobs.mounted,
		present: report.blobs.present,
		referrers: report.referrers
	});
	return named;
}

// src/steps/push.ts
const push = require_step.defineStep({
	name: "push",
	summary: "Push an image under a tag of the scheme, with everything attached to it, and never move a tag",
	details: "The tag follows <env>-<version>-<build>. A tag that names another image already is an error, and so is a build lower than what the environment has; the same image again is fine. Without a tag in the destination, environment and version make one: the build is the run number of the host, or else the highest of the repository plus one.",
	since: "0.1.0",
	chinese: {
		title: "推送镜像",
		summary: "按标签规则推送镜像及其全部附件，绝不移动已有标签"
	},
	needs: ["registry", "files"],
	inputs: {
		image: require_field.field.image({
			about: "The image to push",
			example: "oci:./out:dev-v1.0-1",
			positional: true
		}),
		to: require_field.field.place({
			about: "Where it goes, with or without a tag",
			writes: true,
			example: "harbor.example.com/pay/api:dev-v1.0-1",
			positional: true,
			setting: "image"
		}),
		environment: require_field.field.environment({
			about: "Environment of the tag that is made",
			example: "dev",
			optional: true,
			flag: "env"
		}),
		version: require_field.field.text({
			about: "Version of the tag that is made",
			example: "v1.0",
			optional: true
		}),
		build: require_field.field.text({
			about: "Build number of the tag that is made",
			example: "1024",
			optional: true,
			fact: "buildNumber"
		}),
		anyTag: require_field.field.switch({ about: "Accept a tag outside the scheme; such a tag may move" }),
		allowOlder: require_field.field.switch({ about: "Accept a build lower than the highest of the environment" })
	},
	outputs: {
		image: require_step.out.image({ about: "The image under its tag" }),
		digest: require_step.out.digest({ about: "What was pushed; equal to what went in" }),
		tag: require_step.out.text({ about: "The tag" }),
		changed: require_step.out.switch({ about: "Whether the tag was written; false when it named this image already" })
	},
	examples: [{
		title: "A layout to a registry",
		inputs: {
			image: "oci:./out:dev-v1.0-1",
			to: "harbor.example.com/pay/api:dev-v1.0-1"
		}
	}, {
		title: "With a tag made up here",
		inputs: {
			image: "oci:./out:dev-v1.0-1",
			to: "harbor.example.com/pay/api",
			environment: "dev",
			version: "v1.0"
		}
	}],
	async run({ image, to, environment, version, build, anyTag, allowOlder }, context) {
		const scheme = await require_places.schemeOf(context);
		const found = await require_places.findImage(image, context);
		const { target } = context.opener.open(to);
		if (to.digest !== void 0 && to.digest !== found.descriptor.digest) throw new require_failure.Failure("DIGEST_MISMATCH", `${found.name} is not the image that the destination names`, {
			cause: `it is ${found.descriptor.digest}`,
			hint: "Leave the digest out of the destination, or push the image it names."
		});
		if (to.tag !== void 0) return pushTag({
			scheme,
			found,
			target,
			to,
			tag: to.tag,
			outside: anyTag,
			backwards: allowOlder
		}, context);
		if (environment === void 0 || version === void 0) throw new require_failure.Failure("INPUT_INVALID", "the destination has no tag, and environment and version to make one are missing", { hint: `Write the destination with :tag (${scheme.form}), or give environment and version.` });
		if (build !== void 0) return pushTag({
			scheme,
			found,
			target,
			to,
			tag: require_list_tags.printTag(scheme, {
				environment,
				version,
				build
			}).tag,
			outside: anyTag,
			backwards: allowOlder
		}, context);
		return pushNext({
			scheme,
			found,
			target,
			to,
			environment,
			version
		}, context);
	}
});
const resultOf = ({ to, found }, tag, changed) => ({
	image: require_field.printLocation(require_field.withTag(to, tag)),
	digest: found.descriptor.digest,
	tag,
	changed
});
async function pushTag(pushing, { call, log }) {
	const { scheme, found, target, tag, outside, backwards } = pushing;
	const { digest } = found.descriptor;
	const takenBy = async () => (await target.resolve(tag, call))?.digest;
	const highestNow = async () => outside && require_list_tags.matchTag(scheme, tag) === void 0 ? void 0 : await highestFor(target, scheme, tag, call);
	const judge = (taken, highest) => require_take_tag.judgePush({
		scheme,
		tag,
		digest,
		where: target.name,
		outside,
		backwards,
		...taken === void 0 ? {} : { taken },
		...highest === void 0 ? {} : { highest }
	});
	const before = await takenBy();
	if (judge(before, before === digest ? void 0 : await highestNow()) === "present") {
		log.info("the tag names this image already", {
			tag,
			digest
		});
		return resultOf(pushing, tag, false);
	}
	const take = async () => {
		const highest = await highestNow();
		const verdict = judge(await takenBy(), highest);
		if (verdict === "present") return;
		if (verdict === "moves") return target.tag(found.descriptor, tag, call);
		const taking = await require_take_tag.takeFreeTag(target, found.descriptor, tag, call);
		if (taking.outcome !== "lost") return;
		require_take_tag.judgePush({
			scheme,
			tag,
			digest,
			where: target.name,
			...taking.to === void 0 ? {} : { taken: taking.to }
		});
		throw new require_failure.Failure("PLAN_STALE", `${target.name}:${tag} was written and is gone again`, { hint: "Something removes tags there at the same moment. Run again when it is done." });
	};
	await carry(found, target, take, {
		call,
		log
	});
	return resultOf(pushing, tag, true);
}
async function pushNext(pushing, { call, log }) {
	const { scheme, found, target, environment, version } = pushing;
	if (!require_target.listsTags(target)) throw new require_failure.Failure("UNSUPPORTED", `${target.name} cannot list its tags, so the next build is unknown`, { hint: "Give the build number." });
	const claim = () => claimNextTag(scheme, {
		environment,
		version
	}, {
		name: target.name,
		tags: (inner) => target.tags(inner),
		take: (tag, inner) => require_take_tag.takeTag(target, found.descriptor, tag.tag, inner)
	}, call);
	const claimed = await carry(found, target, claim, {
		call,
		log
	});
	return resultOf(pushing, claimed.tag, true);
}
async function highestFor(target, scheme, tag, call) {
	const environment = require_list_tags.matchTag(scheme, tag)?.environment;
	const highest = environment === void 0 ? void 0 : await require_list_tags.highestAt(scheme, target, environment, call);
	return highest === "unknown" ? void 0 : highest;
}

exports.push = push;