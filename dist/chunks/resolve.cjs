const require_failure = require("./failure.cjs");
const require_suggest = require("./suggest.cjs");
const require_reference = require("./reference.cjs");
const require_signals = require("./signals.cjs");
const require_target = require("./target.cjs");

// src/registry/copy/resolve.ts
const MOST_TAGS = 2e3;
async function resolveImage(source, named, call) {
	const ref = named.digest ?? named.tag ?? require_reference.parseTag("latest");
	const found = require_signals.isRemote(source) ? (await source.read(ref, call))?.descriptor : await source.resolve(ref, call);
	if (found) return found;
	throw new require_failure.Failure("IMAGE_NOT_FOUND", `there is no ${ref} in ${source.name}`, {
		hint: named.digest === void 0 ? await hintFor(source, ref, named.tag === void 0, call) : "Check the digest and the repository; content without a tag may have been collected as garbage.",
		facts: { ref }
	});
}
async function hintFor(source, wanted, assumed, call) {
	const start = assumed ? "No tag was given, so latest was looked for. " : "";
	const usual = `${start}Check the name; was the image pushed?`;
	if (!require_target.listsTags(source)) return usual;
	const tags = [];
	try {
		for await (const tag of source.tags(call)) {
			tags.push(tag);
			if (tags.length >= MOST_TAGS) break;
		}
	} catch (error) {
		if (require_failure.isFailure(error)) return usual;
		throw error;
	}
	const close = require_suggest.suggest(wanted, tags);
	if (close !== void 0) return `${start}Did you mean ${close}?`;
	return tags.length === 0 ? `${start}There are no tags at all: check the repository name; was the image pushed?` : usual;
}

Object.defineProperty(exports, "resolveImage", {
  enumerable: true,
  get: function () {
    return resolveImage;
  }
});