const require_failure = require("./failure.cjs");
const require_target = require("./target.cjs");
const require_reference = require("./reference.cjs");
const require_printable = require("./printable.cjs");
const require_suggest = require("./suggest.cjs");
const require_digest = require("./digest.cjs");

// src/lifecycle/tags/numbers.ts
function compareNumbers(left, right) {
	const a = left.replace(/^0+(?=[0-9])/, "");
	const b = right.replace(/^0+(?=[0-9])/, "");
	return a.length === b.length ? compareText(a, b) : a.length - b.length;
}
function compareText(left, right) {
	return left < right ? -1 : left > right ? 1 : 0;
}
function increment(number) {
	return (BigInt(number) + 1n).toString();
}

// src/lifecycle/tags/look-alikes.ts
const ALIKE = new Map(Object.entries({
	a: "аαɑ",
	b: "Ьв",
	c: "сϲ",
	d: "ԁ",
	e: "еҽ",
	g: "ɡ",
	h: "һ",
	i: "іıι",
	j: "јϳ",
	k: "кκ",
	l: "ӏ",
	m: "м",
	n: "ոη",
	o: "оοօ",
	p: "рρ",
	q: "ԛ",
	r: "г",
	s: "ѕ",
	t: "тτ",
	u: "υս",
	v: "νѵ",
	w: "ԝω",
	x: "хχ",
	y: "уγ",
	z: "ᴢ",
	A: "АΑ",
	B: "ВΒ",
	C: "СϹ",
	E: "ЕΕ",
	H: "НΗ",
	I: "ІΙӀ",
	J: "Ј",
	K: "КΚ",
	M: "МΜ",
	N: "Ν",
	O: "ОΟ",
	P: "РΡ",
	S: "Ѕ",
	T: "ТΤ",
	X: "ХΧ",
	Y: "УΥ",
	Z: "Ζ",
	0: "٠۰",
	1: "١۱",
	"-": "‐‑‒–—−﹣",
	".": "․。",
	_: "＿"
}).flatMap(([plain, others]) => [...others].map((other) => [other, plain])));
function oddCharacters(text) {
	return [...text].flatMap((character, index) => {
		if (/^[A-Za-z0-9._-]$/.test(character)) return [];
		const looksLike = plainForm(character);
		const codePoint = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
		return [{
			position: index + 1,
			character,
			codePoint,
			...looksLike === void 0 ? {} : { looksLike }
		}];
	});
}
function inPlainCharacters(text) {
	const plain = [...text].map((character) => /^[A-Za-z0-9._-]$/.test(character) ? character : plainForm(character));
	return plain.includes(void 0) ? void 0 : plain.join("");
}
function plainForm(character) {
	const known = ALIKE.get(character);
	if (known !== void 0) return known;
	const folded = character.normalize("NFKC");
	return character.charCodeAt(0) > 127 && /^[A-Za-z0-9._-]$/.test(folded) ? folded : void 0;
}

// src/lifecycle/tags/version-text.ts
const LONGEST = 40;
function versionFrom(text) {
	const kept = text.replace(/[^A-Za-z0-9._-]+/g, "-").slice(0, LONGEST).replace(/^[._-]+/, "").replace(/[._-]+$/, "");
	if (kept === "") return void 0;
	return kept === text ? kept : `${kept}-${require_digest.hexOf(require_digest.digestOf(new TextEncoder().encode(text))).slice(0, 8)}`;
}

