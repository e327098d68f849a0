const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_failure = require("./failure.cjs");
const require_suggest = require("./suggest.cjs");
const require_signals = require("./signals.cjs");
const require_schemas = require("./schemas.cjs");
let node_fs_promises = require("node:fs/promises");

// src/registry/target/faults/plan.ts
const offset = (about) => require_schemas.int().min(0).describe(about);
const headerName = require_schemas.string().regex(/^[A-Za-z0-9-]{1,100}$/, "a header name has letters, digits and dashes").describe("name of the header");
const headerValue = require_schemas.string().regex(/^[\x20-\x7e]*$/, "a header value is one line of ASCII");
const headers = require_schemas.record(headerName, headerValue);
const digest = require_schemas.string().regex(/^[\x21-\x7e]{1,200}$/, "a digest has no blanks; it need not be a valid one");
const match = require_schemas.strictObject({
	method: require_schemas._enum([
		"GET",
		"HEAD",
		"POST",
		"PUT",
		"PATCH",
		"DELETE"
	]).optional().describe("The method of the request"),
	path: require_schemas.string().min(1).max(1e3).optional().describe("An RE2 pattern (linear time) found anywhere in path and query; anchor it with ^ and $"),
	repository: require_schemas.string().optional().describe("The repository, whole: team/app"),
	larger: require_schemas.int().min(0).optional().describe("Only requests with a body of more bytes, by their Content-Length"),
	nth: require_schemas.int().min(1).optional().describe("Only the request that matches for the nth time, counted from 1")
});
const answer = require_schemas.strictObject({
	status: require_schemas.int().min(200).max(599).describe("HTTP status"),
	headers: headers.optional().describe("Headers of the answer"),
	body: require_schemas.string().optional().describe("Body of the answer")
});
const redirect = require_schemas.strictObject({
	to: headerValue.describe("Location: a URL or path; {path} stands for path and query of the request"),
	status: require_schemas.union([
		301,
		302,
		303,
		307,
		308
	].map((status) => require_schemas.literal(status))).optional().describe("307 when not given")
});
const fault = require_schemas.strictObject({
	answer: answer.optional().describe("Is answered instead; the registry does nothing"),
	redirect: redirect.optional().describe("Sends the client somewhere else; the registry does nothing"),
	lose: require_schemas._enum(["request", "answer"]).optional().describe("Cuts the connection before the registry has done anything (request), or after it has done it and before it answers (answer)"),
	resetUpload: offset("Resets the connection after so many bytes of what the client sends; the registry does nothing").optional(),
	cutUpload: offset("Hands the registry so many bytes of what the client sends, then resets the connection; what arrived stays").optional(),
	hang: require_schemas.int().min(1).max(36e5).optional().describe("Says nothing for so many milliseconds, then closes the connection; the registry does nothing"),
	duplicate: require_schemas.literal(true).optional().describe("The request is carried out twice, as a proxy does that tries again; the second answer is sent"),
	reset: offset("Resets the connection after so many bytes of the body of the answer").optional(),
	truncate: offset("Ends the connection after so many bytes of the body, without an error; Content-Length promises all").optional(),
	truncateUnsaid: offset("The same, but no Content-Length says how much it should have been").optional(),
	corrupt: offset("Changes one bit of the byte at this offset of the body, so that the digest is wrong").optional(),
	append: require_schemas.string().min(1).optional().describe("Sends this text after the body; Content-Length counts it"),
	slow: require_schemas.int().min(1).optional().describe("Sends the body with so many bytes per second"),
	digest: digest.optional().describe("Says this in Docker-Content-Digest"),
	length: require_schemas.int().min(0).optional().describe("Says this in Content-Length, sends what there is, and closes the connection"),
	drop: require_schemas.array(headerName).min(1).optional().describe("Leaves these headers out"),
	set: headers.optional().describe("Answers as usual, with these headers changed or added"),
	otherwise: require_schemas.string().regex(/^[/$][\x21-\x7e]*$/, "a path begins with / or a group").optional().describe("Where the registry would answer 404, carries out the request for this path instead; $1 to $9 stand for the groups of match.path"),
	status: require_schemas.strictObject({
		from: require_schemas.int().min(100).max(599),
		to: require_schemas.int().min(200).max(599)
	}).optional().describe("Where the registry would answer with the one status, answers with the other")
}).refine((one) => Object.keys(one).length === 1, "a rule has exactly one fault; write one rule for each").meta({
	minProperties: 1,
	maxProperties: 1
});
const rule$1 = require_schemas.strictObject({
	match: match.optional().describe("Which requests; all when not given. Everything that is named must be so"),
	fault: fault.describe("What goes wrong; exactly one of"),
	probability: require_schemas.number().gt(0).max(1).optional().describe("How often it happens; the seed decides which requests it hits. 1 when not given"),
	times: require_schemas.int().min(1).optional().describe("At most so many times; 1 when nth is given, and otherwise without an end")
});
const faultPlan = require_schemas.strictObject({
	$schema: require_schemas.string().optional(),
	seed: require_schemas.int().min(0).max(4294967295).optional().describe("For probability: the same seed and the same requests give the same faults. 1 when not given"),
	quirks: require_schemas._enum(require_signals.DIALECTS.map(({ name }) => name)).optional().describe("Behaves like this registry product where it differs; after the rules"),
	rules: require_schemas.array(rule$1).min(1).max(1e3).optional().describe("The first rule that applies decides about a request")
});

