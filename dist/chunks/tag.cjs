const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_failure = require("./failure.cjs");
const require_list_tags = require("./list-tags.cjs");
const require_field = require("./field.cjs");
const require_step = require("./step.cjs");
const require_places = require("./places.cjs");

// src/steps/tag.ts
const tag = require_step.defineStep({
	name: "tag",
	summary: "Read, write, sort and count tags of the form <env>-<version>-<build>",
	details: "parse says what a tag says; print writes one; next gives the tag for the next build of a repository; sort puts tags, or those of a repository, in order, oldest first. Builds compare as numbers, versions leniently: v1.2 is 1.2.0.",
	since: "0.1.0",
	chinese: {
		title: "镜像标签",
		summary: "解析、生成、排序标签并给出下一个构建号：<env>-<version>-<build>"
	},
	needs: ["registry"],
	inputs: {
		action: require_field.field.choice({
			about: "What to do",
			of: [
				"parse",
				"print",
				"next",
				"sort"
			],
			positional: true,
			example: "next"
		}),
		subjects: require_field.field.list({
			about: "parse: a tag; next: a repository; sort: tags or a repository",
			example: "harbor.example.com/pay/api",
			positional: true
		}),
		environment: require_field.field.environment({
			about: "Environment, for print and next; sort gives only its tags",
			example: "dev",
			optional: true,
			flag: "env"
		}),
		version: require_field.field.text({
			about: "Version, for print and next",
			example: "v1.0",
			optional: true
		}),
		build: require_field.field.text({
			about: "Build number, for print; next gives at least one more",
			example: "1024",
			optional: true
		})
	},
	outputs: {
		tag: require_step.out.text({ about: "The tag; with sort the newest" }),
		environment: require_step.out.text({ about: "Its environment" }),
		version: require_step.out.text({ about: "Its version" }),
		build: require_step.out.text({ about: "Its build number" }),
		tags: require_step.out.list({ about: "With sort: the tags, oldest first; at most the newest 8" })
	},
	examples: [
		{
			title: "The next build",
			inputs: {
				action: "next",
				subjects: ["harbor.example.com/pay/api"],
				environment: "dev",
				version: "v1.0"
			}
		},
		{
			title: "What a tag says",
			inputs: {
				action: "parse",
				subjects: ["prod-v1.2-1024"]
			}
		},
		{
			title: "In order",
			inputs: {
				action: "sort",
				subjects: ["dev-v1.2-1000", "dev-v1.2-999"]
			}
		},
		{
			title: "Write one",
			inputs: {
				action: "print",
				environment: "prod",
				version: "v1.2",
				build: "1024"
			}
		}
	],
	async run({ action, subjects, environment, version, build }, context) {
		const scheme = await require_places.schemeOf(context);
		const said = {
			environment,
			version,
			build
		};
		if (action === "parse") return one(require_list_tags.parseTag(scheme, only(subjects, "a tag")));
		if (action === "print") return one(require_list_tags.printTag(scheme, needed(said, [
			"environment",
			"version",
			"build"
		])));
		if (action === "next") return one(require_list_tags.nextTag(scheme, await tagsOf(only(subjects, "a repository"), context), needed(said, ["environment", "version"]), build));
		return sorted(scheme, subjects, environment, context);
	}
});
const one = (parsed) => ({
	tag: parsed.tag,
	environment: parsed.environment,
	version: parsed.version,
	build: parsed.build,
	tags: []
});
function only(subjects, what) {
	const [subject, ...more] = subjects;
	if (subject !== void 0 && more.length === 0) return subject;
	throw new require_failure.Failure("INPUT_INVALID", `this takes ${what}, and ${subjects.length} were given`, { hint: `Give ${what}.` });
}
function needed(said, names) {
	const missing = names.filter((name) => said[name] === void 0);
	if (missing.length > 0) throw new require_failure.Failure("INPUT_INVALID", `${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} missing`, { hint: `Give ${missing.join(" and ")}.` });
	return said;
}
async function sorted(scheme, subjects, environment, context) {
	const [first] = subjects;
	const all = subjects.length === 1 && first !== void 0 && /[/:]/.test(first) ? await tagsOf(first, context) : subjects;
	const { inside, outside } = require_list_tags.sortTags(scheme, all);
	const wanted = inside.filter((tag) => environment === void 0 || tag.environment === environment);
	context.show({
		name: "sorted",
		data: {
			inside: wanted,
			outside
		},
		title: wanted.length === 1 ? "1 tag" : `${wanted.length} tags, oldest first`,
		tables: [{
			columns: [
				"tag",
				"environment",
				"version",
				"build"
			],
			rows: wanted.map((tag) => [
				tag.tag,
				tag.environment,
				tag.version,
				tag.build
			])
		}],
		lines: outside.length === 0 ? [] : [`Outside the scheme: ${outside.slice(0, 20).join(" ")}${outside.length > 20 ? ` and ${outside.length - 20} more` : ""}`]
	});
	const newest = wanted.at(-1);
	return {
		...one(newest ?? {
			tag: "",
			environment: "",
			version: "",
			build: ""
		}),
		tags: wanted.slice(-8).map((tag) => tag.tag)
	};
}
function tagsOf(place, { opener, call }) {
	return require_list_tags.listTags(opener.open(place).target, call);
}

exports.tag = tag;