// src/lifecycle/tags/outside.ts
function outsideScheme(scheme, text, mismatch) {
	const { part, why, suggestion } = mismatch ?? notATag(text);
	const meant = suggestion !== void 0 && require_reference.isTag(suggestion) && !("part" in scheme.match(suggestion)) ? suggestion : void 0;
	return new require_failure.Failure("TAG_OUTSIDE_SCHEME", `"${require_printable.printable(text, 160)}" is outside the tag scheme ${scheme.form}`, {
		cause: why,
		hint: meant === void 0 ? expected(scheme) : `Did you mean ${meant}? ${expected(scheme)}`,
		facts: {
			tag: require_printable.printable(text, 160),
			part,
			environments: scheme.environments,
			...meant === void 0 ? {} : { suggestion: meant }
		}
	});
}
function unprintable(scheme, parts, text, back, mismatch) {
	const said = `environment ${parts.environment}, version "${require_printable.printable(parts.version, 100)}" and build "${require_printable.printable(parts.build, 100)}"`;
	const other = back && `"${text}" would be read as environment ${back.environment}, version "${back.version}" and build ${back.build}`;
	const version = versionFrom(parts.version);
	const hint = back === void 0 && version !== void 0 && version !== parts.version ? `Use the version "${version}", which no other name gives. ${expected(scheme)}` : expected(scheme);
	return new require_failure.Failure("TAG_OUTSIDE_SCHEME", `no tag of the scheme ${scheme.form} says ${said}`, {
		cause: other ?? mismatch?.why ?? notATag(text).why,
		hint
	});
}
function undeclared(scheme, name) {
	const meant = require_suggest.suggest(name, scheme.environments);
	return new require_failure.Failure("INPUT_INVALID", `"${require_printable.printable(name, 80)}" is not a declared environment`, {
		hint: `${meant === void 0 ? "" : `Did you mean ${meant}? `}Declared are, in order: ${scheme.environments.join(", ")}.`,
		facts: { environments: scheme.environments }
	});
}
function expected(scheme) {
	const example = scheme.print({
		environment: scheme.environments[0] ?? "dev",
		version: "v1.2",
		build: "1024"
	});
	const known = "text" in example && require_reference.isTag(example.text) && !("part" in scheme.match(example.text)) ? `, e.g. ${example.text}` : "";
	return `Expected is ${scheme.form}${known}; environments are ${scheme.environments.join(", ")}.`;
}
function notATag(text) {
	const odd = oddCharacters(text);
	const [first] = odd;
	if (first === void 0) return {
		part: "form",
		why: text === "" ? "it is empty" : text.length > 128 ? "it is longer than the 128 characters of a tag" : "a tag does not start with a dot or a dash"
	};
	const shown = `character ${first.position} is "${require_printable.printable(first.character)}" (${first.codePoint})`;
	const why = first.looksLike === void 0 ? `${shown}, which a tag cannot contain` : `${shown}, which only looks like "${first.looksLike}"`;
	const suggestion = inPlainCharacters(text);
	return {
		part: "form",
		why: odd.length === 1 ? why : `${why}; ${odd.length} characters are not ASCII letters, digits, dots, dashes or underscores`,
		...suggestion === void 0 ? {} : { suggestion }
	};
}

// src/lifecycle/tags/parse.ts
function parseTag(scheme, text) {
	const found = require_reference.isTag(text) ? scheme.match(text) : void 0;
	if (found === void 0 || "part" in found) throw outsideScheme(scheme, text, found);
	return found;
}
function matchTag(scheme, text) {
	const found = require_reference.isTag(text) ? scheme.match(text) : void 0;
	return found === void 0 || "part" in found ? void 0 : found;
}
function printTag(scheme, parts) {
	requireEnvironment(scheme, parts.environment);
	const printed = scheme.print(parts);
	if ("cannot" in printed) throw new require_failure.Failure("CONFIG_INVALID", "cannot write a new tag of this tag scheme", {
		cause: printed.cannot,
		hint: "Give the scheme a template, e.g. \"{version}-{env}.{build}\"."
	});
	return proven(scheme, parts, printed.text);
}
function inEnvironment(scheme, tag, environment) {
	requireEnvironment(scheme, environment);
	return proven(scheme, {
		...tag,
		environment
	}, scheme.substitute(tag, environment));
}
function proven(scheme, parts, text) {
	const back = matchTag(scheme, text);
	const { environment, version, build } = parts;
	if (back && back.environment === environment && back.version === version && back.build === build) return back;
	const mismatch = require_reference.isTag(text) ? scheme.match(text) : void 0;
	throw unprintable(scheme, parts, text, back, mismatch !== void 0 && "part" in mismatch ? mismatch : void 0);
}
function requireEnvironment(scheme, name) {
	if (!scheme.environments.includes(name)) throw undeclared(scheme, name);
}

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
		const order = compareNumbers(a[at] ?? "0", b[at] ?? "0");
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
	return leftIsNumber ? compareNumbers(left, right) : compareText(left, right);
}
function compareNaturally(left, right) {
	const a = left.match(/[0-9]+|[^0-9]+/g) ?? [];
	const b = right.match(/[0-9]+|[^0-9]+/g) ?? [];
	for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
		const order = compareIdentifiers(a[at] ?? "", b[at] ?? "");
		if (order !== 0) return order;
	}
	return a.length - b.length || compareText(left, right);
}