// src/registry/target/faults/read-plan.ts
const LARGEST = 1048576;
const REFERENCE = "docs/reference/faults.md lists every field.";
async function readFaultPlan(file) {
	let text;
	try {
		if ((await (0, node_fs_promises.stat)(file)).size > LARGEST) throw new require_failure.Failure("CONFIG_INVALID", `${file} is larger than 1 MiB`, { hint: "A fault plan has at most 1000 rules." });
		text = await (0, node_fs_promises.readFile)(file, "utf8");
	} catch (error) {
		if (error instanceof require_failure.Failure) throw error;
		throw new require_failure.Failure("FILE_UNREADABLE", `cannot read the fault plan ${file}`, {
			cause: error,
			hint: "Name an existing YAML or JSON file."
		});
	}
	const { load } = await Promise.resolve().then(() => require("./js-yaml.cjs"));
	let document;
	try {
		document = load(text);
	} catch (error) {
		throw new require_failure.Failure("CONFIG_INVALID", `${file} is not YAML`, {
			cause: error,
			hint: REFERENCE
		});
	}
	return parseFaultPlan(document, file);
}
function parseFaultPlan(document, what = "the fault plan") {
	const read = faultPlan.safeParse(document);
	if (read.success) {
		if (read.data.rules !== void 0 || read.data.quirks !== void 0) return read.data;
		throw new require_failure.Failure("CONFIG_INVALID", `${what} has neither rules nor quirks`, { hint: REFERENCE });
	}
	const problems = read.error.issues.map((issue) => {
		const at = issue.path.map(String).join(".");
		const meant = issue.code === "unrecognized_keys" ? require_suggest.suggest(issue.keys[0] ?? "", KEYS) : void 0;
		const hint = meant === void 0 ? {} : { hint: `Did you mean ${meant}?` };
		return new require_failure.Failure("CONFIG_INVALID", `${what}: ${at === "" ? "" : `${at}: `}${textOf(issue)}`, hint);
	});
	throw new require_failure.Failure("CONFIG_INVALID", `${what} does not have the expected form`, {
		more: problems,
		hint: REFERENCE
	});
}
function textOf(issue) {
	return issue.code === "invalid_key" ? issue.issues?.[0]?.message ?? issue.message : issue.message;
}
const rule = faultPlan.shape.rules.unwrap().element.shape;
const KEYS = [
	...Object.keys(faultPlan.shape),
	...Object.keys(rule),
	...Object.keys(rule.fault.shape),
	...Object.keys(rule.match.unwrap().shape)
];

exports.readFaultPlan = readFaultPlan;