const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_signals = require("./signals.cjs");
const require_schemas = require("./schemas.cjs");

// src/step/settings/schema.ts
const environment = require_schemas.union([require_schemas.string().describe("The name of the environment; its images live in the repository named by `image`"), require_schemas.strictObject({
	name: require_schemas.string().describe("The name of the environment, the first part of its tags"),
	image: require_schemas.string().optional().describe("The repository of this environment, when it is not the one named by `image`"),
	verify: require_schemas.array(require_schemas.string()).optional().describe("Public keys; an image enters this environment only with a valid signature by one of them")
})]);
const text = require_schemas.union([
	require_schemas.string(),
	require_schemas.number(),
	require_schemas.boolean()
]);
const inputValue = require_schemas.union([
	text,
	require_schemas.array(text),
	require_schemas.record(require_schemas.string(), text)
]);
const layer = require_schemas.strictObject({
	from: require_schemas.union([require_schemas.string(), require_schemas.array(require_schemas.string())]).describe("Files or directories below the context; {os}, {arch} and {platform} stand for the platform being built"),
	to: require_schemas.string().describe("Absolute path in the image; ends with / for a directory"),
	owner: require_schemas.string().optional().describe("uid or uid:gid, as numbers; 0:0 when not given"),
	mode: require_schemas.string().optional().describe("Octal mode of files, e.g. \"0755\"; kept as it is when not given")
});
const ferryFile = require_schemas.strictObject({
	$schema: require_schemas.string().optional(),
	image: require_schemas.string().optional().describe("The repository, without a tag: host/team/app"),
	environments: require_schemas.array(environment).min(1).optional().describe("The environments in the order in which an image passes through them"),
	tags: require_schemas.strictObject({ pattern: require_schemas.string().optional().describe("A pattern with the named groups env, version and build, when tags do not follow <env>-<version>-<build>") }).optional().describe("How tags are made up"),
	keys: require_schemas.strictObject({
		sign: require_schemas.string().optional().describe("The private key that signs: a path"),
		verify: require_schemas.array(require_schemas.string()).optional().describe("Public keys of which one must have signed: paths")
	}).optional(),
	registry: require_schemas.strictObject({
		plainHttp: require_schemas.array(require_schemas.string()).optional().describe("Hosts that may be asked without TLS; loopback always may"),
		caFile: require_schemas.string().optional().describe("PEM file with certificates of authorities to trust besides the usual ones"),
		dialects: require_schemas.record(require_schemas.string(), require_schemas._enum(require_signals.DIALECTS.map(({ name }) => name))).optional().describe("Which product a registry is, by host, where its name and answers do not tell; names are those of the support table")
	}).optional(),
	build: require_schemas.strictObject({
		context: require_schemas.string().optional().describe("The directory to build; this file’s own when not given"),
		base: require_schemas.string().optional().describe("The image to build on; nothing (scratch) when not given"),
		layers: require_schemas.array(layer).optional().describe("What goes where; the whole context to / when not given"),
		platforms: require_schemas.array(require_schemas.string()).optional().describe("os/architecture[/variant]; several give an index"),
		entrypoint: require_schemas.array(require_schemas.string()).optional(),
		cmd: require_schemas.array(require_schemas.string()).optional(),
		env: require_schemas.record(require_schemas.string(), text).optional(),
		user: require_schemas.string().optional(),
		workdir: require_schemas.string().optional(),
		ports: require_schemas.array(text).optional().describe("Ports the program listens on, e.g. 8080 or 53/udp"),
		labels: require_schemas.record(require_schemas.string(), text).optional(),
		annotations: require_schemas.record(require_schemas.string(), text).optional()
	}).optional().describe("How the image is built"),
	defaults: require_schemas.record(require_schemas.string(), require_schemas.record(require_schemas.string(), inputValue)).optional().describe("Inputs of steps when they are not given: step → input → value"),
	pipeline: require_schemas.array(require_schemas.union([require_schemas.string(), require_schemas.strictObject({
		step: require_schemas.string(),
		with: require_schemas.record(require_schemas.string(), inputValue).optional()
	})])).optional().describe("The steps that `ferry run` takes, in order")
});
function ferryFileJsonSchema() {
	return {
		$id: "ferry.schema.json",
		title: "ferry.yaml",
		...require_schemas.toJSONSchema(ferryFile, {
			target: "draft-7",
			io: "input"
		})
	};
}

exports.ferryFile = ferryFile;
exports.ferryFileJsonSchema = ferryFileJsonSchema;