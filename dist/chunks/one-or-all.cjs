const require_failure = require("./failure.cjs");
const require_list_tags = require("./list-tags.cjs");
const require_field = require("./field.cjs");

// src/steps/parts/one-or-all.ts
function requireOneOrAll(location, allTags) {
	const named = location.tag !== void 0 || location.digest !== void 0;
	if (allTags && named) throw new require_failure.Failure("INPUT_INVALID", "all-tags takes a repository, and a tag or digest was given", { hint: "Leave the tag out, or leave all-tags out." });
	if (!allTags && !named && location.kind !== "docker-archive") throw new require_failure.Failure("INPUT_INVALID", `${require_field.printLocation(location)} names a repository but no image`, { hint: "Add :tag or @sha256:…, or give all-tags." });
}
async function everyTag(place, location, call) {
	const tags = (await require_list_tags.listTags(place, call)).filter((tag) => !require_list_tags.isListingTag(tag)).toSorted();
	if (tags.length > 0) return tags;
	throw new require_failure.Failure("IMAGE_NOT_FOUND", `${require_field.printLocation(location)} has no tags`, { hint: "Check the name; was anything pushed there?" });
}

Object.defineProperty(exports, "everyTag", {
  enumerable: true,
  get: function () {
    return everyTag;
  }
});
Object.defineProperty(exports, "requireOneOrAll", {
  enumerable: true,
  get: function () {
    return requireOneOrAll;
  }
});