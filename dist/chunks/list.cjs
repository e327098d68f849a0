const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_failure = require("./failure.cjs");
const require_manifest = require("./manifest.cjs");
const require_list_tags = require("./list-tags.cjs");
const require_reference = require("./reference.cjs");
const require_field = require("./field.cjs");
const require_step = require("./step.cjs");
const require_places = require("./places.cjs");
const require_printable = require("./printable.cjs");

// src/steps/parts/tag-table.ts
const MOST_ROWS = 1e3;
function shownTags(place, tags, { digests, lists }) {
	const columns = [
		"tag",
		"environment",
		"version",
		"build",
		...digests ? ["digest"] : []
	];
	return {
		name: "tags",
		data: tags,
		title: `${tags.length === 1 ? "1 tag" : `${tags.length} tags`} in ${require_printable.printable(place)}`,
		tables: tags.length === 0 ? [] : [{
			columns,
			rows: tags.slice(0, MOST_ROWS).map(({ tag, environment = "", version = "", build = "", digest = "gone since" }) => [
				tag,
				environment,
				version,
				build,
				...digests ? [digest] : []
			])
		}],
		lines: [...tags.length > MOST_ROWS ? [`and ${tags.length - MOST_ROWS} more; the report has all`] : [], ...lists === 0 ? [] : [`${lists === 1 ? "1 more tag lists" : `${lists} more tags list`} what is attached to images, and is not counted.`]]
	};
}

// src/steps/list.ts
const AT_ONCE = 6;
const list = require_step.defineStep({
	name: "list",
	summary: "List the tags of a repository: by environment, version and build, the others after them",
	details: "Tags that follow the scheme come first, oldest first; all others follow by name. With digests each tag is looked up as well, which is one request a tag. A repository that is proven not to exist has no tags; a listing that failed is an error and never an empty list.",
	since: "0.1.0",
	chinese: {
		title: "列出标签",
		summary: "列出仓库的全部标签，按环境、版本与构建号排序"
	},
	needs: ["registry", "files"],
	inputs: {
		repository: require_field.field.place({
			about: "The repository or layout",
			example: "harbor.example.com/pay/api",
			positional: true,
			setting: "image"
		}),
		environment: require_field.field.environment({
			about: "Only tags of this environment",
			example: "prod",
			optional: true,
			flag: "env"
		}),
		digests: require_field.field.switch({ about: "Also look up what each tag names" })
	},
	outputs: {
		count: require_step.out.number({ about: "How many tags there are" }),
		newest: require_step.out.text({ about: "The last tag of the scheme; empty when none follows it" }),
		tags: require_step.out.list({ about: "The last 8 tags of the scheme, oldest first; the report has all" })
	},
	examples: [{
		title: "All tags",
		inputs: { repository: "harbor.example.com/pay/api" }
	}, {
		title: "What prod has, with digests",
		inputs: {
			repository: "harbor.example.com/pay/api",
			environment: "prod",
			digests: true
		}
	}],
	async run({ repository, environment, digests }, context) {
		if (repository.tag !== void 0 || repository.digest !== void 0) throw new require_failure.Failure("INPUT_INVALID", `${require_field.printLocation(repository)} is an image, and tags are listed of a repository`, { hint: "Leave the tag or digest out; ferry inspect shows an image." });
		const scheme = await require_places.schemeOf(context);
		if (environment !== void 0 && !scheme.environments.includes(environment)) throw new require_failure.Failure("INPUT_INVALID", `the environment ${environment} is not declared`, { hint: `Environments are ${scheme.environments.join(", ")}.` });
		const { target } = context.opener.open(repository);
		const all = await require_list_tags.listTags(target, context.call);
		const { inside, outside } = require_list_tags.sortTags(scheme, all.filter((tag) => !require_list_tags.isListingTag(tag)));
		const wanted = inside.filter((tag) => environment === void 0 || tag.environment === environment);
		const texts = [...wanted.map(({ tag }) => tag), ...environment === void 0 ? outside : []];
		const found = digests ? await lookUp(target, texts, context) : void 0;
		const listed = texts.map((tag, at) => {
			const parts = wanted[at];
			const names = found?.get(tag);
			return {
				tag,
				...parts === void 0 ? {} : {
					environment: parts.environment,
					version: parts.version,
					build: parts.build
				},
				...names === void 0 ? {} : {
					digest: names.digest,
					mediaType: names.mediaType
				}
			};
		});
		context.show(shownTags(require_field.printLocation(repository), listed, {
			digests,
			lists: all.filter(require_list_tags.isListingTag).length
		}));
		return {
			count: listed.length,
			newest: wanted.at(-1)?.tag ?? "",
			tags: wanted.slice(-8).map(({ tag }) => tag)
		};
	}
});
async function lookUp(target, tags, { call }) {
	const found = /* @__PURE__ */ new Map();
	await require_manifest.forEachLimited(tags, require_manifest.createLimit(AT_ONCE), async (tag) => {
		const descriptor = await target.resolve(require_reference.parseTag(tag), call);
		if (descriptor !== void 0) found.set(tag, descriptor);
	}, call);
	return found;
}

exports.list = list;