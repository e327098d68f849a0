const require_failure = require("./failure.cjs");
const require_call = require("./call.cjs");
const require_digest = require("./digest.cjs");
const require_reference = require("./reference.cjs");
const require_list_tags = require("./list-tags.cjs");
const require_copy_and_name = require("./copy-and-name.cjs");

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
	return takeFreeTag(target, image, tag, call);
}
async function takeFreeTag(target, image, tag, call) {
	require_call.throwIfStopped(call);
	try {
		await require_copy_and_name.nameAndReadBack(target, image, tag, void 0, call);
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
Object.defineProperty(exports, "takeFreeTag", {
  enumerable: true,
  get: function () {
    return takeFreeTag;
  }
});
Object.defineProperty(exports, "takeTag", {
  enumerable: true,
  get: function () {
    return takeTag;
  }
});