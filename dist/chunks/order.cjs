const require_failure = require("./failure.cjs");
const require_parse = require("./parse.cjs");

// src/lifecycle/tags/versions.ts
const VERSION = /^[vV]?([0-9]+(?:\.[0-9]+)*)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:[_+][0-9A-Za-z._-]*)?$/;
const NUMBER = /^[0-9]+$/;
function compareVersions(left, right) {
	const a = VERSION.exec(left);
	const b = VERSION.exec(right);
	if (a === null || b === null) return a === b ? compareNaturally(left, right) : a === null ? -1 : 1;
	return compareReleases(a[1] ?? "", b[1] ?? "") || comparePreReleases(a[2], b[2]);
}
function compareReleases(left, right) {
	const a = left.split(".");
	const b = right.split(".");
	for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
		const order = require_parse.compareNumbers(a[at] ?? "0", b[at] ?? "0");
		if (order !== 0) return order;
	}
	return 0;
}
function comparePreReleases(left, right) {
	if (left === void 0 || right === void 0) return left === right ? 0 : left === void 0 ? 1 : -1;
	const a = left.split(".");
	const b = right.split(".");
	for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
		const order = compareIdentifiers(a[at] ?? "", b[at] ?? "");
		if (order !== 0) return order;
	}
	return a.length - b.length;
}
function compareIdentifiers(left, right) {
	const leftIsNumber = NUMBER.test(left);
	if (leftIsNumber !== NUMBER.test(right)) return leftIsNumber ? -1 : 1;
	return leftIsNumber ? require_parse.compareNumbers(left, right) : require_parse.compareText(left, right);
}
function compareNaturally(left, right) {
	const a = left.match(/[0-9]+|[^0-9]+/g) ?? [];
	const b = right.match(/[0-9]+|[^0-9]+/g) ?? [];
	for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
		const order = compareIdentifiers(a[at] ?? "", b[at] ?? "");
		if (order !== 0) return order;
	}
	return a.length - b.length || require_parse.compareText(left, right);
}

// src/lifecycle/tags/order.ts
function compareTags(scheme, left, right) {
	return scheme.environments.indexOf(left.environment) - scheme.environments.indexOf(right.environment) || compareVersions(left.version, right.version) || require_parse.compareNumbers(left.build, right.build);
}
function sortTags(scheme, tags) {
	const inside = [];
	const outside = [];
	for (const text of new Set(tags)) {
		const tag = require_parse.matchTag(scheme, text);
		if (tag) inside.push(tag);
		else outside.push(text);
	}
	inside.sort((left, right) => compareTags(scheme, left, right) || require_parse.compareText(left.tag, right.tag));
	return {
		inside,
		outside: outside.toSorted(require_parse.compareText)
	};
}
function selectNewest(scheme, tags, environment, where) {
	require_parse.requireEnvironment(scheme, environment);
	const all = [...tags];
	const sorted = sortTags(scheme, all).inside.filter((tag) => tag.environment === environment);
	const tag = sorted.at(-1);
	if (tag === void 0) throw new require_failure.Failure("IMAGE_NOT_FOUND", `${where} has no tag of the environment ${environment}`, {
		cause: all.length === 0 ? "it has no tags" : `none of its ${all.length} tags is of the form ${scheme.form} with that environment`,
		hint: `Push one first, or name the image by tag or digest. Environments are ${scheme.environments.join(", ")}.`
	});
	const twin = sorted.at(-2);
	if (twin && compareTags(scheme, twin, tag) === 0) throw new require_failure.Failure("INPUT_INVALID", `${where} has two newest tags of ${environment}: ${twin.tag} and ${tag.tag}`, {
		cause: "their versions and builds are equal, so neither is the newer one",
		hint: "Name one of them, or its digest.",
		facts: { tags: [twin.tag, tag.tag] }
	});
	const highest = highestBuild(sorted);
	return highest && require_parse.compareNumbers(highest.build, tag.build) > 0 ? {
		tag,
		higherBuild: highest
	} : { tag };
}
function highestBuild(tags, environment) {
	let highest;
	for (const tag of tags) {
		if (environment !== void 0 && tag.environment !== environment) continue;
		if (highest === void 0 || require_parse.compareNumbers(tag.build, highest.build) > 0) highest = tag;
	}
	return highest;
}
function nextTag(scheme, tags, wanted, atLeast = "0") {
	const highest = highestBuild(sortTags(scheme, tags).inside)?.build ?? "0";
	const build = require_parse.increment(require_parse.compareNumbers(highest, atLeast) > 0 ? highest : atLeast);
	return require_parse.printTag(scheme, {
		...wanted,
		build
	});
}

Object.defineProperty(exports, "highestBuild", {
  enumerable: true,
  get: function () {
    return highestBuild;
  }
});
Object.defineProperty(exports, "nextTag", {
  enumerable: true,
  get: function () {
    return nextTag;
  }
});
Object.defineProperty(exports, "selectNewest", {
  enumerable: true,
  get: function () {
    return selectNewest;
  }
});
Object.defineProperty(exports, "sortTags", {
  enumerable: true,
  get: function () {
    return sortTags;
  }
});