// src/lifecycle/tags/order.ts
function compareTags(scheme, left, right) {
	return scheme.environments.indexOf(left.environment) - scheme.environments.indexOf(right.environment) || compareVersions(left.version, right.version) || compareNumbers(left.build, right.build);
}
function sortTags(scheme, tags) {
	const inside = [];
	const outside = [];
	for (const text of new Set(tags)) {
		const tag = matchTag(scheme, text);
		if (tag) inside.push(tag);
		else outside.push(text);
	}
	inside.sort((left, right) => compareTags(scheme, left, right) || compareText(left.tag, right.tag));
	return {
		inside,
		outside: outside.toSorted(compareText)
	};
}
function selectNewest(scheme, tags, environment, where) {
	requireEnvironment(scheme, environment);
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
	return highest && compareNumbers(highest.build, tag.build) > 0 ? {
		tag,
		higherBuild: highest
	} : { tag };
}
function highestBuild(tags, environment) {
	let highest;
	for (const tag of tags) {
		if (environment !== void 0 && tag.environment !== environment) continue;
		if (highest === void 0 || compareNumbers(tag.build, highest.build) > 0) highest = tag;
	}
	return highest;
}
function nextTag(scheme, tags, wanted, atLeast = "0") {
	const highest = highestBuild(sortTags(scheme, tags).inside)?.build ?? "0";
	const build = increment(compareNumbers(highest, atLeast) > 0 ? highest : atLeast);
	return printTag(scheme, {
		...wanted,
		build
	});
}

// src/lifecycle/tags/list-tags.ts
async function listTags(place, call) {
	if (!require_target.listsTags(place)) throw new require_failure.Failure("UNSUPPORTED", `${place.name} cannot list its tags`, { hint: "Name the image by its tag, and give build numbers yourself." });
	const tags = [];
	for await (const tag of place.tags(call)) tags.push(tag);
	return tags;
}
async function highestAt(scheme, place, environment, call) {
	if (!require_target.listsTags(place)) return "unknown";
	return highestBuild(sortTags(scheme, await listTags(place, call)).inside, environment);
}
function isListingTag(tag) {
	return /^sha(?:256|512)-[0-9a-f]{64}$/.test(tag);
}

Object.defineProperty(exports, "compareNumbers", {
  enumerable: true,
  get: function () {
    return compareNumbers;
  }
});
Object.defineProperty(exports, "highestAt", {
  enumerable: true,
  get: function () {
    return highestAt;
  }
});
Object.defineProperty(exports, "inEnvironment", {
  enumerable: true,
  get: function () {
    return inEnvironment;
  }
});
Object.defineProperty(exports, "isListingTag", {
  enumerable: true,
  get: function () {
    return isListingTag;
  }
});
Object.defineProperty(exports, "listTags", {
  enumerable: true,
  get: function () {
    return listTags;
  }
});
Object.defineProperty(exports, "matchTag", {
  enumerable: true,
  get: function () {
    return matchTag;
  }
});
Object.defineProperty(exports, "nextTag", {
  enumerable: true,
  get: function () {
    return nextTag;
  }
});
Object.defineProperty(exports, "parseTag", {
  enumerable: true,
  get: function () {
    return parseTag;
  }
});
Object.defineProperty(exports, "printTag", {
  enumerable: true,
  get: function () {
    return printTag;
  }
});
Object.defineProperty(exports, "requireEnvironment", {
  enumerable: true,
  get: function () {
    return requireEnvironment;
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