const require_failure = require("./failure.cjs");
const require_places = require("./places.cjs");

// src/steps/parts/tags-in.ts
async function tagsIn(source, call) {
	if (!require_places.listsTags(source)) throw new require_failure.Failure("UNSUPPORTED", `${source.name} cannot list its tags`, { hint: "Name the image by its tag or digest." });
	const tags = [];
	for await (const tag of source.tags(call)) tags.push(tag);
	return tags;
}
function isListingTag(tag) {
	return /^sha(?:256|512)-[0-9a-f]{64}$/.test(tag);
}

Object.defineProperty(exports, "isListingTag", {
  enumerable: true,
  get: function () {
    return isListingTag;
  }
});
Object.defineProperty(exports, "tagsIn", {
  enumerable: true,
  get: function () {
    return tagsIn;
  }
});