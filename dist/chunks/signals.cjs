const require_product = require("./product.cjs");
const require_failure_codes = require("./failure-codes.cjs");
const require_failure = require("./failure.cjs");
const require_printable = require("./printable.cjs");
const require_names = require("./names.cjs");
const require_call = require("./call.cjs");
const require_secret = require("./secret.cjs");
const require_json = require("./json.cjs");
const require_digest = require("./digest.cjs");
const require_limit = require("./limit.cjs");
const require_reference = require("./reference.cjs");
const require_field = require("./field.cjs");
const require_suggest = require("./suggest.cjs");
let node_fs = require("node:fs");
let node_crypto = require("node:crypto");
let node_fs_promises = require("node:fs/promises");
let node_path = require("node:path");
let node_os = require("node:os");
let node_stream = require("node:stream");

// src/kit/redact.ts
const SHORTEST = 4;
function createRedactor() {
	let forms = [];
	return {
		add(secret) {
			forms = [.../* @__PURE__ */ new Set([...forms, ...derivedForms(secret.reveal())])].toSorted((left, right) => right.length - left.length);
		},
		clean(text) {
			let clean = text;
			for (const form of forms) if (clean.includes(form)) clean = clean.replaceAll(form, "***");
			return clean;
		}
	};
}
function derivedForms(value) {
	const plain = [value, ...value.split(/\r?\n/).map((line) => line.trim())];
	const encoded = plain.flatMap((text) => [
		encodeURIComponent(text),
		JSON.stringify(text).slice(1, -1),
		...base64Forms(text)
	]);
	return [...plain, ...encoded].filter((form) => form.length >= SHORTEST);
}
function base64Forms(text) {
	if (text.length < SHORTEST) return [];
	return [
		0,
		1,
		2
	].flatMap((shift) => {
		const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)]);
		const start = Math.ceil(shift * 8 / 6);
		const whole = Math.floor(bytes.length * 8 / 6);
		const form = bytes.toString("base64").slice(start, whole);
		const urlForm = form.replaceAll("+", "-").replaceAll("/", "_");
		return form.length >= 6 ? [form, urlForm] : [];
	});
}

// src/step/failure-text.ts
function failureText(failure) {
	const lines = [];
	for (const inner of failure.more) lines.push({
		label: "also",
		text: require_printable.printable(`${inner.message}${inner.hint === void 0 ? "" : ` — ${inner.hint}`}`, 800)
	});
	const why = require_failure.reasons(failure).filter((reason) => !failure.message.includes(reason));
	if (why.length > 0) lines.push({
		label: "why",
		text: require_printable.printable(why.join(": "), 600)
	});
	if (failure.hint !== void 0) lines.push({
		label: "fix",
		text: require_printable.printable(failure.hint, 600)
	});
	lines.push({
		label: "more",
		text: docsUrl(failure.code)
	});
	return {
		headline: `${failure.code}  ${require_printable.printable(failure.message, 600)}`,
		lines
	};
}
function docsUrl(code) {
	return `${require_product.PRODUCT.home}/blob/main/docs/reference/errors.md#${code.toLowerCase()}`;
}

// src/hosts/words.ts
function logText({ level, message, fields }) {
	const pairs = Object.entries(fields).flatMap(([key, value]) => value === void 0 ? [] : [`${key}=${quoted(String(value))}`]);
	return `${level === "warn" ? "ferry: warning: " : level === "error" ? "ferry: error: " : "ferry: "}${message}${pairs.length === 0 ? "" : `  ${pairs.join(" ")}`}`;
}
function quoted(text) {
	const shown = require_printable.printable(text);
	return /[\s"=]/.test(shown) ? JSON.stringify(shown) : shown;
}
function failureLines(failure) {
	const { headline, lines } = failureText(failure);
	return [`ferry: error: ${headline}`, ...lines.map((line) => `  ${line.label.padEnd(4)}  ${line.text}`)];
}

// src/kit/clock.ts
const systemClock = { now: () => /* @__PURE__ */ new Date() };
function frozenClock(moment) {
	return { now: () => moment };
}
function rfc3339(date) {
	return date.toISOString().replace(/\.\d{3}Z$/, "Z");
}

// src/registry/http/addresses.ts
const RANGES = [
	["loopback", [[
		"127.0.0.0",
		8,
		"ipv4"
	], [
		"::1",
		128,
		"ipv6"
	]]],
	["forbidden", [
		[
			"0.0.0.0",
			8,
			"ipv4"
		],
		[
			"169.254.0.0",
			16,
			"ipv4"
		],
		[
			"100.100.100.200",
			32,
			"ipv4"
		],
		[
			"168.63.129.16",
			32,
			"ipv4"
		],
		[
			"192.0.0.192",
			32,
			"ipv4"
		],
		[
			"224.0.0.0",
			4,
			"ipv4"
		],
		[
			"240.0.0.0",
			4,
			"ipv4"
		],
		[
			"::",
			128,
			"ipv6"
		],
		[
			"fe80::",
			10,
			"ipv6"
		],
		[
			"fd00:ec2::254",
			128,
			"ipv6"
		],
		[
			"ff00::",
			8,
			"ipv6"
		]
	]],
	["private", [
		[
			"10.0.0.0",
			8,
			"ipv4"
		],
		[
			"172.16.0.0",
			12,
			"ipv4"
		],
		[
			"192.168.0.0",
			16,
			"ipv4"
		],
		[
			"100.64.0.0",
			10,
			"ipv4"
		],
		[
			"fc00::",
			7,
			"ipv6"
		],
		[
			"fec0::",
			10,
			"ipv6"
		]
	]]
];
let lists;
function reachOf(address) {
	const net = process.getBuiltinModule("node:net");
	lists ??= RANGES.map(([reach, ranges]) => {
		const list = new net.BlockList();
		for (const [start, bits, family] of ranges) list.addSubnet(start, bits, family);
		return {
			reach,
			check: (text, family) => list.check(text, family)
		};
	});
	const plain = embeddedIpv4(address) ?? address;
	const family = net.isIP(plain);
	if (family === 0) return "forbidden";
	return lists.find((list) => list.check(plain, family === 4 ? "ipv4" : "ipv6"))?.reach ?? "public";
}
function embeddedIpv4(address) {
	if (!address.includes(":")) return void 0;
	const groups = expand(address);
	if (!groups) return void 0;
	const dotted = (high, low) => `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
	const [first = 0, second = 0, third = 0, , , sixth = 0, seventh = 0, eighth = 0] = groups;
	const zeros = groups.slice(0, 5).every((group) => group === 0);
	if (zeros && sixth === 65535) return dotted(seventh, eighth);
	if (zeros && sixth === 0 && (seventh !== 0 || eighth > 1)) return dotted(seventh, eighth);
	if (first === 100 && second === 65435) return dotted(seventh, eighth);
	return first === 8194 ? dotted(second, third) : void 0;
}
function expand(address) {
	if (!URL.canParse(`http://[${address.split("%")[0] ?? ""}]`)) return void 0;
	const [head = "", tail] = new URL(`http://[${address.split("%")[0] ?? ""}]`).hostname.slice(1, -1).split("::");
	const words = (part) => part === "" ? [] : part.split(":").map((word) => Number.parseInt(word, 16));
	const left = words(head);
	const right = tail === void 0 ? [] : words(tail);
	return [
		...left,
		...Array.from({ length: 8 - left.length - right.length }, () => 0),
		...right
	];
}
function mayReach(address, registry) {
	if (address === registry) return true;
	const there = reachOf(address);
	const here = reachOf(registry);
	if (there === "public") return true;
	if (there === "private") return here === "private" || here === "loopback";
	return there === "loopback" && here === "loopback";
}
function isLoopbackHost(hostname) {
	const plain = hostname.replace(/^\[|\]$/g, "").toLowerCase();
	if (plain === "localhost" || plain.endsWith(".localhost")) return true;
	return process.getBuiltinModule("node:net").isIP(plain) !== 0 && reachOf(plain) === "loopback";
}
function guardedLookup(registry) {
	return (hostname, options, callback) => {
		process.getBuiltinModule("node:dns").lookup(hostname, {
			...options,
			all: true
		}, (error, found) => {
			if (error) return callback(error, "", 0);
			const allowed = found.filter(({ address }) => mayReach(address, registry));
			const first = allowed[0];
			if (!first) return callback(refused(hostname), "", 0);
			if (options.all) return callback(null, allowed);
			return callback(null, first.address, first.family);
		});
	};
}
function refused(hostname) {
	return Object.assign(/* @__PURE__ */ new Error(`${hostname} is an address on the inside, where this registry must not send us`), { code: "ERR_ADDRESS_REFUSED" });
}

// src/registry/http/error-body.ts
const MOST_ENTRIES = 8;
function parseErrors(bytes) {
	if (bytes.length === 0) return [];
	let json;
	try {
		json = JSON.parse(Buffer.from(bytes).toString("utf8"));
	} catch {
		return [];
	}
	if (typeof json !== "object" || json === null || !("errors" in json)) return [];
	return (Array.isArray(json.errors) ? json.errors : [json.errors]).slice(0, MOST_ENTRIES).flatMap((entry) => {
		if (typeof entry === "string") return [{
			code: "",
			message: require_printable.printable(entry, 300)
		}];
		if (typeof entry !== "object" || entry === null) return [];
		const code = "code" in entry && typeof entry.code === "string" ? entry.code : "";
		const message = "message" in entry && typeof entry.message === "string" ? entry.message : "";
		return [{
			code: require_printable.printable(code, 60).toUpperCase(),
			message: require_printable.printable(message, 300)
		}];
	});
}
function errorText(errors, bytes) {
	if (errors.length > 0) return errors.map(({ code, message }) => [code, message].filter((word) => word !== "").join(": ")).join("; ");
	return require_printable.printable(Buffer.from(bytes.subarray(0, 600)).toString("utf8").trim(), 200);
}

// src/registry/http/request.ts
const LARGEST$3 = {
	manifest: 8388608,
	token: 131072,
	error: 65536,
	tags: 4194304
};
function numberHeader(answer, name) {
	const text = answer.headers[name];
	return text !== void 0 && /^[0-9]{1,15}$/.test(text) ? Number(text) : void 0;
}
function contentType(answer) {
	return (answer.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}

// src/registry/http/request-line.ts
const PLAIN_PARAMETERS = /* @__PURE__ */ new Set([
	"ns",
	"n",
	"last",
	"digest",
	"mount",
	"from",
	"artifactType",
	"service",
	"scope"
]);
const PASSING_STATUS = /* @__PURE__ */ new Set([
	408,
	425,
	429,
	499,
	500,
	502,
	503,
	504,
	522
]);
function isPassing(status) {
	return PASSING_STATUS.has(status);
}
function requestLine(hop, status, milliseconds) {
	return {
		method: hop.method,
		url: safeUrl(hop.url),
		status,
		milliseconds,
		authorized: "authorization" in hop.headers
	};
}
function safeUrl(url) {
	const query = [...url.searchParams].map(([name, value]) => `${name}=${PLAIN_PARAMETERS.has(name) ? value : "***"}`).join("&");
	return `${url.origin}${url.pathname}${query === "" ? "" : `?${query}`}`;
}

// src/registry/http/wire-error.ts
var WireError = class extends Error {
	name = "WireError";
	code;
	stale;
	constructor(code, message, options = {}) {
		super(message, options.cause === void 0 ? void 0 : { cause: options.cause });
		this.code = code;
		this.stale = options.stale ?? false;
	}
};
const PASSING = /* @__PURE__ */ new Set([
	"ECONNRESET",
	"EPIPE",
	"ETIMEDOUT",
	"EAI_AGAIN",
	"ECONNABORTED",
	"ENETRESET",
	"ENOTFOUND",
	"ERR_STREAM_PREMATURE_CLOSE",
	"HPE_INVALID_EOF_STATE"
]);
const TRUST = /^(?:CERT_|ERR_TLS_CERT|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)/;
function worthTrying(error, tried) {
	if (error.code === "ENOTFOUND") return tried < 2;
	return PASSING.has(error.code);
}
function isTrouble(error) {
	return PASSING.has(error.code) && error.code !== "ENOTFOUND" && !error.stale;
}
function isTrustError(error) {
	return TRUST.test(error.code);
}
function isPlainAnswer(error) {
	return error.code === "ERR_SSL_WRONG_VERSION_NUMBER" || error.code === "ERR_SSL_PACKET_LENGTH_TOO_LONG" || error.code === "EPROTO" && /wrong version number|packet length too long/i.test(error.message);
}
function toWireError(error, stale = false) {
	if (error instanceof WireError) return error;
	const plain = error instanceof Error ? error : new Error(String(error));
	const code = "code" in plain && typeof plain.code === "string" ? plain.code : "ECONNRESET";
	const inner = plain instanceof AggregateError ? plain.errors.map((each) => each instanceof Error ? each.message : String(each)).join("; ") : plain.message;
	return new WireError(code, inner === "" ? code : inner, {
		cause: plain.cause,
		stale
	});
}

// src/registry/http/tunnel.ts
const PROXY_WANTS_LOGIN = "EPROXYAUTH";
const PROXY_REFUSED = "EPROXYREFUSED";
const PROXY_UNREACHABLE = "EPROXYDOWN";
const PATIENCE$2 = 1e4;
function createTunnelAgent(proxy, options, authorities) {
	const { Agent: SecureAgent } = process.getBuiltinModule("node:https");
	const agent = new SecureAgent(options);
	const pending = /* @__PURE__ */ new Set();
	const hand = async (target, done) => {
		let socket;
		try {
			socket = await openTunnel(proxy, target, authorities, pending);
		} catch (error) {
			return done(toWireError(error), new (process.getBuiltinModule("node:net")).Socket());
		}
		done(null, socket);
	};
	agent.createConnection = (target, done) => {
		if (done) hand(target, done);
	};
	agent.destroy = () => {
		for (const one of pending) one.destroy(new WireError("ECONNABORTED", "the connection is no longer needed"));
		SecureAgent.prototype.destroy.call(agent);
	};
	return agent;
}
async function openTunnel(proxy, target, authorities, pending) {
	const host = String(target.host ?? "");
	const socket = await askWay(proxy, `${host.includes(":") ? `[${host}]` : host}:${target.port ?? 443}`, authorities, pending);
	const { path: _none, ...rest } = target;
	const secured = process.getBuiltinModule("node:tls").connect({
		...rest,
		socket
	});
	return await within(secured, pending, "the connection through the proxy took too long", (resolve, reject) => {
		secured.once("error", (error) => {
			socket.destroy();
			reject(error);
		});
		secured.once("secureConnect", () => resolve(secured));
	});
}
function askWay(proxy, authority, ca, pending) {
	const secure = proxy.url.protocol === "https:";
	const { request: open } = process.getBuiltinModule(secure ? "node:https" : "node:http");
	const request = open(proxy.url, {
		method: "CONNECT",
		path: authority,
		agent: false,
		headers: {
			host: authority,
			...proxy.authorization ? { "proxy-authorization": proxy.authorization.reveal() } : {}
		},
		...secure && ca ? { ca } : {}
	});
	return within(request, pending, "there was no answer in time", (resolve, reject) => {
		request.once("connect", (answer, socket, head) => {
			if (answer.statusCode !== 200) {
				socket.destroy();
				return reject(refusalOf(proxy, answer.statusCode ?? 0));
			}
			if (head.length > 0) socket.unshift(head);
			resolve(socket);
		});
		request.once("error", (error) => reject(unreachable(proxy, error)));
		request.end();
	});
}
async function within(ends, pending, late, start) {
	pending.add(ends);
	const timer = setTimeout(() => ends.destroy(new WireError("ETIMEDOUT", late)), PATIENCE$2);
	try {
		return await new Promise(start);
	} finally {
		clearTimeout(timer);
		pending.delete(ends);
	}
}
function refusalOf(proxy, status) {
	if (status === 407) {
		const given = proxy.authorization ? "refuses the user and password it was given" : "wants a user and password";
		return new WireError(PROXY_WANTS_LOGIN, `the proxy ${proxy.url.host} ${given} (407)`);
	}
	return new WireError(PROXY_REFUSED, `the proxy ${proxy.url.host} answered ${status} instead of opening a way through`);
}
function unreachable(proxy, error) {
	return new WireError(PROXY_UNREACHABLE, `the proxy ${proxy.url.host} cannot be reached: ${toWireError(error).message}`, { cause: error });
}

// src/registry/http/status-failure.ts
function networkFailure(what, url, error) {
	const facts = {
		host: url.host,
		network: error.code
	};
	const message = `cannot ${what}`;
	if (error.code === "EPROXYAUTH") return new require_failure.Failure("AUTH_DENIED", message, {
		cause: error.message,
		facts,
		hint: "Put the right user and password into HTTPS_PROXY or HTTP_PROXY (http://user:password@proxy:3128), or name the registry in NO_PROXY. Special characters are written as %40 and the like."
	});
	if (error.code === "EPROXYREFUSED" || error.code === "EPROXYDOWN") {
		const first = error.code === "EPROXYREFUSED" ? `Ask whoever runs the proxy to let ${url.host} through` : "Look whether HTTPS_PROXY and HTTP_PROXY are right and the proxy runs";
		return new require_failure.Failure("REGISTRY_UNAVAILABLE", message, {
			cause: `${url.host}: ${error.message}`,
			facts,
			hint: `${first}, or name ${url.hostname} in NO_PROXY when it is reached without one.`
		});
	}
	if (error.code === "ERR_ADDRESS_REFUSED") return new require_failure.Failure("REDIRECT_REFUSED", message, {
		cause: error.message,
		facts,
		hint: "The registry names a place inside your network or the cloud metadata service. If that is meant, use the registry by its inside address."
	});
	if (isTrustError(error)) return new require_failure.Failure("TLS_UNTRUSTED", message, {
		cause: `the certificate of ${url.host} is not trusted: ${error.message}`,
		facts,
		hint: `Name the authority that signed it in a PEM file (ca-file), or have the certificate of ${url.host} renewed.`
	});
	if (isPlainAnswer(error)) return new require_failure.Failure("REGISTRY_UNAVAILABLE", message, {
		cause: `${url.host} speaks plain HTTP, not HTTPS`,
		facts,
		hint: `If that is meant, list ${url.host} under plain-http.`
	});
	if (error.code.startsWith("HPE_")) return new require_failure.Failure("PROTOCOL_ERROR", message, {
		cause: `${url.host} does not answer with HTTP (${error.code})`,
		facts,
		hint: "Is this the address and port of a registry? Does it want https?"
	});
	const hints = {
		ENOTFOUND: `No machine has the name ${url.hostname}. A typing mistake? Is a VPN or a proxy needed?`,
		ECONNREFUSED: `Nothing listens at ${url.host}. Is the registry started, is the port right?`
	};
	return new require_failure.Failure("REGISTRY_UNAVAILABLE", message, {
		cause: `${url.host}: ${error.message}`,
		facts,
		hint: hints[error.code] ?? "Run the same command again in a while; what was done is kept."
	});
}
function statusFailure(what, answer, identity, repository) {
	const host = new URL(answer.url).host;
	const codes = answer.errors.map(({ code }) => code).filter((code) => code !== "");
	const text = errorText(answer.errors, answer.bytes);
	const options = {
		cause: `${host} answered ${answer.status}${text === "" ? "" : `: ${text}`}`,
		facts: {
			host,
			status: answer.status,
			codes
		}
	};
	const message = `cannot ${what}`;
	const { status } = answer;
	if (status === 401 || status === 403) {
		const notes = identity.notes.length > 0 ? ` Note: ${identity.notes.join("; ")}.` : "";
		if (identity.anonymous) return new require_failure.Failure("AUTH_REQUIRED", message, {
			...options,
			hint: `Log in to the registry (docker login ${repository.split("/")[0]}) or give user name and password.${notes}`
		});
		return new require_failure.Failure("AUTH_DENIED", `${message} ${identity.words}`, {
			...options,
			hint: `The credentials are wrong, or lack the right for ${repository}. Ask whoever runs the registry for pull, push or delete as needed.${notes}`
		});
	}
	if (status === 429) return new require_failure.Failure("RATE_LIMITED", message, {
		...options,
		hint: "Too many requests in a short time. Run the same command again later, log in, or use a mirror."
	});
	if (isPassing(status) || status >= 500) return new require_failure.Failure("REGISTRY_UNAVAILABLE", message, {
		...options,
		hint: "Run the same command again in a while; what was done is kept."
	});
	if (status === 413) return new require_failure.Failure("LIMIT_REACHED", message, {
		...options,
		hint: "The registry or a proxy before it limits the size of uploads (nginx: client_max_body_size)."
	});
	return notRegistry(what, answer) ?? new require_failure.Failure("PROTOCOL_ERROR", message, {
		...options,
		hint: "The registry answered something that is not expected here."
	});
}
function notRegistry(what, answer) {
	if (!contentType(answer).includes("html")) return void 0;
	const host = new URL(answer.url).host;
	return new require_failure.Failure("PROTOCOL_ERROR", `cannot ${what}`, {
		cause: `${host} answered ${answer.status} with a web page: ${require_printable.printable(Buffer.from(answer.bytes.subarray(0, 600)).toString("utf8").replaceAll(/\s+/g, " ").trim(), 120)}`,
		hint: "This is not a registry. A captive portal, a login page or a proxy stands in between, or the host name is wrong.",
		facts: {
			host,
			status: answer.status
		}
	});
}

// src/registry/http/auth/challenge.ts
const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]/;
const TOKEN68 = /[A-Za-z0-9._~+/-]/;
const LONGEST = 16384;
function parseChallenges(header) {
	const text = header ?? "";
	if (text.length > LONGEST) return [];
	const found = [];
	let at = 0;
	const skip = (characters) => {
		while (at < text.length && characters.includes(text.charAt(at))) at += 1;
	};
	const run = (allowed) => {
		const start = at;
		while (at < text.length && allowed.test(text.charAt(at))) at += 1;
		return text.slice(start, at);
	};
	while (at < text.length) {
		skip(" 	,");
		const word = run(TOKEN);
		if (word === "") {
			at += 1;
			continue;
		}
		skip(" 	");
		if (text.charAt(at) === "=") {
			at += 1;
			skip(" 	");
			const value = text.charAt(at) === "\"" ? quoted() : run(/[^\s,]/);
			const parameters = found.at(-1)?.parameters;
			const name = word.toLowerCase();
			if (parameters && !parameters.has(name)) parameters.set(name, value);
		} else {
			found.push({
				scheme: word.toLowerCase(),
				parameters: /* @__PURE__ */ new Map()
			});
			passToken68();
		}
	}
	return found;
	function quoted() {
		at += 1;
		let value = "";
		while (at < text.length && text.charAt(at) !== "\"") {
			if (text.charAt(at) === "\\") at += 1;
			value += text.charAt(at);
			at += 1;
		}
		at += 1;
		return value;
	}
	function passToken68() {
		const start = at;
		const value = run(TOKEN68);
		skip("=");
		skip(" 	");
		if (value === "" || at < text.length && text.charAt(at) !== ",") at = start;
	}
}

// src/registry/http/auth/realm.ts
const HANDED_OUT = /* @__PURE__ */ new Set([
	"ac",
	"co",
	"com",
	"edu",
	"go",
	"gob",
	"gov",
	"gouv",
	"mil",
	"ne",
	"net",
	"nom",
	"or",
	"org",
	"sch"
]);
const SHARED = /* @__PURE__ */ new Set([
	"amazonaws.com",
	"azurecr.io",
	"azurewebsites.net",
	"cloudapp.net",
	"cloudfront.net",
	"duckdns.org",
	"fly.dev",
	"github.io",
	"gitlab.io",
	"googleapis.com",
	"herokuapp.com",
	"netlify.app",
	"ngrok.io",
	"ngrok.app",
	"pages.dev",
	"pkg.dev",
	"run.app",
	"sslip.io",
	"nip.io",
	"vercel.app",
	"web.app",
	"windows.net",
	"workers.dev"
]);
const PAIRS = /* @__PURE__ */ new Map([["registry-1.docker.io", "auth.docker.io"]]);
function readRealm(realm, registry, what) {
	if (realm === void 0 || !URL.canParse(realm, registry.href)) throw new require_failure.Failure("PROTOCOL_ERROR", `cannot ${what}`, { cause: `${registry.host} wants a token and does not say from where` });
	const url = new URL(realm, registry);
	const refuse = (why) => new require_failure.Failure("REDIRECT_REFUSED", `cannot ${what}`, {
		cause: `${registry.host} names a token server ${why}`,
		hint: "No credentials were sent there. Check the token realm in the configuration of the registry."
	});
	if (url.protocol !== "https:" && url.protocol !== "http:") throw refuse(`that is a ${url.protocol.slice(0, 20)} address`);
	if (url.username !== "" || url.password !== "") throw refuse("with a user name in its address");
	if (url.protocol === "http:" && registry.protocol === "https:") throw refuse(`without TLS (${url.host})`);
	url.hash = "";
	return {
		url,
		trusted: belongTogether(registry, url)
	};
}
function belongTogether(registry, realm) {
	if (registry.hostname === realm.hostname) return true;
	if (realm.protocol !== "https:") return false;
	if (PAIRS.get(registry.hostname) === realm.hostname) return true;
	const domain = registrableDomain(registry.hostname);
	return domain !== void 0 && domain === registrableDomain(realm.hostname);
}
function registrableDomain(hostname) {
	if (process.getBuiltinModule("node:net").isIP(hostname.replace(/^\[|\]$/g, "")) !== 0) return void 0;
	const labels = hostname.toLowerCase().split(".");
	const last = labels.at(-1) ?? "";
	const second = labels.at(-2);
	if (second === void 0) return void 0;
	const suffix = last.length === 2 && HANDED_OUT.has(second) || isShared(labels) ? sharedDepth(labels) : 1;
	return labels.length > suffix ? labels.slice(-(suffix + 1)).join(".") : void 0;
}
function isShared(labels) {
	return SHARED.has(labels.slice(-2).join("."));
}
function sharedDepth(labels) {
	return isShared(labels) ? Math.max(2, labels.length - 1) : 2;
}

// src/registry/http/auth/scope.ts
function repositoryScope(path, ...actions) {
	return {
		type: "repository",
		name: path,
		actions
	};
}
function parseScopes(text) {
	return (text ?? "").split(" ").flatMap((word) => {
		const first = word.indexOf(":");
		const last = word.lastIndexOf(":");
		if (first <= 0 || last === first) return [];
		return [{
			type: word.slice(0, first),
			name: word.slice(first + 1, last),
			actions: word.slice(last + 1).split(",").filter((action) => action !== "")
		}];
	});
}
function mergeScopes(...lists) {
	const merged = /* @__PURE__ */ new Map();
	for (const scope of lists.flat()) {
		const key = `${scope.type}:${scope.name}`;
		const known = merged.get(key) ?? {
			type: scope.type,
			name: scope.name,
			actions: /* @__PURE__ */ new Set()
		};
		for (const action of scope.actions) known.actions.add(action);
		merged.set(key, known);
	}
	return [...merged.values()].map(({ type, name, actions }) => ({
		type,
		name,
		actions: [...actions]
	}));
}
function printScope(scope) {
	return `${scope.type}:${scope.name}:${scope.actions.join(",")}`;
}
function covers(held, needed) {
	return needed.every((want) => want.actions.every((action) => held.some((have) => have.type === want.type && have.name === want.name && (have.actions.includes(action) || have.actions.includes("*")))));
}

// src/registry/http/timing.ts
const DEFAULT_TIMING = {
	connect: 1e4,
	headers: 3e4,
	idle: 3e4,
	window: 6e4,
	leastRate: 1024,
	scale: 1,
	backoff: (tried) => Math.random() * Math.min(3e4, 500 * 2 ** (tried - 1))
};
const COMMIT_RATE = 8388608;
function answerTime(timing, size) {
	return timing.headers + size / COMMIT_RATE * 1e3;
}
function createWatch(timing, late) {
	let timer;
	let since = 0;
	let waited = 0;
	let bytes = 0;
	return {
		wait(what, milliseconds) {
			clearTimeout(timer);
			since = performance.now();
			timer = setTimeout(() => late(new WireError("ETIMEDOUT", `${what} took longer than ${Math.round(milliseconds / 1e3)} s`)), milliseconds);
		},
		moved(count) {
			clearTimeout(timer);
			waited += performance.now() - since;
			bytes += count;
			if (waited < timing.window) return;
			if (bytes < timing.leastRate * timing.window / 1e3) late(new WireError("ETIMEDOUT", `fewer than ${timing.leastRate} bytes per second came through`));
			waited = 0;
			bytes = 0;
		},
		stop() {
			clearTimeout(timer);
		}
	};
}

// src/registry/http/send-body.ts
const PIECE = 65536;
async function sendBody(request, body, { watch, timing, counters, settled, woken }) {
	let sent = 0;
	for await (const chunk of body.open()) {
		if (settled()) return;
		sent += chunk.length;
		if (sent > body.size) throw wrongLength(sent, body.size);
		for (let at = 0; at < chunk.length; at += PIECE) {
			const piece = chunk.subarray(at, at + PIECE);
			if (!request.write(piece)) {
				watch.wait("sending", timing.idle);
				await new Promise((resolve) => {
					woken(resolve);
					if (settled() || request.destroyed) resolve();
				});
				if (settled()) return;
				watch.moved(piece.length);
			}
			counters.bytesOut += piece.length;
		}
	}
	if (sent !== body.size) throw wrongLength(sent, body.size);
	if (settled()) return;
	request.end();
	watch.wait("the answer", answerTime(timing, body.size));
}
function wrongLength(sent, size) {
	return new require_failure.Failure("DIGEST_MISMATCH", `the content to send has ${sent > size ? "more than the" : `${sent} bytes instead of the`} promised ${size} bytes`, { hint: "The source does not hold what its descriptor says; nothing was stored." });
}

// src/registry/http/exchange.ts
const LARGEST_HEADERS = 65536;
async function exchange(hop, connections, timing, counters, call) {
	require_call.throwIfStopped(call);
	const line = connections.to(hop.url, hop.guard);
	counters.requests += 1;
	return new Promise((resolve, reject) => {
		const request = line.request(...target(hop, line));
		let reason;
		let settled = false;
		let connected = false;
		let wake = () => {};
		const end = (why) => {
			reason ??= why;
			request.destroy();
		};
		const release = endOnStop(call, end);
		const watch = createWatch(timing, end);
		const fail = (error) => {
			wake();
			if (settled) return;
			settled = true;
			watch.stop();
			release();
			reject(reason ?? errorOf(error, line, connected, request.reusedSocket));
		};
		request.on("error", fail);
		request.on("close", () => fail(new WireError("ECONNRESET", "the connection was closed before there was an answer", { stale: request.reusedSocket })));
		request.on("drain", () => wake());
		request.on("response", (message) => {
			settled = true;
			watch.stop();
			wake();
			if (line.handsOver && line.proxy && message.statusCode === 407) {
				release();
				request.destroy();
				return reject(refusalOf(line.proxy, 407));
			}
			resolve(wireOf(request, message, {
				proxied: line.proxy !== void 0,
				onBreak: hop.onBreak,
				timing,
				counters,
				end,
				release,
				why: () => reason
			}));
		});
		const begin = async () => {
			if (!hop.body) {
				request.end();
				return watch.wait("the answer", timing.headers);
			}
			await sendBody(request, hop.body, {
				watch,
				timing,
				counters,
				settled: () => settled,
				woken: (resume) => wake = resume
			});
		};
		watch.wait("the connection", timing.connect);
		request.on("socket", (socket) => {
			const ready = () => {
				connected = true;
				watch.stop();
				begin().catch((error) => end(error));
			};
			if (socket.connecting) socket.once("encrypted" in socket ? "secureConnect" : "connect", ready);
			else ready();
		});
	});
}
function target(hop, { agent, proxy, handsOver }) {
	const options = {
		method: hop.method,
		headers: hop.headers,
		agent,
		maxHeaderSize: LARGEST_HEADERS
	};
	if (!handsOver || !proxy) return [hop.url, options];
	const own = proxy.authorization ? { "proxy-authorization": proxy.authorization.reveal() } : {};
	return [proxy.url, {
		...options,
		path: hop.url.href,
		headers: {
			...hop.headers,
			host: hop.url.host,
			...own
		}
	}];
}
function errorOf(error, { proxy, handsOver }, connected, reused) {
	return proxy && handsOver && !connected ? unreachable(proxy, error) : toWireError(error, reused);
}
function endOnStop(call, end) {
	const stop = () => end(require_call.stopReason(call.signal));
	call.signal.addEventListener("abort", stop, { once: true });
	const left = call.deadline === void 0 ? void 0 : Math.max(0, call.deadline - performance.now());
	const timer = left === void 0 ? void 0 : setTimeout(() => end(new require_failure.Failure("DEADLINE", "the allowed time is used up")), left);
	return () => {
		clearTimeout(timer);
		call.signal.removeEventListener("abort", stop);
	};
}
function wireOf(request, message, { proxied, onBreak, timing, counters, end, release, why }) {
	const close = () => {
		release();
		if (!message.complete || !request.writableEnded) request.destroy();
	};
	message.on("error", () => {});
	return {
		status: message.statusCode ?? 0,
		headers: message.headers,
		address: proxied ? "" : message.socket.remoteAddress ?? "",
		async *chunks() {
			const watch = createWatch(timing, end);
			const pieces = message[Symbol.asyncIterator]();
			try {
				for (;;) {
					watch.wait("the next piece of the answer", timing.idle);
					const next = await pieces.next();
					if (next.done === true) break;
					watch.moved(next.value.length);
					counters.bytesIn += next.value.length;
					yield next.value;
				}
				if (!message.complete) throw new WireError("ECONNRESET", "the connection was closed in the middle of the answer");
			} catch (error) {
				const cause = why() ?? toWireError(error);
				if (cause instanceof WireError) onBreak?.(cause);
				throw cause;
			} finally {
				watch.stop();
				close();
			}
		},
		discard() {
			release();
			if (message.complete && request.writableEnded) message.resume();
			else request.destroy();
		}
	};
}

// src/registry/http/read-answer.ts
async function readCapped(chunks, largest) {
	const pieces = [];
	let length = 0;
	for await (const piece of chunks) {
		length += piece.length;
		if (length > largest) return void 0;
		pieces.push(piece);
	}
	return pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces, length);
}
function decodeBody(bytes, encoding, largest, what) {
	const zlib = process.getBuiltinModule("node:zlib");
	const options = { maxOutputLength: largest };
	try {
		switch (encoding.trim().toLowerCase()) {
			case "":
			case "identity": return bytes;
			case "gzip":
			case "x-gzip": return zlib.gunzipSync(bytes, options);
			case "deflate": return zlib.inflateSync(bytes, options);
			case "br": return zlib.brotliDecompressSync(bytes, options);
		}
	} catch (error) {
		if (error instanceof RangeError) throw tooLarge(what, largest);
		throw new require_failure.Failure("PROTOCOL_ERROR", `cannot ${what}`, { cause: `the answer says it is ${encoding}, but cannot be decoded` });
	}
	throw new require_failure.Failure("PROTOCOL_ERROR", `cannot ${what}`, { cause: `the answer came encoded as ${encoding.slice(0, 40)}, which was not asked for` });
}
function tooLarge(what, largest) {
	return new require_failure.Failure("LIMIT_REACHED", `cannot ${what}`, {
		cause: `the answer is larger than ${largest} bytes`,
		hint: "Nothing that large is expected here; is this a registry?"
	});
}

// src/registry/http/redirect.ts
const REDIRECTS = /* @__PURE__ */ new Set([
	301,
	302,
	303,
	307,
	308
]);
const HARMLESS = /* @__PURE__ */ new Set([
	"accept",
	"accept-encoding",
	"content-length",
	"content-type",
	"range",
	"user-agent"
]);
function isRedirect(status) {
	return REDIRECTS.has(status);
}
function readLocation(location, from, what) {
	if (location === void 0 || !URL.canParse(location, from.href)) throw new require_failure.Failure("PROTOCOL_ERROR", `cannot ${what}`, { cause: `${from.host} sends us on without saying where` });
	const url = new URL(location, from);
	if (url.protocol !== "https:" && url.protocol !== "http:") throw refuse(what, from, `to a ${url.protocol.slice(0, 20)} address`);
	if (from.protocol === "https:" && url.protocol === "http:") throw refuse(what, from, `from https to plain http at ${url.host}`);
	if (url.username !== "" || url.password !== "") throw refuse(what, from, "to an address with a user name in it");
	url.hash = "";
	return url;
}
function refuse(what, from, where) {
	return new require_failure.Failure("REDIRECT_REFUSED", `cannot ${what}`, {
		cause: `${from.host} sends us ${where}`,
		hint: "kubeferry does not go there. If a proxy stands before the registry, make it pass on the scheme and host it was asked for (X-Forwarded-Proto, Host)."
	});
}
function harmlessHeaders(headers) {
	return Object.fromEntries(Object.entries(headers).filter(([name]) => HARMLESS.has(name)));
}
function mayFollow(method, status, sameOrigin, follow) {
	if (method === "GET" || method === "HEAD") return sameOrigin || follow === "anywhere";
	return sameOrigin && (status === 307 || status === 308) && method !== "DELETE";
}

// src/registry/http/one-hop.ts
async function oneHop(hop, delivery, transport, call) {
	const started = performance.now();
	const wire = await exchange(hop, transport.connections, transport.timing, transport.counters, call);
	transport.addresses.set(hop.url.origin, wire.address);
	transport.onRequest?.(requestLine(hop, wire.status, performance.now() - started));
	const headers = joined(wire.headers);
	const warning = /^299 \S+ "(.{1,4000})"/.exec(headers["warning"] ?? "")?.[1];
	if (warning !== void 0) transport.warn(`${hop.url.host} says: ${require_printable.printable(warning)}`);
	const common = {
		status: wire.status,
		headers,
		url: hop.url.href
	};
	if (delivery.largest === "stream" && (wire.status === 200 || wire.status === 206)) return {
		...common,
		bytes: /* @__PURE__ */ new Uint8Array(),
		chunks: wire.chunks(),
		errors: []
	};
	const { bytes, whole } = await readWhole(wire, hop, delivery, headers["content-encoding"] ?? "");
	return {
		...common,
		bytes,
		errors: whole && wire.status >= 400 ? parseErrors(bytes) : []
	};
}
async function readWhole(wire, hop, delivery, encoding) {
	const none = {
		bytes: /* @__PURE__ */ new Uint8Array(),
		whole: false
	};
	if (isRedirect(wire.status)) {
		wire.discard();
		return none;
	}
	const good = wire.status < 400;
	const largest = good && typeof delivery.largest === "number" ? delivery.largest : LARGEST$3.error;
	const announced = Number(wire.headers["content-length"] ?? 0);
	if (hop.method !== "HEAD" && announced > largest) {
		wire.discard();
		if (good) throw tooLarge(delivery.what, largest);
		return none;
	}
	const bytes = await readCapped(wire.chunks(), largest);
	if (bytes === void 0) {
		if (good) throw tooLarge(delivery.what, largest);
		return none;
	}
	if (bytes.length === 0 || encoding === "") return {
		bytes,
		whole: true
	};
	return {
		bytes: decodeBody(bytes, encoding, largest, delivery.what),
		whole: true
	};
}
function joined(headers) {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]));
}

// src/registry/http/retry-after.ts
const EPOCH$1 = 1e9;
const EPOCH_MILLISECONDS = EPOCH$1 * 1e3;
const UNITS = {
	h: 36e5,
	m: 6e4,
	s: 1e3,
	ms: 1
};
function parseRetryAfter(value, now) {
	const text = value?.trim() ?? "";
	if (text.length > 64) return void 0;
	if (/^[0-9]{1,13}(?:\.[0-9]{1,9})?$/.test(text)) {
		const number = Number(text);
		if (number > EPOCH_MILLISECONDS) return Math.max(0, number - now);
		return number > EPOCH$1 ? Math.max(0, number * 1e3 - now) : number * 1e3;
	}
	if (/^(?:[0-9]{1,6}(?:\.[0-9]{1,9})?(?:h|ms|m|s)){1,4}$/.test(text)) return [...text.matchAll(/([0-9.]+)(ms|h|m|s)/g)].reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit ?? ""] ?? 0), 0);
	if (!/^(?:[A-Za-z]{3,9},? |[0-9]{4}-[0-9]{2}-[0-9]{2}T)/.test(text)) return void 0;
	const moment = Date.parse(/(?:GMT|UTC|Z|[+-][0-9]{2}:?[0-9]{2})$/.test(text) ? text : `${text}${text.includes("T") && text.includes("-") ? "Z" : " GMT"}`);
	return Number.isNaN(moment) ? void 0 : Math.max(0, moment - now);
}

// src/registry/http/deliver.ts
const TRIES = 5;
const PATIENCE$1 = 6e4;
const LEAST_WAIT = 1e3;
const LONGEST_GUESS = 3e4;
async function deliver(delivery, transport, call) {
	const tries = delivery.tries ?? TRIES;
	const lane = transport.lane(delivery.url.host);
	lane.earn();
	for (let tried = 1;; tried += 1) {
		let wait;
		try {
			const answer = await travel(delivery, transport, call);
			if (!isPassing(answer.status)) return answer;
			const asked = restOf(answer, tried, delivery, transport, call);
			if (delivery.expect.includes(answer.status) || tried >= tries) return answer;
			if (asked === void 0 && !afford(lane, delivery, transport)) return answer;
			wait = asked ?? transport.timing.backoff(tried);
		} catch (error) {
			if (!(error instanceof WireError)) throw error;
			const grownOld = error.stale && tried === 1;
			if (tried >= tries || !worthTrying(error, tried) || !(grownOld || afford(lane, delivery, transport))) throw networkFailure(delivery.what, delivery.url, error);
			wait = grownOld ? 0 : transport.timing.backoff(tried);
		}
		if (call.deadline !== void 0 && performance.now() + wait > call.deadline) throw new require_failure.Failure("DEADLINE", `cannot ${delivery.what}`, {
			cause: "the allowed time ends before the next try",
			hint: "Allow more time, or run the same command again later."
		});
		await require_call.pause(wait, call);
	}
}
function afford(lane, { url }, transport) {
	if (lane.spend()) return true;
	transport.warn(`${url.host} fails so often that no request is tried again until some succeed`);
	return false;
}
function restOf(answer, tried, delivery, transport, call) {
	const asked = parseRetryAfter(answer.headers["retry-after"], Date.now());
	if (asked === void 0 && answer.status !== 429) return void 0;
	const host = new URL(answer.url).host;
	const { scale } = transport.timing;
	const wait = asked === void 0 ? Math.min(LONGEST_GUESS, LEAST_WAIT * 2 ** (tried - 1)) * scale : Math.max(LEAST_WAIT, asked) * scale;
	const late = call.deadline !== void 0 && performance.now() + wait > call.deadline;
	if (asked !== void 0 && (asked > PATIENCE$1 || late)) {
		const moment = new Date(Date.now() + asked).toISOString();
		throw new require_failure.Failure("RATE_LIMITED", `cannot ${delivery.what}`, {
			cause: `${host} asks to wait until ${moment}${late && asked <= PATIENCE$1 ? ", when the allowed time is over" : ""}`,
			hint: "Run the same command again after that. Logging in, or a mirror, raises the limit at most registries.",
			facts: {
				status: answer.status,
				retryAt: moment
			}
		});
	}
	transport.lane(host).rest(wait);
	return wait;
}
async function travel(delivery, transport, call) {
	let url = delivery.url;
	let method = delivery.method;
	let headers = {
		...delivery.headers,
		"user-agent": transport.userAgent,
		"accept-encoding": "identity"
	};
	let atHome = url.origin === delivery.home;
	if (!atHome) headers = harmlessHeaders(headers);
	else if (delivery.authorization !== void 0) headers["authorization"] = delivery.authorization;
	let guard = delivery.guard;
	for (let hops = 0;; hops += 1) {
		const body = method === delivery.method ? delivery.body : void 0;
		const lane = transport.lane(url.host);
		const began = performance.now();
		const hop = {
			method,
			url,
			headers: withLength(headers, method, body?.size),
			...body === void 0 ? {} : { body },
			...guard === void 0 ? {} : { guard },
			onBreak: (error) => lane.broke(error, began)
		};
		const answer = await lane.run(body !== void 0 && body.size > 0, () => oneHop(hop, delivery, transport, call), call);
		if (!isRedirect(answer.status)) return answer;
		const next = readLocation(answer.headers["location"], url, delivery.what);
		const same = next.origin === url.origin;
		if (!mayFollow(method, answer.status, same, delivery.follow)) return answer;
		if (hops >= 5) throw new require_failure.Failure("REDIRECT_REFUSED", `cannot ${delivery.what}`, { cause: `${delivery.url.host} sends us on more than ${5} times, last to ${next.host}` });
		if (answer.status === 303 && method !== "HEAD") method = "GET";
		if (!same) {
			headers = harmlessHeaders(headers);
			atHome = false;
		}
		if (!atHome) guard ??= transport.addresses.get(delivery.home) ?? "";
		url = next;
	}
}
function withLength(headers, method, size) {
	if (method === "GET" || method === "HEAD" || method === "DELETE") return { ...headers };
	return {
		...headers,
		"content-length": String(size ?? 0)
	};
}

// src/registry/http/auth/token.ts
const USUAL_LIFE = 60;
const CLIENT_ID = "kubeferry";
const FORM = "application/x-www-form-urlencoded";
async function askToken(question, transport, call) {
	const { credential } = question;
	if (credential?.kind === "identity") {
		const answer = await deliver(oauthDelivery(question, credential.token), transport, call);
		if (answer.status !== 404 && answer.status !== 405) return answer.status === 200 ? readToken(answer, question) : answer;
	}
	const answer = await deliver(getDelivery(question), transport, call);
	return answer.status === 200 ? readToken(answer, question) : answer;
}
function base(question) {
	return {
		what: question.what,
		home: question.realm.origin,
		largest: LARGEST$3.token,
		expect: [],
		follow: "origin",
		...question.guard === void 0 ? {} : { guard: question.guard }
	};
}
function getDelivery(question) {
	const { realm, service, scopes, credential } = question;
	const parameters = new URLSearchParams();
	if (service !== void 0) parameters.set("service", service);
	for (const scope of scopes) parameters.append("scope", printScope(scope));
	parameters.set("client_id", CLIENT_ID);
	if (credential?.kind === "basic") parameters.set("account", credential.username);
	const url = new URL(realm);
	url.search = [url.search.slice(1), parameters.toString()].filter((part) => part !== "").join("&");
	return {
		...base(question),
		method: "GET",
		url,
		headers: { accept: "application/json" },
		...credential?.kind === "basic" ? { authorization: basicHeader(credential.username, credential.password) } : {},
		...credential?.kind === "identity" && credential.username !== "" ? { authorization: basicHeader(credential.username, credential.token) } : {}
	};
}
function oauthDelivery(question, identity) {
	const form = new URLSearchParams({
		grant_type: "refresh_token",
		client_id: CLIENT_ID,
		refresh_token: identity.reveal()
	});
	if (question.service !== void 0) form.set("service", question.service);
	if (question.scopes.length > 0) form.set("scope", question.scopes.map(printScope).join(" "));
	return {
		...base(question),
		method: "POST",
		url: question.realm,
		headers: {
			accept: "application/json",
			"content-type": FORM
		},
		body: textPayload(form.toString())
	};
}
function textPayload(text) {
	const bytes = Buffer.from(text);
	return {
		size: bytes.length,
		async *open() {
			yield bytes;
		}
	};
}
function basicHeader(username, password) {
	return `Basic ${Buffer.from(`${username}:${password.reveal()}`).toString("base64")}`;
}
function readToken(answer, question) {
	const odd = (why) => new require_failure.Failure("PROTOCOL_ERROR", `cannot ${question.what}`, { cause: `the token server ${question.realm.host} answered ${why}` });
	let json;
	try {
		json = JSON.parse(Buffer.from(answer.bytes).toString("utf8"));
	} catch {
		throw odd("with something that is not JSON");
	}
	if (typeof json !== "object" || json === null) throw odd("with something that is not an object");
	const access = "access_token" in json ? json.access_token : void 0;
	const value = typeof access === "string" && access !== "" ? access : "token" in json ? json.token : void 0;
	if (typeof value !== "string" || !/^[\x21-\x7e]+$/.test(value)) throw odd("without a usable token");
	const seconds = Number("expires_in" in json ? json.expires_in : USUAL_LIFE);
	const life = Math.max(USUAL_LIFE, Number.isFinite(seconds) ? seconds : USUAL_LIFE) * 1e3;
	return {
		value: new require_secret.Secret(value),
		until: performance.now() + life,
		life,
		scopes: question.scopes
	};
}

// src/registry/http/auth/token-store.ts
const AHEAD_OF_UPLOAD = 12e4;
const AHEAD = 1e4;
function createTokenStore() {
	const tokens = /* @__PURE__ */ new Map();
	const flights = /* @__PURE__ */ new Map();
	const keep = (key, scopes, token) => {
		const others = (tokens.get(key) ?? []).filter((other) => fresh(other, false) && !covers(scopes, other.scopes));
		tokens.set(key, [...others, {
			...token,
			scopes
		}]);
		return token;
	};
	return {
		find: (key, scopes, upload) => tokens.get(key)?.find((token) => covers(token.scopes, scopes) && fresh(token, upload)),
		async once(key, scopes, fetchToken, call) {
			const name = `${key} ${scopes.map(printScope).join(" ")}`;
			for (;;) {
				require_call.throwIfStopped(call);
				const running = flights.get(name);
				if (!running) {
					const flight = fetchToken().then((token) => keep(key, scopes, token)).finally(() => flights.delete(name));
					flights.set(name, flight);
					return await flight;
				}
				try {
					return await running;
				} catch (error) {
					if (!require_failure.isFailure(error) || ![
						"INTERRUPTED",
						"TERMINATED",
						"DEADLINE"
					].includes(error.code)) throw error;
				}
			}
		},
		forget(header) {
			for (const [key, list] of tokens) tokens.set(key, list.filter((token) => `Bearer ${token.value.reveal()}` !== header));
		}
	};
}
function fresh(token, upload) {
	return token.until - performance.now() > Math.min(upload ? AHEAD_OF_UPLOAD : AHEAD, token.life / (upload ? 2 : 4));
}

// src/registry/http/auth/authorizer.ts
const MOST_EXTRA_SCOPES = 16;
function createAuthorizer(transport, originOf, find) {
	const demands = /* @__PURE__ */ new Map();
	const tokens = createTokenStore();
	const extraScopes = /* @__PURE__ */ new Map();
	const withheld = /* @__PURE__ */ new Map();
	const repositoryKey = (repository) => `${repository.registry}/${repository.path}`;
	const needed = (request) => mergeScopes(request.scopes, extraScopes.get(repositoryKey(request.repository)) ?? []);
	async function bearer(request, demand, credential, call) {
		if (credential?.kind === "bearer") return `Bearer ${credential.token.reveal()}`;
		const registry = originOf(request.repository.registry);
		const realm = readRealm(demand.realm, registry, request.what);
		let shown = credential;
		if (credential && !realm.trusted) {
			withheld.set(repositoryKey(request.repository), `the credentials from ${credential.from} were not sent to the token server ${realm.url.host}, which does not belong to ${registry.host}`);
			shown = void 0;
		}
		const scopes = needed(request);
		const key = `${realm.url.href} ${demand.service ?? ""} ${shown?.id ?? "anonymous"}`;
		const held = tokens.find(key, scopes, request.body !== void 0);
		if (held) return `Bearer ${held.value.reveal()}`;
		const guard = realm.url.host === registry.host ? void 0 : transport.addresses.get(registry.origin) ?? "";
		const fetchToken = async (wanted) => {
			const answer = await askToken({
				what: request.what,
				realm: realm.url,
				service: demand.service,
				scopes: wanted,
				credential: shown,
				guard
			}, transport, call);
			if ("value" in answer) return answer;
			if (wanted.length > request.scopes.slice(0, 1).length && answer.status >= 400 && answer.status < 500 && answer.status !== 429) return await fetchToken(request.scopes.slice(0, 1));
			throw await refusal(request, answer, call);
		};
		return `Bearer ${(await tokens.once(key, scopes, () => fetchToken(scopes), call)).value.reveal()}`;
	}
	async function refusal(request, answer, call) {
		return statusFailure(request.what, answer, await identity(request.repository, call), repositoryKey(request.repository));
	}
	async function identity(repository, call) {
		const { credential, notes } = await find(repository, call);
		const kept = withheld.get(repositoryKey(repository));
		const all = kept === void 0 ? notes : [...notes, kept];
		if (!credential) return {
			words: "anonymously",
			anonymous: true,
			notes: all
		};
		return {
			words: `as ${credential.kind === "basic" ? credential.username : "the holder of a token"} (credentials from ${credential.from})`,
			anonymous: false,
			notes: all
		};
	}
	async function header(request, call) {
		const demand = demands.get(originOf(request.repository.registry).origin);
		if (!demand) return void 0;
		const { credential } = await find(request.repository, call);
		if (demand.scheme === "bearer") return await bearer(request, demand, credential, call);
		if (credential?.kind === "basic") return basicHeader(credential.username, credential.password);
		return credential?.kind === "bearer" ? `Bearer ${credential.token.reveal()}` : void 0;
	}
	return {
		header,
		identity,
		async learn(request, answer, used, call) {
			const registry = originOf(request.repository.registry);
			if (new URL(answer.url).origin !== registry.origin) return false;
			const challenges = parseChallenges(answer.headers["www-authenticate"]);
			const challenge = challenges.find(({ scheme }) => scheme === "bearer") ?? challenges.find(({ scheme }) => scheme === "basic");
			if (!challenge) return false;
			const { parameters } = challenge;
			const demand = {
				scheme: challenge.scheme === "basic" ? "basic" : "bearer",
				realm: parameters.get("realm"),
				service: parameters.get("service")
			};
			demands.set(registry.origin, demand);
			if (demand.scheme === "bearer") {
				const key = repositoryKey(request.repository);
				const asked = parseScopes(parameters.get("scope"));
				if (!covers(needed(request), asked)) extraScopes.set(key, mergeScopes(extraScopes.get(key) ?? [], asked).slice(0, MOST_EXTRA_SCOPES));
				if (used !== void 0) tokens.forget(used);
			}
			const next = await header(request, call);
			return next !== void 0 && next !== used;
		}
	};
}

// src/registry/http/certificates.ts
function createCertificates(caFiles, directories) {
	let common;
	const hosts = /* @__PURE__ */ new Map();
	const forAll = () => {
		common ??= caFiles.length === 0 ? { key: "" } : {
			key: "",
			authorities: [...usualAuthorities(), ...caFiles.map(readAuthority)]
		};
		return common;
	};
	return (url) => {
		const known = hosts.get(url.host);
		if (known) return known;
		const found = ownDirectory(url, directories);
		const made = found === void 0 ? forAll() : readHost(found, forAll());
		hosts.set(url.host, made);
		return made;
	};
}
function ownDirectory(url, directories) {
	const names = url.port === "" ? [url.host, `${url.host}:443`] : [url.host];
	for (const directory of directories.flatMap((parent) => names.map((name) => (0, node_path.join)(parent, name)))) try {
		return {
			directory,
			names: (0, node_fs.readdirSync)(directory)
		};
	} catch (error) {
		const code = error instanceof Error && "code" in error ? error.code : "";
		if (code === "ENOENT" || code === "ENOTDIR") continue;
		throw new require_failure.Failure("FILE_UNREADABLE", `cannot read the certificates for ${url.host} in ${directory}`, {
			cause: error,
			hint: "Make the directory readable for this user, or take it away."
		});
	}
}
function readHost({ directory, names }, common) {
	const authorities = names.filter((name) => name.endsWith(".crt")).map((name) => readAuthority((0, node_path.join)(directory, name)));
	const certificates = names.filter((name) => name.endsWith(".cert")).toSorted();
	const lonely = certificates.find((name) => !names.includes(`${stem(name)}.key`));
	if (lonely !== void 0) throw new require_failure.Failure("CONFIG_INVALID", `cannot use the client certificate ${(0, node_path.join)(directory, lonely)}`, {
		cause: `its key ${stem(lonely)}.key is missing`,
		hint: "Put the key beside it. A certificate of an authority has the ending .crt."
	});
	const [first] = certificates;
	return {
		key: directory,
		...authorities.length > 0 ? { authorities: [...common.authorities ?? usualAuthorities(), ...authorities] } : {},
		...authorities.length === 0 && common.authorities ? { authorities: common.authorities } : {},
		...first === void 0 ? {} : { client: readClient((0, node_path.join)(directory, first)) }
	};
}
function stem(name) {
	return name.slice(0, -5);
}
function readClient(file) {
	const pair = {
		cert: readPem(file),
		key: readPem(`${stem(file)}.key`)
	};
	return checked(file, pair, () => process.getBuiltinModule("node:tls").createSecureContext(pair));
}
function readAuthority(file) {
	const pem = readPem(file);
	return checked(file, pem, () => new (process.getBuiltinModule("node:crypto")).X509Certificate(pem));
}
function checked(file, value, check) {
	try {
		check();
		return value;
	} catch (error) {
		throw new require_failure.Failure("CONFIG_INVALID", `cannot use the certificate file ${file}`, {
			cause: error,
			hint: "It must be PEM (-----BEGIN CERTIFICATE-----), and a client certificate must belong to the key beside it, which must not be encrypted."
		});
	}
}
function usualAuthorities() {
	const tls = process.getBuiltinModule("node:tls");
	return typeof tls.getCACertificates === "function" ? tls.getCACertificates("default") : tls.rootCertificates;
}
function readPem(file) {
	try {
		return (0, node_fs.readFileSync)(file, "utf8");
	} catch (error) {
		throw new require_failure.Failure("FILE_UNREADABLE", `cannot read the certificate file ${file}`, {
			cause: error,
			hint: "Name a PEM file that this user may read."
		});
	}
}

// src/registry/http/proxy.ts
function createProxyChoice(network) {
	const known = /* @__PURE__ */ new Map();
	const exceptions = (network.noProxy ?? "").split(/[\s,]+/).filter((entry) => entry !== "");
	return (url) => {
		const secure = url.protocol === "https:";
		const given = (secure ? network.httpsProxy : network.httpProxy)?.trim() ?? "";
		if (given === "" || isLoopbackHost(url.hostname) || exceptions.some((entry) => matches(entry, url))) return void 0;
		const proxy = known.get(given) ?? readProxy(given, secure ? "HTTPS_PROXY" : "HTTP_PROXY");
		known.set(given, proxy);
		return proxy;
	};
}
function readProxy(text, name) {
	const odd = (cause) => new require_failure.Failure("CONFIG_INVALID", `cannot use the proxy of ${name}`, {
		cause,
		hint: `Set ${name} to a URL like http://proxy.example.com:3128, or unset it.`
	});
	const whole = text.includes("://") ? text : `http://${text}`;
	if (!URL.canParse(whole)) throw odd("it is not a URL");
	const url = new URL(whole);
	if (url.protocol !== "http:" && url.protocol !== "https:") throw odd(`${url.protocol.slice(0, 10)}// proxies are not supported, only http:// and https:// ones`);
	const { username, password } = url;
	const bare = new URL(url.origin);
	if (username === "" && password === "") return { url: bare };
	const pair = `${plain(username)}:${plain(password)}`;
	return {
		url: bare,
		authorization: new require_secret.Secret(`Basic ${Buffer.from(pair).toString("base64")}`)
	};
}
function plain(text) {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
function matches(entry, url) {
	if (entry === "*") return true;
	const host = bareHost(url.hostname);
	const port = url.port === "" ? url.protocol === "https:" ? "443" : "80" : url.port;
	const net = process.getBuiltinModule("node:net");
	const range = /^(.+)\/([0-9]{1,3})$/.exec(entry);
	if (range) return inRange(host, bareHost(range[1] ?? ""), Number(range[2]));
	const withPort = net.isIP(entry) === 0 ? /^(.+):([0-9]+)$/.exec(entry) : null;
	if (withPort && withPort[2] !== port) return false;
	const name = bareHost(withPort?.[1] ?? entry);
	if (net.isIP(name) !== 0 || net.isIP(host) !== 0) return name === host;
	const below = /^\*?\./.test(name) ? name.replace(/^\*/, "") : `.${name}`;
	return host.endsWith(below) || host === name;
}
function bareHost(host) {
	return host.replace(/^\[|\]$/g, "").replace(/\.$/, "").toLowerCase();
}
function inRange(host, network, bits) {
	const net = process.getBuiltinModule("node:net");
	const family = net.isIP(host);
	if (family === 0 || net.isIP(network) !== family || bits > (family === 4 ? 32 : 128)) return false;
	const kind = family === 4 ? "ipv4" : "ipv6";
	const list = new net.BlockList();
	list.addSubnet(network, bits, kind);
	return list.check(host, kind);
}

// src/registry/http/connections.ts
const IDLE_SOCKETS = 16;
function createConnections(caFiles, network) {
	const agents = /* @__PURE__ */ new Map();
	const proxyFor = createProxyChoice(network);
	const certificatesFor = createCertificates(caFiles, network.certificateDirectories ?? []);
	const agentFor = (url, guard, proxy) => {
		const secure = url.protocol === "https:";
		const certificates = secure ? certificatesFor(url) : proxy?.url.protocol === "https:" ? certificatesFor(proxy.url) : { key: "" };
		const key = [
			secure,
			guard ?? "named",
			proxy?.url.href ?? "",
			certificates.key
		].join(" ");
		const known = agents.get(key);
		if (known) return known;
		const options = {
			keepAlive: true,
			maxFreeSockets: IDLE_SOCKETS,
			scheduling: "lifo",
			...guard === void 0 || proxy ? {} : { lookup: guardedLookup(guard) },
			...certificates.authorities ? { ca: certificates.authorities } : {},
			...certificates.client
		};
		const { Agent: Plain } = process.getBuiltinModule("node:http");
		const { Agent: Secure } = process.getBuiltinModule("node:https");
		const agent = secure && proxy ? createTunnelAgent(proxy, options, certificatesFor(proxy.url).authorities) : new ((proxy?.url ?? url).protocol === "https:" ? Secure : Plain)(options);
		agents.set(key, agent);
		return agent;
	};
	return {
		to(url, guard) {
			const hostname = url.hostname.replace(/^\[|\]$/g, "");
			if (guard !== void 0 && process.getBuiltinModule("node:net").isIP(hostname) !== 0 && !mayReach(hostname, guard)) throw toWireError(refused(url.hostname));
			const proxy = proxyFor(url);
			const agent = agentFor(url, guard, proxy);
			const handsOver = proxy !== void 0 && url.protocol === "http:";
			return {
				request: (handsOver ? proxy.url : url).protocol === "https:" ? process.getBuiltinModule("node:https").request : process.getBuiltinModule("node:http").request,
				agent,
				handsOver,
				...proxy ? { proxy } : {}
			};
		},
		close() {
			for (const agent of agents.values()) agent.destroy();
			agents.clear();
		}
	};
}

// src/registry/http/credentials/docker-config.ts
const HUB_KEYS = [
	"docker.io",
	"https://index.docker.io/v1/",
	"index.docker.io",
	"registry-1.docker.io"
];
function parseDockerConfig(text) {
	let json = {};
	if (text.trim() !== "") try {
		json = JSON.parse(text.replace(/^\uFEFF/, ""));
	} catch {
		return;
	}
	if (!isRecord(json)) return void 0;
	const auths = new Map(Object.entries(isRecord(json["auths"]) ? json["auths"] : {}).flatMap(([key, entry]) => isRecord(entry) ? [[key, entry]] : []));
	const helpers = new Map(Object.entries(isRecord(json["credHelpers"]) ? json["credHelpers"] : {}).flatMap(([key, name]) => typeof name === "string" ? [[key, name]] : []));
	const store = json["credsStore"];
	return {
		auths,
		credHelpers: helpers,
		credsStore: typeof store === "string" && store !== "" ? store : void 0
	};
}
function isRecord(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
function registryKeys(registry) {
	return registry === "docker.io" ? HUB_KEYS : [registry];
}
function serverName(registry) {
	return registry === "docker.io" ? "https://index.docker.io/v1/" : registry;
}
function matchAuth(config, repository) {
	const names = registryKeys(repository.registry);
	const components = repository.path.split("/");
	for (let length = components.length; length >= 0; length -= 1) for (const name of names) {
		const key = [name, ...components.slice(0, length)].join("/");
		const entry = config.auths.get(key);
		if (entry) return {
			key,
			entry
		};
	}
	for (const [key, entry] of config.auths) {
		const host = hostOfUrlKey(key);
		if (host !== void 0 && names.includes(host)) return {
			key,
			entry
		};
	}
}
function hostOfUrlKey(key) {
	return /^(?:https?:\/\/)?([^/\s]+)(?:\/?|\/v[12]\/?)$/i.exec(key)?.[1]?.toLowerCase();
}
function readAuth(entry, key, from) {
	const text = (name) => typeof entry[name] === "string" ? entry[name] : "";
	const known = {
		id: `${from}#${key}`,
		from
	};
	if (text("registrytoken") !== "") return {
		kind: "bearer",
		token: new require_secret.Secret(text("registrytoken")),
		...known
	};
	let username = text("username");
	let password = text("password");
	if (text("auth") !== "") {
		const plain = Buffer.from(text("auth"), "base64").toString("utf8").replace(/\0+$/, "");
		const colon = plain.indexOf(":");
		if (colon < 0) return `the entry ${JSON.stringify(key)} in ${from} has an "auth" that is not base64 of user:password`;
		username = plain.slice(0, colon);
		password = plain.slice(colon + 1);
	}
	if (text("identitytoken") !== "") return {
		kind: "identity",
		username,
		token: new require_secret.Secret(text("identitytoken")),
		...known
	};
	return username === "" ? void 0 : {
		kind: "basic",
		username,
		password: new require_secret.Secret(password),
		...known
	};
}

// src/kit/exec.ts
async function execute(execution, call) {
	require_call.throwIfStopped(call);
	const { execa } = await Promise.resolve().then(() => require("./execa.cjs"));
	const { program, args, environment, input, directory, timeout, largest } = execution;
	const groups = process.platform !== "win32";
	const child = execa(program, [...args], {
		env: { ...environment },
		extendEnv: false,
		shell: false,
		reject: false,
		stripFinalNewline: false,
		maxBuffer: largest,
		detached: groups,
		cleanup: true,
		...input === void 0 ? { stdin: "ignore" } : { input },
		...directory === void 0 ? {} : { cwd: directory }
	});
	const end = () => {
		if (child.pid === void 0) return;
		try {
			process.kill(groups ? -child.pid : child.pid, "SIGKILL");
		} catch {}
	};
	let late = false;
	const timer = setTimeout(() => {
		late = true;
		end();
	}, timeout);
	call.signal.addEventListener("abort", end, { once: true });
	try {
		const result = await child;
		if (call.signal.aborted) throw require_call.stopReason(call.signal);
		if (late) throw new require_failure.Failure("DEADLINE", `${program} did not end within ${Math.round(timeout / 1e3)} s`);
		if (result.isMaxBuffer) throw new require_failure.Failure("LIMIT_REACHED", `${program} printed more than ${largest} characters`);
		if (result.exitCode === void 0) {
			const code = result.code ?? "";
			if (code === "ENOENT" || code === "EACCES") throw new require_failure.Failure("TOOL_MISSING", `cannot start ${program}`, { cause: code === "ENOENT" ? "there is no such program on the PATH" : "it may not be executed" });
			throw new require_failure.Failure("TOOL_MISSING", `${program} did not end by itself`, { cause: result.signal ?? result.originalMessage ?? "unknown" });
		}
		return {
			exitCode: result.exitCode,
			stdout: result.stdout ?? "",
			stderr: result.stderr ?? ""
		};
	} finally {
		clearTimeout(timer);
		call.signal.removeEventListener("abort", end);
		end();
	}
}

// src/registry/http/credentials/native-store.ts
const NAME = /^[A-Za-z0-9._-]+$/;
const NOT_FOUND = "credentials not found in native keychain";
const TIMEOUT = 3e4;
const LARGEST$2 = 1048576;
async function askNativeStore(name, server, environment, call, timeout = TIMEOUT) {
	const program = `docker-credential-${name}`;
	const unreadable = (cause) => new require_failure.Failure("CREDENTIALS_UNREADABLE", `cannot get credentials for ${server} from ${require_printable.printable(program, 100)}`, {
		cause,
		hint: `Try: echo ${server} | ${require_printable.printable(program, 100)} get`,
		facts: { helper: require_printable.printable(program, 100) }
	});
	if (!NAME.test(name)) throw unreadable("the name of a helper has only letters, digits, dots, dashes and underscores");
	let result;
	try {
		result = await execute({
			program,
			args: ["get"],
			input: `${server}\n`,
			environment,
			timeout,
			largest: LARGEST$2
		}, call);
	} catch (error) {
		if (call.signal.aborted || !require_failure.isFailure(error)) throw error;
		throw unreadable(error);
	}
	if (result.exitCode !== 0) {
		const said = result.stdout.trim();
		if (said === NOT_FOUND) return void 0;
		throw unreadable(`it ended with ${result.exitCode}: ${require_printable.printable(said === "" ? result.stderr.trim() : said, 200)}`);
	}
	let json;
	try {
		json = JSON.parse(result.stdout);
	} catch {
		throw unreadable("it did not print JSON");
	}
	if (typeof json !== "object" || json === null) throw unreadable("it did not print an object");
	const username = "Username" in json && typeof json.Username === "string" ? json.Username : "";
	const secret = "Secret" in json && typeof json.Secret === "string" ? json.Secret : "";
	if (secret === "") return void 0;
	const known = {
		id: `${program}#${server}`,
		from: program
	};
	if (username === "<token>") return {
		kind: "identity",
		username: "",
		token: new require_secret.Secret(secret),
		...known
	};
	return {
		kind: "basic",
		username,
		password: new require_secret.Secret(secret),
		...known
	};
}

// src/registry/http/credentials/find-credential.ts
const LARGEST_CONFIG = 1048576;
function createCredentialFinder(sources) {
	const found = /* @__PURE__ */ new Map();
	const answers = /* @__PURE__ */ new Map();
	let configs;
	const ask = (name, repository, call) => {
		const server = serverName(repository.registry);
		return remembered(answers, `${name} ${server}`, () => askNativeStore(name, server, sources.environment, call));
	};
	async function search(repository, call) {
		const explicit = sources.explicit?.find(({ registry }) => registryKeys(repository.registry).includes(registry));
		if (explicit) return {
			credential: {
				kind: "basic",
				id: explicit.from,
				...explicit
			},
			notes: []
		};
		configs ??= readConfigs(sources);
		const notes = [];
		for (const { from, config, note } of await configs) {
			if (note !== void 0) notes.push(note);
			if (!config) continue;
			const key = registryKeys(repository.registry).find((name) => config.credHelpers.has(name));
			const helper = key === void 0 ? config.credsStore : config.credHelpers.get(key);
			const kept = helper === void 0 ? void 0 : await ask(helper, repository, call);
			if (kept) return {
				credential: {
					...kept,
					from: `${kept.from} (named in ${from})`
				},
				notes
			};
			const match = matchAuth(config, repository);
			const read = match === void 0 ? void 0 : readAuth(match.entry, match.key, from);
			if (typeof read === "string") notes.push(read);
			else if (read) return {
				credential: read,
				notes
			};
		}
		return {
			credential: void 0,
			notes
		};
	}
	return (repository, call) => remembered(found, `${repository.registry}/${repository.path}`, () => search(repository, call));
}
function remembered(known, key, work) {
	const running = known.get(key);
	if (running) return running;
	const started = work();
	known.set(key, started);
	started.catch(() => known.delete(key));
	return started;
}
async function readConfigs(sources) {
	const inline = sources.dockerAuthConfig === void 0 ? [] : [parsed(sources.dockerAuthConfig, "DOCKER_AUTH_CONFIG")];
	const files = await Promise.all(sources.dockerConfigFiles.map(async (path) => {
		try {
			const bytes = await (0, node_fs_promises.readFile)(path);
			if (bytes.length > LARGEST_CONFIG) return [{
				from: path,
				config: void 0,
				note: `${path} is larger than 1 MiB and was skipped`
			}];
			return [parsed(bytes.toString("utf8"), path)];
		} catch (error) {
			if (require_failure.isFailure(error)) throw error;
			const code = error instanceof Error && "code" in error ? String(error.code) : "";
			if (code === "ENOENT" || code === "ENOTDIR") return [];
			return [{
				from: path,
				config: void 0,
				note: `${path} could not be read (${code}) and was skipped`
			}];
		}
	}));
	return [...inline, ...files.flat()];
}
function parsed(text, from) {
	const config = parseDockerConfig(text);
	return config ? {
		from,
		config
	} : {
		from,
		config,
		note: `${from} is not JSON and was skipped`
	};
}

// src/registry/http/engine.ts
const MOST_LESSONS = 2;
function createEngine(transport, authorizer, originOf) {
	return { async send(request, call) {
		const home = originOf(request.repository.registry);
		const url = addressOf(request, home);
		for (let lessons = 0;; lessons += 1) {
			const away = url.origin !== home.origin;
			const authorization = away ? void 0 : await authorizer.header(request, call);
			const answer = await deliver({
				what: request.what,
				method: request.method,
				url,
				home: home.origin,
				headers: lowerNames(request.headers ?? {}),
				largest: request.largest,
				expect: request.expect,
				follow: request.follow,
				...request.body === void 0 ? {} : { body: request.body },
				...request.tries === void 0 ? {} : { tries: request.tries },
				...authorization === void 0 ? {} : { authorization },
				...away ? { guard: transport.addresses.get(home.origin) ?? "" } : {}
			}, transport, call);
			if (answer.status === 401 && lessons < MOST_LESSONS && await authorizer.learn(request, answer, authorization, call)) continue;
			if (request.expect.includes(answer.status)) return answer;
			for await (const _rest of answer.chunks ?? []) break;
			throw statusFailure(request.what, answer, await authorizer.identity(request.repository, call), `${request.repository.registry}/${request.repository.path}`);
		}
	} };
}
function addressOf(request, home) {
	const url = new URL(request.at, home);
	if (request.at.startsWith("/") && (url.origin !== home.origin || `${url.pathname}${url.search}` !== request.at)) throw new require_failure.Failure("INTERNAL", `cannot ${request.what}`, { cause: "the path of the request is not a plain one" });
	return url;
}
function lowerNames(headers) {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

// src/registry/http/breaker.ts
const ENOUGH = 8;
const FIRST_PAUSE = 1e3;
const LONGEST_PAUSE = 3e4;
const PATIENCE = 3e4;
function createBreaker(scale) {
	let failures = 0;
	let opened;
	let until = 0;
	let pauses = 0;
	const looks = /* @__PURE__ */ new Map();
	const startPause = () => {
		until = performance.now() + Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** pauses) * scale;
		pauses += 1;
	};
	const startLook = (kind) => {
		const { promise, resolve } = Promise.withResolvers();
		looks.set(kind, promise);
		return () => {
			looks.delete(kind);
			resolve();
		};
	};
	return {
		async enter(upload, call) {
			for (;;) {
				if (opened === void 0) return () => {};
				const now = performance.now();
				const look = looks.get("request") ?? (upload ? looks.get("upload") : void 0);
				if (now >= until && look === void 0) return startLook(upload ? "upload" : "request");
				if (now - opened > PATIENCE * scale) throw new WireError("EHOSTDOWN", `${failures} requests in a row failed, so it is left alone for a while`);
				if (now < until) await require_call.pause(Math.min(until, call.deadline ?? until) - now, call);
				else if (look) await orStopped(look, call);
				require_call.throwIfStopped(call);
			}
		},
		good() {
			failures = 0;
			opened = void 0;
			pauses = 0;
		},
		bad() {
			failures += 1;
			if (opened === void 0) {
				if (failures < ENOUGH) return;
				opened = performance.now();
				startPause();
			} else if (performance.now() >= until) startPause();
		}
	};
}
async function orStopped(over, call) {
	const { promise: stopped, reject } = Promise.withResolvers();
	const stop = () => reject(require_call.stopReason(call.signal));
	call.signal.addEventListener("abort", stop, { once: true });
	try {
		await Promise.race([over, stopped]);
	} finally {
		call.signal.removeEventListener("abort", stop);
	}
}

// src/registry/http/limiter.ts
const START = 6;
const LEAST = 1;
const MOST = 16;
const ROUNDS = 2;
function createLimiter() {
	let found = START;
	let ceiling = MOST;
	let credit = 0;
	let lowered = Number.NEGATIVE_INFINITY;
	let uploads = 0;
	let requests = 0;
	const row = [];
	const slots = () => Math.min(found, ceiling);
	const fits = (upload) => {
		if (!upload) return uploads + requests < slots() || requests === 0;
		return uploads < Math.max(1, slots() - 1) && uploads + requests < slots();
	};
	const count = (upload, by) => {
		if (upload) uploads += by;
		else requests += by;
	};
	const admit = () => {
		for (let at = 0; at < row.length;) {
			const next = row[at];
			if (!next || !fits(next.upload)) {
				at += 1;
				continue;
			}
			row.splice(at, 1);
			count(next.upload, 1);
			next.enter();
		}
	};
	return {
		async run(upload, work, call) {
			require_call.throwIfStopped(call);
			if (fits(upload)) count(upload, 1);
			else await turn(row, upload, call);
			try {
				require_call.throwIfStopped(call);
				return await work();
			} finally {
				count(upload, -1);
				admit();
			}
		},
		good() {
			if (row.length === 0 || found >= MOST) return;
			credit += 1;
			if (credit < ROUNDS * found) return;
			credit = 0;
			found += 1;
			admit();
		},
		overloaded(began) {
			if (began < lowered) return;
			lowered = performance.now();
			credit = 0;
			found = Math.max(LEAST, Math.floor(found / 2));
		},
		cap(most) {
			ceiling = Math.min(MOST, Math.max(LEAST, most));
			admit();
		},
		get slots() {
			return slots();
		}
	};
}
function turn(row, upload, call) {
	return new Promise((resolve, reject) => {
		const place = {
			upload,
			enter() {
				call.signal.removeEventListener("abort", leave);
				resolve();
			}
		};
		const leave = () => {
			const at = row.indexOf(place);
			if (at >= 0) row.splice(at, 1);
			reject(require_call.stopReason(call.signal));
		};
		row.push(place);
		call.signal.addEventListener("abort", leave, { once: true });
	});
}

// src/registry/http/rate-limit.ts
const EPOCH = 1e9;
function readRateLimit(headers, now) {
	const header = (name) => headers[`ratelimit-${name}`] ?? headers[`x-ratelimit-${name}`];
	const one = headers["ratelimit"] ?? "";
	const remaining = number(header("remaining")) ?? number(/(?:^|[;,\s])(?:remaining|r)=([0-9]+)/i.exec(one)?.[1]);
	if (remaining === void 0) return void 0;
	const limit = number(header("limit")) ?? number(/(?:^|[;,\s])limit=([0-9]+)/i.exec(one)?.[1]) ?? number(/;q=([0-9]+)/.exec(headers["ratelimit-policy"] ?? "")?.[1]);
	const window = number(/;\s*w=([0-9]+)/.exec(header("limit") ?? header("remaining") ?? headers["ratelimit-policy"] ?? "")?.[1]);
	const reset = number(header("reset")) ?? number(/(?:^|[;,\s])(?:reset|t)=([0-9]+)/i.exec(one)?.[1]);
	return {
		remaining,
		...limit === void 0 ? {} : { limit },
		...window === void 0 ? {} : { window },
		...reset === void 0 ? {} : { reset: reset > EPOCH ? Math.max(0, reset * 1e3 - now) : reset * 1e3 }
	};
}
function number(text) {
	const digits = /^\s*([0-9]{1,12})(?![0-9.])/.exec(text ?? "")?.[1];
	return digits === void 0 ? void 0 : Number(digits);
}
function isLow({ limit, remaining }) {
	return limit !== void 0 && remaining <= limit / 10;
}

// src/registry/http/lanes.ts
const EXTRA = .2;
const RESERVE = 20;
const NEAR_RESET = 6e4;
const OVERLOADED = /* @__PURE__ */ new Set([
	429,
	502,
	503,
	504,
	522
]);
const AWAY = /* @__PURE__ */ new Set([
	408,
	499,
	502,
	503,
	504,
	522
]);
function createLanes(scale, warn) {
	const lanes = /* @__PURE__ */ new Map();
	return (host) => {
		const lane = lanes.get(host) ?? createLane(host, scale, warn);
		lanes.set(host, lane);
		return lane;
	};
}
function createLane(host, scale, warn) {
	const limiter = createLimiter();
	const breaker = createBreaker(scale);
	let quietUntil = 0;
	let budget = RESERVE;
	let rateLimit;
	let warned = false;
	const rest = (milliseconds) => {
		quietUntil = Math.max(quietUntil, performance.now() + milliseconds);
	};
	const listening = async (call) => {
		for (let left = quietUntil - performance.now(); left > 0; left = quietUntil - performance.now()) {
			if (call.deadline !== void 0 && quietUntil > call.deadline) throw new require_failure.Failure("RATE_LIMITED", `cannot ask ${host} within the allowed time`, {
				cause: `it asked to be left alone for another ${Math.ceil(left / 1e3)} s`,
				hint: "Allow more time, or run the same command again after that."
			});
			await require_call.pause(left, call);
		}
	};
	const heed = (allowance) => {
		rateLimit = allowance;
		const { limit, remaining, reset } = allowance;
		if (!isLow(allowance)) return limiter.cap(Number.POSITIVE_INFINITY);
		limiter.cap(remaining);
		if (!warned) warn(`${host} says: ${remaining} of ${limit ?? "all"} requests are left; going slower`);
		warned = true;
		if (remaining === 0 && reset !== void 0 && reset <= NEAR_RESET) rest(reset * scale);
	};
	const judge = ({ status, headers }, began) => {
		const allowance = readRateLimit(headers, Date.now());
		if (allowance) heed(allowance);
		if (OVERLOADED.has(status)) limiter.overloaded(began);
		if (AWAY.has(status) && headers["retry-after"] === void 0) breaker.bad();
		if (status < 500 && !AWAY.has(status)) breaker.good();
		if (status < 500 && !OVERLOADED.has(status)) limiter.good();
	};
	return {
		run: (upload, work, call) => limiter.run(upload, async () => {
			await listening(call);
			const leave = await breaker.enter(upload, call);
			const began = performance.now();
			try {
				const answer = await work();
				judge(answer, began);
				return answer;
			} catch (error) {
				if (error instanceof WireError && isTrouble(error)) {
					limiter.overloaded(began);
					breaker.bad();
				}
				throw error;
			} finally {
				leave();
			}
		}, call),
		broke(error, began) {
			if (isTrouble(error)) limiter.overloaded(began);
		},
		rest,
		earn() {
			budget += EXTRA;
		},
		spend() {
			if (budget < 1) return false;
			budget -= 1;
			return true;
		},
		get slots() {
			return limiter.slots;
		},
		get rateLimit() {
			return rateLimit;
		}
	};
}

// src/registry/http/client.ts
const CONNECT_TO = /* @__PURE__ */ new Map([["docker.io", "registry-1.docker.io"]]);
const MOST_WARNINGS = 100;
function createRegistryClient(options) {
	const { credentials, userAgent, plainHttp = [], tls = [], caFiles = [], network = {}, onRequest, onWarning } = options;
	const connections = createConnections(caFiles, network);
	const counters = {
		requests: 0,
		bytesIn: 0,
		bytesOut: 0
	};
	const timing = {
		...DEFAULT_TIMING,
		...options.timing
	};
	const warned = /* @__PURE__ */ new Set();
	const warn = (text) => {
		if (warned.has(text) || warned.size >= MOST_WARNINGS) return;
		warned.add(text);
		onWarning?.(text);
	};
	const transport = {
		connections,
		timing,
		counters,
		userAgent,
		lane: createLanes(timing.scale, warn),
		addresses: /* @__PURE__ */ new Map(),
		warn,
		...onRequest ? { onRequest } : {}
	};
	const origins = /* @__PURE__ */ new Map();
	const originOf = (registry) => {
		const known = origins.get(registry);
		if (known) return known;
		const host = CONNECT_TO.get(registry) ?? registry;
		const hostname = new URL(`http://${host}`).hostname;
		const plain = plainHttp.includes(registry) || isLoopbackHost(hostname) && !tls.includes(registry);
		const origin = new URL(`${plain ? "http" : "https"}://${host}`);
		origins.set(registry, origin);
		return origin;
	};
	return {
		send: createEngine(transport, createAuthorizer(transport, originOf, createCredentialFinder(credentials)), originOf).send,
		originOf,
		counters,
		rateLimitOf: (registry) => transport.lane(originOf(registry).host).rateLimit,
		timing,
		warn,
		close: () => connections.close()
	};
}

// src/registry/target/layout/trouble.ts
function systemCode(error) {
	return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
function fileTrouble(error, what) {
	if (error instanceof require_failure.Failure) return error;
	const code = systemCode(error);
	if (code === "") return require_failure.asFailure(error);
	const known = require_failure.asFailure(error);
	if (known.code === "STORAGE_FULL") return new require_failure.Failure("STORAGE_FULL", `${what}: no space is left`, {
		cause: error,
		...known.hint === void 0 ? {} : { hint: known.hint }
	});
	const refused = code === "EACCES" || code === "EPERM" || code === "EROFS";
	return new require_failure.Failure("FILE_UNREADABLE", `${what}${refused ? ": it is read-only or not ours" : ""}`, {
		cause: error,
		hint: refused ? "Name a directory that this user may read and write, or mend its owner and mode." : "Look at the path and the state of the disk, then run the same command again.",
		facts: { system: code }
	});
}

// src/registry/target/layout/durable.ts
const UNABLE = /* @__PURE__ */ new Set([
	"EINVAL",
	"EISDIR",
	"EPERM",
	"ENOTSUP",
	"EBADF"
]);
async function syncDirectory(directory) {
	try {
		const handle = await (0, node_fs_promises.open)(directory, "r");
		try {
			await handle.sync();
		} finally {
			await handle.close();
		}
	} catch (error) {
		if (!UNABLE.has(systemCode(error))) throw error;
	}
}
async function makeBelow(base, ...names) {
	let path = base;
	for (const name of names) {
		path = (0, node_path.join)(path, name);
		await (0, node_fs_promises.mkdir)(path).catch((error) => {
			if (systemCode(error) !== "EEXIST") throw error;
		});
	}
	return path;
}
async function writeAll(handle, bytes) {
	let done = 0;
	while (done < bytes.length) done += (await handle.write(bytes, done, bytes.length - done)).bytesWritten;
}
async function renameDurably(from, to, directory) {
	await (0, node_fs_promises.rename)(from, to);
	await syncDirectory(directory);
}

// src/registry/target/layout/regular.ts
const READ_BYTES = 131072;
const READ_FLAGS = node_fs.constants.O_RDONLY | (node_fs.constants.O_NOFOLLOW ?? 0);
const MOST_TRIES$3 = 5;
async function regularFile(file, what) {
	const stats = await look(file);
	if (!stats || stats.isFile()) return stats;
	throw notReal(what, stats.isSymbolicLink());
}
async function realDirectory(folder) {
	const stats = await look(folder);
	if (stats && !stats.isDirectory()) throw notReal(folder, stats.isSymbolicLink());
	return stats !== void 0;
}
async function openRegular(file, what) {
	for (let tries = 0; tries < MOST_TRIES$3; tries += 1) {
		const before = await regularFile(file, what);
		if (!before) return void 0;
		const handle = await (0, node_fs_promises.open)(file, READ_FLAGS);
		const opened = await handle.stat({ bigint: true });
		if (opened.isFile() && opened.ino === before.ino && opened.dev === before.dev) return handle;
		await handle.close();
	}
	throw new require_failure.Failure("CONTENT_INVALID", `${what} is replaced again and again while it is opened`);
}
async function look(path) {
	try {
		return await (0, node_fs_promises.lstat)(path, { bigint: true });
	} catch (error) {
		if (systemCode(error) === "ENOENT" || systemCode(error) === "ENOTDIR") return void 0;
		throw error;
	}
}
function notReal(what, isLink) {
	return new require_failure.Failure("CONTENT_INVALID", `${what} is not a real file or directory of the layout`, {
		cause: isLink ? "it is a symbolic link, which could point at anything" : "something else has its name",
		hint: "Copy the layout with real files (for example cp -rL), then try again."
	});
}
async function* chunksOf(handle, from = 0, to = Number.MAX_SAFE_INTEGER) {
	try {
		let at = from;
		while (at <= to) {
			const buffer = Buffer.allocUnsafe(Math.min(READ_BYTES, to - at + 1));
			const { bytesRead } = await handle.read(buffer, 0, buffer.length, at);
			if (bytesRead === 0) return;
			at += bytesRead;
			yield buffer.subarray(0, bytesRead);
		}
	} finally {
		await handle.close();
	}
}

// src/registry/target/layout/blobs.ts
function openBlobs(directory, incoming) {
	const name = `oci:${directory}`;
	const place = (digest) => (0, node_path.join)(directory, "blobs", require_digest.algorithmOf(digest));
	const path = (digest) => (0, node_path.join)(place(digest), require_digest.hexOf(digest));
	const checked = /* @__PURE__ */ new Set();
	const checkPlace = async (digest) => {
		if (checked.has(place(digest))) return;
		if (await realDirectory((0, node_path.join)(directory, "blobs")) && await realDirectory(place(digest))) checked.add(place(digest));
	};
	const publish = async (digest, file) => {
		await makeBelow(directory, "blobs", require_digest.algorithmOf(digest));
		await checkPlace(digest);
		await (0, node_fs_promises.rename)(file, path(digest));
		await syncDirectory(place(digest));
	};
	const blobs = {
		path,
		async size(digest) {
			try {
				await checkPlace(digest);
				const stats = await regularFile(path(digest), `${digest} in ${name}`);
				return stats === void 0 ? void 0 : Number(stats.size);
			} catch (error) {
				throw fileTrouble(error, `cannot read ${digest} in ${name}`);
			}
		},
		async raw(digest, from, to) {
			try {
				await checkPlace(digest);
				const handle = await openRegular(path(digest), `${digest} in ${name}`);
				if (!handle) throw missing(digest, name);
				return chunksOf(handle, from, to);
			} catch (error) {
				throw fileTrouble(error, `cannot read ${digest} in ${name}`);
			}
		},
		async *read(descriptor, from = 0) {
			let skip = from;
			for await (const chunk of require_limit.proven(descriptor, await blobs.raw(descriptor.digest), name)) {
				if (skip < chunk.length) yield skip === 0 ? chunk : chunk.subarray(skip);
				skip = Math.max(0, skip - chunk.length);
			}
		},
		async store(descriptor, chunks, call) {
			try {
				const { path: file, handle } = await incoming.create();
				try {
					try {
						for await (const chunk of require_limit.proven(descriptor, chunks, name)) {
							require_call.throwIfStopped(call);
							await writeAll(handle, chunk);
						}
						await handle.chmod(292);
						await handle.sync();
					} finally {
						await handle.close();
					}
					require_call.throwIfStopped(call);
					await publish(descriptor.digest, file);
				} catch (error) {
					await (0, node_fs_promises.rm)(file, { force: true });
					throw error;
				}
			} catch (error) {
				throw fileTrouble(error, `cannot write ${descriptor.digest} to ${name}`);
			}
		},
		async adopt(digest, file) {
			try {
				const handle = await (0, node_fs_promises.open)(file, "r+");
				try {
					await handle.chmod(292);
					await handle.sync();
				} finally {
					await handle.close();
				}
				await publish(digest, file);
			} catch (error) {
				throw fileTrouble(error, `cannot write ${digest} to ${name}`);
			}
		},
		async take(descriptor, from, call) {
			const linked = await incoming.path();
			try {
				await (0, node_fs_promises.link)(from.path(descriptor.digest), linked);
			} catch {
				return blobs.store(descriptor, from.read(descriptor), call);
			}
			try {
				const handle = await openRegular(linked, `${descriptor.digest} in the other layout`);
				if (!handle) throw missing(descriptor.digest, name);
				for await (const _chunk of require_limit.proven(descriptor, chunksOf(handle), name)) require_call.throwIfStopped(call);
				await publish(descriptor.digest, linked);
			} catch (error) {
				throw fileTrouble(error, `cannot take ${descriptor.digest} into ${name}`);
			} finally {
				await (0, node_fs_promises.rm)(linked, { force: true });
			}
		},
		async remove(digest) {
			try {
				await (0, node_fs_promises.rm)(path(digest), { force: true });
				await syncDirectory(place(digest));
			} catch (error) {
				if (systemCode(error) !== "ENOENT") throw fileTrouble(error, `cannot remove ${digest} from ${name}`);
			}
		}
	};
	return blobs;
}
function missing(digest, name) {
	return new require_failure.Failure("CONTENT_MISSING", `${digest} is not in ${name}`, { facts: { digest } });
}

// src/registry/target/layout/directories.ts
async function makeDirectories(directory) {
	if (await made(directory)) return;
	const parent = (0, node_path.dirname)(directory);
	if (parent !== directory) await makeDirectories(parent);
	await (0, node_fs_promises.mkdir)(directory).catch((error) => {
		if (systemCode(error) !== "EEXIST") throw error;
	});
}
async function made(directory) {
	try {
		await (0, node_fs_promises.mkdir)(directory);
		return true;
	} catch (error) {
		if (systemCode(error) === "EEXIST") return true;
		if (systemCode(error) === "ENOENT") return false;
		throw error;
	}
}

// src/registry/target/layout/entries.ts
const REF_NAME = "org.opencontainers.image.ref.name";
const EMPTY_INDEX = {
	frame: {
		schemaVersion: 2,
		mediaType: require_limit.MEDIA.index,
		manifests: []
	},
	entries: []
};
function parseIndex(bytes, where) {
	const frame = require_json.parseStrictJson(bytes, where);
	if (!require_json.isObject(frame)) throw new require_failure.Failure("CONTENT_INVALID", `${where} is not a JSON object`);
	const list = frame["manifests"] ?? [];
	if (!Array.isArray(list)) throw new require_failure.Failure("CONTENT_INVALID", `${where} has no list of manifests`);
	return {
		frame,
		entries: list.map((json, at) => readEntry(json, `${where}, entry ${at}`))
	};
}
function printIndex(index) {
	return JSON.stringify({
		...index.frame,
		manifests: index.entries.map((entry) => entry.json)
	});
}
function readEntry(json, where) {
	if (!require_json.isObject(json)) throw new require_failure.Failure("CONTENT_INVALID", `${where} is not an object`);
	const annotations = json["annotations"];
	const name = require_json.isObject(annotations) ? annotations[REF_NAME] : void 0;
	return {
		json,
		...typeof name === "string" ? { name } : {},
		...readable(json, where)
	};
}
function readable(json, where) {
	try {
		return { descriptor: require_limit.parseDescriptor(json, where) };
	} catch (error) {
		if (error instanceof require_failure.Failure) return {};
		throw error;
	}
}
function tagOf(name) {
	if (require_reference.isTag(name)) return name;
	const end = name.slice(name.lastIndexOf(":") + 1);
	return !require_digest.isDigest(name) && !name.includes("@") && name.includes(":") && require_reference.isTag(end) ? end : void 0;
}
const viewsOf = /* @__PURE__ */ new WeakMap();
function views(index) {
	const known = viewsOf.get(index);
	if (known) return known;
	const exact = /* @__PURE__ */ new Map();
	const full = /* @__PURE__ */ new Map();
	const digests = /* @__PURE__ */ new Map();
	for (const entry of index.entries) {
		if (entry.descriptor && !digests.has(entry.descriptor.digest)) digests.set(entry.descriptor.digest, bare(entry.descriptor));
		const tag = entry.name === void 0 ? void 0 : tagOf(entry.name);
		if (tag === void 0) continue;
		const map = tag === entry.name ? exact : full;
		const list = map.get(tag);
		if (list) list.push(entry);
		else map.set(tag, [entry]);
	}
	const made = {
		tags: new Map([...full, ...exact]),
		digests
	};
	viewsOf.set(index, made);
	return made;
}
function bare({ mediaType, digest, size }) {
	return {
		mediaType,
		digest,
		size
	};
}
function tagsOf(index) {
	return [...views(index).tags.keys()].toSorted();
}
function hasTag(index, tag) {
	return views(index).tags.has(tag);
}
function rootsOf(index) {
	return views(index).digests;
}
function findTag(index, tag, where) {
	const found = views(index).tags.get(tag);
	if (!found) return void 0;
	const descriptors = found.map((entry) => entry.descriptor);
	const [first] = descriptors;
	if (!first) throw new require_failure.Failure("CONTENT_INVALID", `${where} has an entry for ${tag} that is not a usable descriptor`);
	if (descriptors.some((other) => other?.digest !== first.digest)) throw new require_failure.Failure("CONTENT_INVALID", `${where} has several entries for ${tag} with different digests`, {
		hint: "Name the digest instead of the tag, or remove the entries that are wrong from index.json.",
		facts: { digests: descriptors.flatMap((other) => other ? [other.digest] : []) }
	});
	return bare(first);
}

// src/registry/target/layout/owner.ts
let own;
function thisProcess() {
	own ??= {
		host: thisHost(),
		pid: process.pid,
		started: statOf(process.pid)?.started ?? "0"
	};
	return own;
}
function thisHost() {
	const marks = [
		(0, node_os.hostname)(),
		attempt(() => (0, node_fs.readFileSync)("/proc/sys/kernel/random/boot_id", "utf8")),
		attempt(() => (0, node_fs.readlinkSync)("/proc/self/ns/pid"))
	];
	return (0, node_crypto.createHash)("sha256").update(marks.join("\n")).digest("hex").slice(0, 12);
}
function attempt(read) {
	try {
		return read();
	} catch {
		return "";
	}
}
function statOf(pid) {
	const text = attempt(() => (0, node_fs.readFileSync)(`/proc/${pid}/stat`, "latin1"));
	const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
	const [state, started] = [fields[0], fields[19]];
	return state === void 0 || started === void 0 ? void 0 : {
		state,
		started
	};
}
function printOwner(owner) {
	return `${owner.host}-${owner.pid}-${owner.started}`;
}
function parseOwner(text) {
	const [, host, pid, started] = /^([0-9a-f]{12})-([0-9]{1,10})-([0-9]{1,20})$/.exec(text) ?? [];
	return host === void 0 || pid === void 0 || started === void 0 ? void 0 : {
		host,
		pid: Number(pid),
		started
	};
}
function isNear(owner) {
	return owner.host === thisProcess().host;
}
function isGone(owner) {
	if (!isNear(owner)) return false;
	try {
		process.kill(owner.pid, 0);
	} catch (error) {
		return error instanceof Error && "code" in error && error.code === "ESRCH";
	}
	const stat = statOf(owner.pid);
	if (!stat || owner.started === "0") return false;
	return stat.state === "Z" || stat.state === "X" || stat.started !== owner.started;
}

// src/registry/target/layout/incoming.ts
const FOREIGN_REST_MS = 864e5;
function ownedName() {
	return `${printOwner(thisProcess())}.${(0, node_crypto.randomBytes)(8).toString("hex")}`;
}
function openIncoming(directory) {
	const place = (0, node_path.join)(directory, ".ferry", "incoming");
	let ready;
	const prepare = async () => {
		await sweep(await makeBelow(directory, ".ferry", "incoming"));
	};
	const path = async () => {
		ready ??= prepare();
		try {
			await ready;
		} catch (error) {
			ready = void 0;
			throw error;
		}
		return (0, node_path.join)(place, ownedName());
	};
	return {
		path,
		async create() {
			const file = await path();
			try {
				return {
					path: file,
					handle: await (0, node_fs_promises.open)(file, "wx", 384)
				};
			} catch (error) {
				if (systemCode(error) !== "ENOENT") throw error;
				ready = void 0;
				const again = await path();
				return {
					path: again,
					handle: await (0, node_fs_promises.open)(again, "wx", 384)
				};
			}
		}
	};
}
async function sweep(place, prefix = "") {
	for (const name of await (0, node_fs_promises.readdir)(place)) {
		if (!name.startsWith(prefix)) continue;
		const owner = parseOwner(name.slice(prefix.length).split(".")[0] ?? "");
		if (!owner) continue;
		const file = (0, node_path.join)(place, name);
		if (isNear(owner) ? isGone(owner) : await isOld(file)) await (0, node_fs_promises.rm)(file, {
			recursive: true,
			force: true
		});
	}
}
async function isOld(file) {
	try {
		return Date.now() - (await (0, node_fs_promises.stat)(file)).mtimeMs > FOREIGN_REST_MS;
	} catch {
		return false;
	}
}

// src/registry/target/layout/lock.ts
const FOREIGN_PATIENCE_MS = 2e4;
const LOCK_PATIENCE_MS = 3e4;
const LONGEST_PAUSE_MS = 25;
async function acquireLock(directory, call, patience = LOCK_PATIENCE_MS) {
	const place = (0, node_path.join)(directory, ".ferry", "lock");
	const token = ownedName();
	const mine = (0, node_path.join)(place, `held.${token}`);
	const since = performance.now();
	let watched = {
		baton: "",
		since
	};
	for (let attempt = 0;; attempt += 1) {
		const baton = await batonIn(place);
		if (baton === void 0) await createBaton(directory, place);
		else if (watched.baton !== baton) watched = {
			baton,
			since: performance.now()
		};
		if (baton !== void 0 && mayTake(baton, performance.now() - watched.since) && await renamed((0, node_path.join)(place, baton), mine)) return lockOf(place, token, baton.replace(/^[a-z]+\.?/, ""));
		if (performance.now() - since > patience) throw busy(directory, place, baton);
		if (baton?.startsWith("held.")) await require_call.pause(Math.min(LONGEST_PAUSE_MS, 1 + attempt) * (.5 + Math.random()), call);
	}
}
async function batonIn(place) {
	try {
		return (await (0, node_fs_promises.readdir)(place)).find((name) => name.startsWith("free") || name.startsWith("held."));
	} catch (error) {
		if (systemCode(error) === "ENOENT") return void 0;
		throw error;
	}
}
function mayTake(baton, watched) {
	if (baton.startsWith("free")) return true;
	const owner = holderOf(baton);
	return owner && isNear(owner) ? isGone(owner) : watched > FOREIGN_PATIENCE_MS;
}
function holderOf(baton) {
	return parseOwner(baton?.split(".")[1] ?? "");
}
async function renamed(from, to) {
	try {
		await (0, node_fs_promises.rename)(from, to);
		return true;
	} catch (error) {
		if (systemCode(error) === "ENOENT") return false;
		throw error;
	}
}
function lockOf(place, token, previous) {
	const mine = (0, node_path.join)(place, `held.${token}`);
	return {
		token,
		previous,
		async held() {
			return (0, node_fs_promises.access)(mine).then(() => true, () => false);
		},
		async release() {
			await renamed(mine, (0, node_path.join)(place, `free.${token}`));
		}
	};
}
async function createBaton(directory, place) {
	const prepared = (0, node_path.join)(await makeBelow(directory, ".ferry", "incoming"), ownedName());
	await (0, node_fs_promises.mkdir)(prepared);
	try {
		await (0, node_fs_promises.writeFile)((0, node_path.join)(prepared, "free"), "");
		await (0, node_fs_promises.rename)(prepared, place);
	} catch (error) {
		await (0, node_fs_promises.rm)(prepared, {
			recursive: true,
			force: true
		});
		if (!["ENOTEMPTY", "EEXIST"].includes(systemCode(error))) throw error;
	}
}
function busy(directory, place, baton) {
	const owner = holderOf(baton);
	return new require_failure.Failure("LAYOUT_BUSY", `another process keeps oci:${directory} locked`, {
		cause: owner && isNear(owner) ? `process ${owner.pid} on this machine holds the lock` : "a process on another machine or in another container holds the lock",
		hint: `Wait for it and run the same command again. If it surely ended, remove the directory ${place}.`,
		facts: {
			directory,
			...owner ? { pid: owner.pid } : {}
		}
	});
}

// src/registry/target/layout/create.ts
const MARK = "oci-layout";
const MARK_TEXT = "{\"imageLayoutVersion\":\"1.0.0\"}";
const PREPARED = ".ferry-new-";
const LOST_AND_FOUND = "lost+found";
async function isLayout(directory) {
	try {
		checkMark(await (0, node_fs_promises.readFile)((0, node_path.join)(directory, MARK)), directory);
		return true;
	} catch (error) {
		if (systemCode(error) !== "ENOENT") throw fileTrouble(error, `cannot read oci:${directory}`);
	}
	const names = await namesIn(directory);
	if (names === void 0 || names.length === 0 || names.includes(".ferry")) return false;
	if (names.includes(MARK)) return isLayout(directory);
	throw notLayout(directory);
}
async function namesIn(directory) {
	try {
		return (await (0, node_fs_promises.readdir)(directory)).filter((name) => name !== LOST_AND_FOUND);
	} catch (error) {
		if (systemCode(error) === "ENOENT") return void 0;
		throw fileTrouble(error, `cannot read oci:${directory}`);
	}
}
function notLayout(directory) {
	return new require_failure.Failure("FILE_UNREADABLE", `${directory} is not an OCI image layout`, {
		cause: `it has no file ${MARK}`,
		hint: "Name the directory of a layout (it has the files oci-layout and index.json), or a new one to write to.",
		facts: { directory }
	});
}
function checkMark(bytes, directory) {
	const mark = require_json.parseStrictJson(bytes, `${MARK} of oci:${directory}`);
	const version = require_json.isObject(mark) ? mark["imageLayoutVersion"] : void 0;
	if (version === "1.0.0") return;
	throw new require_failure.Failure("UNSUPPORTED", `oci:${directory} is a layout of a version that is not known`, {
		cause: `imageLayoutVersion is ${JSON.stringify(version)?.slice(0, 40) ?? "missing"}; 1.0.0 is known`,
		facts: { directory }
	});
}
async function createLayout(directory, incoming, call) {
	try {
		const names = await namesIn(directory);
		if (names === void 0) await createWhole(directory);
		else if (names.length > 0 && !names.includes(".ferry") && !names.includes(MARK)) throw notLayout(directory);
		if (await hasMark(directory)) return;
		const lock = await acquireLock(directory, call);
		try {
			if (!await hasMark(directory)) await fill(directory, incoming);
		} finally {
			await lock.release();
		}
	} catch (error) {
		throw fileTrouble(error, `cannot create oci:${directory}`);
	}
}
async function hasMark(directory) {
	try {
		await (0, node_fs_promises.stat)((0, node_path.join)(directory, MARK));
		return true;
	} catch (error) {
		if (systemCode(error) === "ENOENT") return false;
		throw error;
	}
}
async function createWhole(directory) {
	const parent = (0, node_path.dirname)(directory);
	await makeDirectories(parent);
	await sweep(parent, PREPARED);
	const prepared = (0, node_path.join)(parent, `${PREPARED}${ownedName()}`);
	try {
		await makeDirectories((0, node_path.join)(prepared, "blobs", "sha256"));
		await makeDirectories((0, node_path.join)(prepared, ".ferry", "lock"));
		await (0, node_fs_promises.writeFile)((0, node_path.join)(prepared, ".ferry", "lock", "free"), "");
		await writeSynced((0, node_path.join)(prepared, "index.json"), printIndex(EMPTY_INDEX));
		await writeSynced((0, node_path.join)(prepared, MARK), MARK_TEXT);
		await syncDirectory(prepared);
		await renameDurably(prepared, directory, parent);
	} catch (error) {
		await (0, node_fs_promises.rm)(prepared, {
			recursive: true,
			force: true
		});
		if (![
			"ENOTEMPTY",
			"EEXIST",
			"EBUSY"
		].includes(systemCode(error))) throw error;
	}
}
async function fill(directory, incoming) {
	await makeBelow(directory, "blobs", "sha256");
	const put = async (name, text) => {
		const file = await incoming.path();
		try {
			await writeSynced(file, text);
			await (0, node_fs_promises.rename)(file, (0, node_path.join)(directory, name));
		} catch (error) {
			await (0, node_fs_promises.rm)(file, { force: true });
			throw error;
		}
	};
	if (!(await (0, node_fs_promises.readdir)(directory)).includes("index.json")) await put("index.json", printIndex(EMPTY_INDEX));
	await put(MARK, MARK_TEXT);
	await syncDirectory(directory);
}
async function writeSynced(file, text) {
	const handle = await (0, node_fs_promises.open)(file, "wx", 420);
	try {
		await writeAll(handle, Buffer.from(text));
		await handle.sync();
	} finally {
		await handle.close();
	}
}

// src/registry/target/layout/graph.ts
const READERS = 16;
const LARGEST_KEPT = 262144;
function createGraph(blobs) {
	const known = /* @__PURE__ */ new Map();
	const limit = require_limit.createLimit(READERS);
	const reached = /* @__PURE__ */ new WeakMap();
	const facts = async (descriptor) => {
		if (!require_limit.isManifestType(descriptor.mediaType)) return void 0;
		let found = known.get(descriptor.digest);
		if (found === void 0) {
			const size = await blobs.size(descriptor.digest);
			if (size === void 0) return void 0;
			found = size > 8388608 ? "not a manifest" : await readFacts(descriptor, blobs);
			if (size <= LARGEST_KEPT) known.set(descriptor.digest, found);
		}
		return found === "not a manifest" ? void 0 : found;
	};
	const everything = async (index) => {
		const found = [];
		const work = async (descriptor) => {
			const of = await facts(descriptor);
			if (of) found.push({
				descriptor,
				facts: of
			});
		};
		await require_limit.forEachLimited((await graph.reachable(index)).values(), limit, work, require_call.freeCall());
		return found;
	};
	const walk = async (index) => {
		const seen = /* @__PURE__ */ new Map();
		const open = [...rootsOf(index).values()];
		for (let next = open.pop(); next; next = open.pop()) {
			if (!require_limit.isManifestType(next.mediaType) || seen.has(next.digest)) continue;
			seen.set(next.digest, next);
			if (require_limit.isIndexType(next.mediaType)) open.push(...((await facts(next))?.children ?? []).map(({ mediaType, digest, size }) => ({
				mediaType,
				digest,
				size
			})));
		}
		return seen;
	};
	const graph = {
		facts,
		learn(manifest) {
			if (manifest.bytes.length <= LARGEST_KEPT) known.set(manifest.descriptor.digest, factsOf(manifest));
		},
		async reachable(index) {
			let found = reached.get(index);
			if (!found) {
				found = walk(index);
				reached.set(index, found);
				found.catch(() => reached.delete(index));
			}
			return found;
		},
		async referrers(index, subject) {
			const found = [];
			for (const { facts: of } of await everything(index)) if (of.subject === subject && await blobs.size(of.listed.digest) !== void 0) found.push(of.listed);
			return found;
		},
		async userOf(index, digest, except = () => false) {
			return (await everything(index)).find(({ descriptor, facts: of }) => descriptor.digest !== digest && !except(descriptor) && of.children.some((child) => child.digest === digest))?.descriptor;
		}
	};
	return graph;
}
async function readFacts(descriptor, blobs) {
	const chunks = [];
	for await (const chunk of blobs.read(descriptor)) chunks.push(chunk);
	try {
		return factsOf(require_limit.parseManifest(Buffer.concat(chunks), descriptor.mediaType, require_digest.algorithmOf(descriptor.digest)));
	} catch (error) {
		if (require_failure.isFailure(error, "CONTENT_INVALID") || require_failure.isFailure(error, "UNSUPPORTED") || require_failure.isFailure(error, "LIMIT_REACHED")) return "not a manifest";
		throw error;
	}
}
function factsOf(manifest) {
	const artifactType = require_limit.artifactTypeOf(manifest);
	const annotations = Object.keys(manifest.annotations).length > 0 ? { annotations: manifest.annotations } : {};
	return {
		listed: {
			...manifest.descriptor,
			...artifactType === void 0 ? {} : { artifactType },
			...annotations
		},
		...manifest.subject ? { subject: manifest.subject.digest } : {},
		children: require_limit.childrenOf(manifest)
	};
}

// src/registry/target/layout/index-file.ts
const LARGEST_INDEX = 67108864;
const MOST_TRIES$2 = 5;
function openIndexFile(directory, incoming, patience) {
	const file = (0, node_path.join)(directory, "index.json");
	const what = `oci:${directory}`;
	let cached;
	let released = "";
	let waiting = [];
	let draining = false;
	let current;
	const read = async () => {
		try {
			const stats = await (0, node_fs_promises.stat)(file, { bigint: true });
			if (cached?.key === keyOf(stats)) return cached.index;
			const handle = await (0, node_fs_promises.open)(file, "r");
			try {
				const opened = await handle.stat({ bigint: true });
				if (opened.size > LARGEST_INDEX) throw new require_failure.Failure("LIMIT_REACHED", `index.json of ${what} is larger than 64 MiB`);
				const index = parseIndex(await handle.readFile(), `index.json of ${what}`);
				cached = {
					key: keyOf(opened),
					index
				};
				return index;
			} finally {
				await handle.close();
			}
		} catch (error) {
			if (systemCode(error) === "ENOENT") return void 0;
			throw fileTrouble(error, `cannot read index.json of ${what}`);
		}
	};
	const write = async (index, lock) => {
		const { path, handle } = await incoming.create();
		try {
			await writeAll(handle, Buffer.from(printIndex(index)));
			await handle.chmod(420);
			await handle.sync();
			if (!await lock.held()) {
				await (0, node_fs_promises.rm)(path, { force: true });
				return false;
			}
			await (0, node_fs_promises.rename)(path, file);
			await syncDirectory(directory);
			cached = {
				key: keyOf(await handle.stat({ bigint: true })),
				index
			};
			return true;
		} catch (error) {
			await (0, node_fs_promises.rm)(path, { force: true });
			throw error;
		} finally {
			await handle.close();
		}
	};
	const commit = async (batch, lock) => {
		const before = await read();
		if (!before) throw new require_failure.Failure("CONTENT_INVALID", `${what} has lost its index.json`);
		let index = before;
		const applied = [];
		for (const one of batch) {
			if (one.stopped) continue;
			try {
				require_call.throwIfStopped(one.call);
				index = await one.change(index);
				applied.push(one);
			} catch (error) {
				one.failed(error);
			}
		}
		if (applied.some((one) => one.call.signal.aborted)) return {
			done: [],
			again: applied
		};
		if (index !== before && !await write(index, lock)) return {
			done: [],
			again: applied
		};
		for (const one of applied) await one.after?.().catch(one.failed);
		return {
			done: applied,
			again: []
		};
	};
	const drain = async () => {
		while (waiting.length > 0) {
			let batch = waiting;
			waiting = [];
			const wait = new AbortController();
			current = {
				batch,
				wait
			};
			try {
				for (let tries = 0; batch.length > 0; tries += 1) {
					if (tries === MOST_TRIES$2) throw new require_failure.Failure("LAYOUT_BUSY", `cannot keep the lock of ${what} long enough to write index.json`);
					const lock = await acquireLock(directory, { signal: wait.signal }, patience);
					if (lock.previous !== released) cached = void 0;
					released = lock.token;
					let outcome;
					try {
						outcome = await commit(batch, lock);
					} finally {
						await lock.release();
					}
					for (const one of outcome.done) one.done();
					batch = outcome.again;
				}
			} catch (error) {
				for (const one of batch) one.failed(fileTrouble(error, `cannot write index.json of ${what}`));
			}
		}
		draining = false;
	};
	return {
		read,
		async edit(change, call, after) {
			require_call.throwIfStopped(call);
			await new Promise((resolve, reject) => {
				const stop = () => {
					one.stopped = true;
					one.failed(require_call.stopReason(call.signal));
					if (current?.batch.every((other) => other.stopped)) current.wait.abort();
				};
				const settle = () => call.signal.removeEventListener("abort", stop);
				const one = {
					change,
					call,
					after,
					stopped: false,
					done() {
						settle();
						resolve();
					},
					failed(error) {
						settle();
						reject(error instanceof Error ? error : new Error(String(error)));
					}
				};
				call.signal.addEventListener("abort", stop, { once: true });
				waiting.push(one);
				if (draining) return;
				draining = true;
				drain();
			});
		}
	};
}
function keyOf(stats) {
	return `${stats.ino}:${stats.size}:${stats.mtimeNs}:${stats.ctimeNs}`;
}

// src/registry/target/layout/changes.ts
function withTag(index, descriptor, tag) {
	const named = index.entries.filter((entry) => entry.name === tag);
	if (named.length === 1 && named[0]?.descriptor?.digest === descriptor.digest) return index;
	const others = withoutName(index, (entry) => entry.name === tag, descriptor.digest).entries;
	const at = others.findIndex((entry) => entry.descriptor?.digest === descriptor.digest && entry.name === void 0);
	const base = others[at]?.json ?? require_limit.descriptorJson(bare(descriptor));
	const annotations = require_json.isObject(base["annotations"]) ? base["annotations"] : {};
	const entry = readEntry({
		...base,
		annotations: {
			...annotations,
			[REF_NAME]: tag
		}
	}, "the new entry");
	return {
		...index,
		entries: at < 0 ? [...others, entry] : others.with(at, entry)
	};
}
function withoutTag(index, tag) {
	if (!hasTag(index, tag)) return index;
	return withoutName(index, (entry) => entry.name !== void 0 && tagOf(entry.name) === tag);
}
function withoutName(index, matches, covered) {
	const kept = new Set(index.entries.flatMap((entry) => !matches(entry) && entry.descriptor ? [entry.descriptor.digest] : []));
	const entries = index.entries.flatMap((entry) => {
		if (!matches(entry)) return [entry];
		const digest = entry.descriptor?.digest;
		if (digest === void 0 || digest === covered || kept.has(digest)) return [];
		kept.add(digest);
		return [unnamed(entry)];
	});
	return {
		...index,
		entries
	};
}
function unnamed(entry) {
	const { annotations, ...rest } = entry.json;
	const { [REF_NAME]: _name, ...others } = require_json.isObject(annotations) ? annotations : {};
	return readEntry(Object.keys(others).length > 0 ? {
		...rest,
		annotations: others
	} : rest, "an entry");
}
function withRoots(index, descriptors) {
	const known = rootsOf(index);
	const added = descriptors.filter((descriptor, at) => !known.has(descriptor.digest) && descriptors.findIndex((other) => other.digest === descriptor.digest) === at);
	if (added.length === 0) return index;
	return {
		...index,
		entries: [...index.entries, ...added.map((descriptor) => readEntry(require_limit.descriptorJson(bare(descriptor)), "the new entry"))]
	};
}
function withoutPlain(index, digests) {
	const entries = index.entries.filter((entry) => !entry.descriptor || !digests.has(entry.descriptor.digest) || entry.json["annotations"] !== void 0);
	return entries.length === index.entries.length ? index : {
		...index,
		entries
	};
}
function withoutDigest(index, digest) {
	const entries = index.entries.filter((entry) => entry.descriptor?.digest !== digest);
	return entries.length === index.entries.length ? index : {
		...index,
		entries
	};
}

// src/registry/target/layout/manifests.ts
function manifestsOf(name, blobs, graph, file) {
	const where = `index.json of ${name}`;
	const find = async (index, digest) => {
		const descriptor = rootsOf(index).get(digest) ?? (await graph.reachable(index)).get(digest);
		if (!descriptor || !require_limit.isManifestType(descriptor.mediaType)) return void 0;
		return await blobs.size(digest) === void 0 ? void 0 : descriptor;
	};
	const needChildren = async (index, descriptor, children) => {
		const lacking = [];
		for (const child of children) {
			if (require_limit.isForeignLayer(child.mediaType)) continue;
			if (!(require_limit.isManifestType(child.mediaType) ? await find(index, child.digest) : await blobs.size(child.digest) === child.size)) lacking.push(child.digest);
		}
		const [first] = lacking;
		if (first === void 0) return;
		throw new require_failure.Failure("CONTENT_MISSING", `${descriptor.digest} needs ${first}, which is not in ${name}`, {
			hint: "Push what a manifest lists before the manifest itself.",
			facts: {
				digest: first,
				missing: lacking
			}
		});
	};
	const covered = async (children) => {
		const digests = /* @__PURE__ */ new Set();
		for (const child of children) if ((await graph.facts(child))?.subject === void 0) digests.add(child.digest);
		return digests;
	};
	return {
		find,
		async put(descriptor, bytes, tags, call, guard) {
			const manifest = require_limit.parseManifest(bytes, descriptor.mediaType, require_digest.algorithmOf(descriptor.digest));
			const children = require_limit.childrenOf(manifest);
			await file.edit(async (index) => {
				const [first] = tags;
				if (first !== void 0) guard?.(findTag(index, first, where));
				await needChildren(index, descriptor, children);
				if (await blobs.size(descriptor.digest) !== descriptor.size) await blobs.store(descriptor, once(bytes), call);
				graph.learn(manifest);
				let next = withRoots(index, [descriptor]);
				for (const tag of tags) next = withTag(next, descriptor, tag);
				return manifest.kind === "index" ? withoutPlain(next, await covered(children)) : next;
			}, call);
		},
		async tag(descriptor, tag, call) {
			await file.edit(async (index) => {
				const found = await find(index, descriptor.digest);
				if (!found) throw new require_failure.Failure("CONTENT_MISSING", `${descriptor.digest} is not in ${name}, so it cannot be tagged ${tag}`, { facts: { digest: descriptor.digest } });
				return withTag(index, found, tag);
			}, call);
		},
		async untag(tag, call, guard) {
			await file.edit(async (index) => {
				guard?.(findTag(index, tag, where));
				return withoutTag(index, tag);
			}, call);
		},
		async remove({ digest }, call) {
			const change = async (index) => {
				const found = await find(index, digest);
				if (!found) return withoutDigest(index, digest);
				const facts = await graph.facts(found);
				const fallback = facts?.subject === void 0 ? void 0 : require_digest.fallbackTag(facts.subject);
				await refuseUsed(index, digest, (user) => index.entries.some((entry) => fallback !== void 0 && entry.name === fallback && entry.descriptor?.digest === user.digest));
				const without = withoutDigest(index, digest);
				const still = await graph.reachable(without);
				const orphans = [];
				for (const child of facts?.children ?? []) if (require_limit.isManifestType(child.mediaType) && !still.has(child.digest) && await blobs.size(child.digest) !== void 0) orphans.push(child);
				return withRoots(without, orphans);
			};
			await file.edit(change, call, () => blobs.remove(digest));
		},
		async removeBlob(digest, call) {
			await file.edit(async (index) => {
				if ((await graph.reachable(index)).has(digest)) throw needed(digest, name, "it is a manifest");
				await refuseUsed(index, digest);
				await blobs.remove(digest);
				return index;
			}, call);
		}
	};
	async function refuseUsed(index, digest, except) {
		const user = await graph.userOf(index, digest, except);
		if (user) throw needed(digest, name, `${require_digest.shortDigest(user.digest)} lists it`);
	}
}
function needed(digest, name, why) {
	return new require_failure.Failure("UNSUPPORTED", `cannot remove ${digest} from ${name}: it is still needed`, {
		cause: why,
		hint: "Remove the manifests that list it first.",
		facts: {
			digest,
			needed: true
		}
	});
}
async function* once(bytes) {
	yield bytes;
}

// src/registry/target/layout/store.ts
function openStore(path, options = {}) {
	const directory = path.length > 1 ? path.replace(/\/+$/, "") : path;
	const name = `oci:${directory}`;
	const incoming = openIncoming(directory);
	const blobs = openBlobs(directory, incoming);
	const graph = createGraph(blobs);
	const file = openIndexFile(directory, incoming, options.patience);
	const manifests = manifestsOf(name, blobs, graph, file);
	let known = false;
	const store = {
		directory,
		name,
		blobs,
		graph,
		manifests,
		async index() {
			known ||= await isLayout(directory);
			if (!known) return void 0;
			const index = await file.read();
			if (index) return index;
			known = false;
			if (!await isLayout(directory)) return void 0;
			throw new require_failure.Failure("CONTENT_INVALID", `${name} has no index.json, so it is not a complete OCI layout`);
		},
		async resolve(ref) {
			const index = await store.index();
			if (!index) return void 0;
			if (require_digest.isDigest(ref)) return manifests.find(index, ref);
			const named = findTag(index, ref, `index.json of ${name}`);
			if (named && await blobs.size(named.digest) === void 0) throw new require_failure.Failure("CONTENT_MISSING", `${name} names ${named.digest} as ${ref} but does not have it`, {
				hint: "The layout is not complete: copy or push the image to it again.",
				facts: { digest: named.digest }
			});
			return named;
		},
		async tags() {
			const index = await store.index();
			return index ? tagsOf(index) : [];
		},
		async ready(call) {
			if (await store.index()) return;
			if (options.create === false) throw new require_failure.Failure("FILE_UNREADABLE", `there is no OCI layout at ${directory}`, {
				hint: "Name the directory of a layout that exists.",
				facts: { directory }
			});
			await createLayout(directory, incoming, call);
			known = true;
		}
	};
	return store;
}

// src/registry/target/layout/layout.ts
const storeOf = /* @__PURE__ */ new WeakMap();
function openLayout(directory, options = {}) {
	const store = openStore(directory, options);
	const { name, blobs, graph, manifests } = store;
	const target = {
		name,
		directory: store.directory,
		async resolve(ref) {
			return store.resolve(ref);
		},
		async has(descriptor) {
			const index = await store.index();
			if (!index) return false;
			if (require_limit.isManifestType(descriptor.mediaType) && !await manifests.find(index, descriptor.digest)) return false;
			return await blobs.size(descriptor.digest) === descriptor.size;
		},
		async fetch(descriptor) {
			const size = await store.index() ? await blobs.size(descriptor.digest) : void 0;
			if (size === void 0) throw missing(descriptor.digest, name);
			if (size !== descriptor.size) throw new require_failure.Failure("DIGEST_MISMATCH", `${descriptor.digest} in ${name} has ${size} bytes instead of the promised ${descriptor.size}`, {
				hint: "Either the descriptor is wrong or the file is damaged: push the image again, or take it from another place.",
				facts: { digest: descriptor.digest }
			});
			return {
				size,
				open: (from = 0) => blobs.read(descriptor, from)
			};
		},
		async push(descriptor, body, call) {
			if (await target.has(descriptor, call)) return "present";
			await store.ready(call);
			if (require_limit.isManifestType(descriptor.mediaType)) {
				const provenBody = {
					size: body.size,
					open: () => require_limit.proven(descriptor, body.open(), name)
				};
				await manifests.put(descriptor, await require_limit.readBody(provenBody, require_limit.LARGEST_MANIFEST_READ), [], call);
			} else await blobs.store(descriptor, body.open(), call);
			return "stored";
		},
		async tag(descriptor, tag, call) {
			await store.ready(call);
			await manifests.tag(descriptor, tag, call);
		},
		async *tags() {
			yield* await store.tags();
		},
		async *referrers(subject) {
			const index = await store.index();
			if (index) yield* await graph.referrers(index, subject);
		},
		async mount(descriptor, from, call) {
			const other = storeOf.get(from);
			if (!other || require_limit.isManifestType(descriptor.mediaType)) return false;
			if (await target.has(descriptor, call)) return true;
			if (await other.index() === void 0 || await other.blobs.size(descriptor.digest) !== descriptor.size) return false;
			await store.ready(call);
			await blobs.take(descriptor, other.blobs, call);
			return true;
		},
		async untag(tag, call) {
			if (await store.index()) await manifests.untag(tag, call);
		},
		async remove(descriptor, call) {
			if (!await store.index()) return;
			if (require_limit.isManifestType(descriptor.mediaType)) await manifests.remove(descriptor, call);
			else await manifests.removeBlob(descriptor.digest, call);
		}
	};
	storeOf.set(target, store);
	return target;
}

// src/registry/target/remote/absence.ts
const UNKNOWN = /* @__PURE__ */ new Set([
	"MANIFEST_UNKNOWN",
	"NAME_UNKNOWN",
	"BLOB_UNKNOWN",
	"TAG_UNKNOWN",
	"NOT_FOUND",
	"NAME_INVALID",
	"MANIFEST_INVALID",
	"TAG_INVALID"
]);
function speaksRegistry(answer) {
	if (answer.headers["docker-distribution-api-version"] !== void 0) return true;
	return answer.errors.some(({ code }) => UNKNOWN.has(code)) || answer.errors.length > 0 && contentType(answer).includes("json");
}
async function believeAbsent(state, what, answer, call) {
	if (speaksRegistry(answer)) return;
	const page = notRegistry(what, answer);
	if (page) throw page;
	await requireBase(state, what, answer, call);
}
async function requireBase(state, what, answer, call) {
	const base = await state.client.send({
		what,
		method: "GET",
		repository: state.repository,
		at: "/v2/",
		scopes: [],
		largest: LARGEST$3.error,
		expect: [
			200,
			401,
			403,
			404
		],
		follow: "origin"
	}, call);
	if (speaksRegistry(base) || base.status !== 404 && !contentType(base).includes("html")) return;
	throw new require_failure.Failure("PROTOCOL_ERROR", `cannot ${what}`, {
		cause: `${new URL(answer.url).host} answers 404 to everything: it is not a registry, or not ready yet`,
		hint: "Check the host name and port. A proxy or ingress before the registry may be answering in its place.",
		facts: { status: 404 }
	});
}

// src/registry/target/remote/routes.ts
function manifestPath(repository, ref) {
	return `/v2/${repository.path}/manifests/${ref}`;
}
function blobPath(repository, digest) {
	return `/v2/${repository.path}/blobs/${digest}`;
}
function uploadPath(repository, mount) {
	const path = `/v2/${repository.path}/blobs/uploads/`;
	return mount === void 0 ? path : `${path}?mount=${encodeURIComponent(mount.digest)}&from=${encodeURIComponent(mount.from)}`;
}
function tagsPath(repository) {
	return `/v2/${repository.path}/tags/list`;
}
function referrersPath(repository, subject) {
	return `/v2/${repository.path}/referrers/${subject}`;
}

// src/registry/target/remote/blob-look.ts
async function blobIsThere(state, descriptor, rights, call) {
	return (await lookForBlob(state, descriptor, rights, call)).status === 200;
}
async function lookForBlob(state, descriptor, rights, call) {
	const { repository, client } = state;
	const answer = await client.send({
		what: `look for blob ${descriptor.digest} in ${state.name}`,
		method: "HEAD",
		repository,
		at: blobPath(repository, descriptor.digest),
		scopes: [repositoryScope(repository.path, ...rights)],
		largest: LARGEST$3.error,
		expect: [200, 404],
		follow: "anywhere"
	}, call);
	const odd = answer.status === 200 && (answer.headers["content-type"] ?? "").includes("html");
	if (answer.status === 200 && !odd) state.present.add(descriptor.digest);
	else state.present.delete(descriptor.digest);
	return odd ? {
		...answer,
		status: 404
	} : answer;
}
async function hasBlob(state, descriptor, call) {
	const answer = await lookForBlob(state, descriptor, ["pull"], call);
	if (answer.status === 200) return true;
	await believeAbsent(state, `look for blob ${descriptor.digest} in ${state.name}`, answer, call);
	state.absent.add(descriptor.digest);
	return false;
}

// src/registry/target/remote/upload-location.ts
function uploadLocation(state, answer, what) {
	const location = answer.headers["location"];
	if (location === void 0 || location === "") throw new require_failure.Failure("PROTOCOL_ERROR", `cannot ${what}`, { cause: "the registry opened an upload and does not say where" });
	const from = new URL(answer.url);
	return readLocation(repaired(state, location, from), from, what).href;
}
function repaired(state, location, from) {
	if (!URL.canParse(location, from.href)) return location;
	const url = new URL(location, from);
	const forgotten = url.protocol === "http:" && from.protocol === "https:";
	const portLost = url.port === "" && from.port !== "";
	if (url.hostname !== from.hostname || url.origin === from.origin || !(forgotten || portLost)) return location;
	state.client.warn(`${from.host} names ${url.origin} as the place for uploads; ${from.origin} is used. The proxy before it should pass on scheme and host.`);
	return `${from.origin}${url.pathname}${url.search}`;
}

// src/registry/target/remote/blob-push.ts
const MOST_SESSIONS = 4;
const FAREWELL = 2e3;
async function pushBlob(state, descriptor, body, call) {
	const { digest } = descriptor;
	if (body.size !== descriptor.size) throw new require_failure.Failure("DIGEST_MISMATCH", `cannot push blob ${digest} to ${state.name}`, {
		cause: `it has ${body.size} bytes instead of the promised ${descriptor.size}`,
		facts: { digest }
	});
	const doubted = state.doubted.has(digest);
	if (state.present.has(digest) && !doubted) return "present";
	if (!(doubted || state.absent.delete(digest) || state.sessions.has(digest)) && await blobIsThere(state, descriptor, ["pull", "push"], call)) return "present";
	for (let session = 1;; session += 1) {
		require_call.throwIfStopped(call);
		const location = takeSession(state, descriptor) ?? await openSession(state, descriptor, call);
		if (location === "stored") break;
		const doubt = await sendWhole(state, descriptor, body, location, call);
		if (doubt === void 0) break;
		if (await blobIsThere(state, descriptor, ["pull", "push"], call)) break;
		if (session >= MOST_SESSIONS || !worthAnother(doubt)) throw doubt;
		await require_call.pause(state.client.timing.backoff(session), call);
	}
	state.doubted.delete(digest);
	state.present.add(digest);
	return "stored";
}
function worthAnother(doubt) {
	return !require_failure.isFailure(doubt) || ![
		"DIGEST_MISMATCH",
		"LIMIT_REACHED",
		"AUTH_DENIED",
		"AUTH_REQUIRED",
		"TLS_UNTRUSTED",
		"REDIRECT_REFUSED"
	].includes(doubt.code);
}
function takeSession(state, descriptor) {
	const location = state.sessions.get(descriptor.digest);
	state.sessions.delete(descriptor.digest);
	return location;
}
function pushScopes(state) {
	return [repositoryScope(state.repository.path, "pull", "push")];
}
async function openSession(state, descriptor, call) {
	const { repository, client } = state;
	const what = `push blob ${descriptor.digest} to ${state.name}`;
	const answer = await client.send({
		what,
		method: "POST",
		repository,
		at: uploadPath(repository),
		scopes: pushScopes(state),
		largest: LARGEST$3.error,
		expect: [201, 202],
		follow: "origin"
	}, call);
	return answer.status === 201 ? "stored" : uploadLocation(state, answer, what);
}
async function sendWhole(state, descriptor, body, location, call) {
	const { repository, client } = state;
	const what = `push blob ${descriptor.digest} to ${state.name}`;
	let sourceBroke = false;
	const payload = {
		size: body.size,
		async *open() {
			try {
				yield* body.open();
			} catch (error) {
				sourceBroke = true;
				throw error;
			}
		}
	};
	let answer;
	try {
		answer = await client.send({
			what,
			method: "PUT",
			repository,
			at: `${location}${location.includes("?") ? "&" : "?"}digest=${encodeURIComponent(descriptor.digest)}`,
			headers: { "content-type": "application/octet-stream" },
			body: payload,
			scopes: pushScopes(state),
			largest: LARGEST$3.error,
			expect: [
				200,
				201,
				202,
				204,
				400,
				404,
				409,
				416
			],
			tries: 1,
			follow: "origin"
		}, call);
	} catch (error) {
		if (!sourceBroke && require_failure.isFailure(error) && [
			"REGISTRY_UNAVAILABLE",
			"PROTOCOL_ERROR",
			"LIMIT_REACHED"
		].includes(error.code) && !call.signal.aborted) return error;
		await abandon(state, location);
		throw error;
	}
	if (answer.status >= 400) return refusal(what, descriptor, answer);
	const said = answer.headers["docker-content-digest"];
	if (said !== void 0 && require_digest.isDigest(said) && require_digest.algorithmOf(said) === require_digest.algorithmOf(descriptor.digest) && said !== descriptor.digest) throw new require_failure.Failure("DIGEST_MISMATCH", `cannot ${what}`, {
		cause: `the registry stored it as ${said}`,
		facts: { digest: descriptor.digest }
	});
	return answer.status === 201 || answer.status === 204 ? void 0 : new require_failure.Failure("PROTOCOL_ERROR", `cannot ${what}`, { cause: `the registry answered ${answer.status} and does not have the blob` });
}
function refusal(what, descriptor, answer) {
	const codes = answer.errors.map(({ code }) => code);
	const cause = `the registry answered ${answer.status}: ${errorText(answer.errors, answer.bytes)}`;
	const facts = {
		digest: descriptor.digest,
		status: answer.status,
		codes
	};
	if (answer.status === 400 && codes.some((code) => code === "DIGEST_INVALID" || code === "SIZE_INVALID")) return new require_failure.Failure("DIGEST_MISMATCH", `cannot ${what}`, {
		cause,
		facts,
		hint: "The source does not hold what its descriptor says, or something on the way changes content."
	});
	return new require_failure.Failure("REGISTRY_UNAVAILABLE", `cannot ${what}`, {
		cause,
		facts,
		hint: "The registry lost the upload several times. Run the same command again; what was done is kept."
	});
}
async function abandon(state, location) {
	const { repository, client } = state;
	const farewell = {
		...require_call.freeCall(),
		deadline: performance.now() + FAREWELL
	};
	try {
		await client.send({
			what: "abandon an upload",
			method: "DELETE",
			repository,
			at: location,
			scopes: pushScopes(state),
			largest: LARGEST$3.error,
			expect: [
				200,
				202,
				204,
				404,
				405
			],
			tries: 1,
			follow: "origin"
		}, farewell);
	} catch {}
}

// src/registry/target/remote/decoded.ts
async function* decoded(chunks, encoding, what) {
	const zlib = process.getBuiltinModule("node:zlib");
	const decoders = {
		gzip: () => zlib.createGunzip(),
		"x-gzip": () => zlib.createGunzip(),
		deflate: () => zlib.createInflate(),
		br: () => zlib.createBrotliDecompress()
	};
	const create = Object.hasOwn(decoders, encoding) ? decoders[encoding] : void 0;
	if (!create) {
		for await (const _chunk of chunks) break;
		throw new require_failure.Failure("PROTOCOL_ERROR", `cannot ${what}`, { cause: `the answer came encoded as ${encoding.slice(0, 40)}, which was not asked for` });
	}
	const decoder = create();
	(0, node_stream.pipeline)(chunks, decoder, () => {});
	try {
		for await (const chunk of decoder) yield chunk;
	} catch (error) {
		const code = error instanceof Error && "code" in error ? String(error.code) : "";
		if (!code.startsWith("Z_") && !code.startsWith("ERR_") && !code.startsWith("ERROR_")) throw error;
		throw new require_failure.Failure("PROTOCOL_ERROR", `cannot ${what}`, { cause: `the answer says it is ${encoding}, but cannot be decoded` });
	}
}

// src/registry/target/remote/blob-read.ts
const PROGRESS = 1048576;
const MOST_BREAKS = 5;
const ENDED_EARLY = "ERR_STREAM_PREMATURE_CLOSE";
function blobBody(state, descriptor, call) {
	return {
		size: descriptor.size,
		open: (from = 0) => from === 0 ? require_limit.proven(descriptor, pieces(state, descriptor, 0, call), state.name) : pieces(state, descriptor, from, call)
	};
}
async function* pieces(state, descriptor, from, call) {
	const what = `read blob ${descriptor.digest} of ${state.name}`;
	let at = from;
	let breaks = 0;
	while (at < descriptor.size || descriptor.size === 0 && at === from) {
		const start = at;
		let broken;
		try {
			const { chunks, skip } = await open(state, descriptor, at, what, call);
			let pass = skip;
			for await (const chunk of chunks) {
				const fresh = pass === 0 ? chunk : chunk.subarray(Math.min(pass, chunk.length));
				pass -= chunk.length - fresh.length;
				if (fresh.length === 0) continue;
				at += fresh.length;
				yield fresh;
				if (at > descriptor.size) throw tooLong(state, descriptor);
			}
			if (at >= descriptor.size) return;
			broken = new WireError(ENDED_EARLY, `the body ended after ${at} of ${descriptor.size} bytes`);
		} catch (error) {
			if (!(error instanceof WireError)) throw error;
			broken = error;
		}
		breaks = at - start >= PROGRESS ? 1 : breaks + 1;
		if (breaks >= MOST_BREAKS || !worthTrying(broken, breaks)) {
			if (broken.code === ENDED_EARLY) throw tooShort(state, descriptor, at);
			throw networkFailure(what, state.client.originOf(state.repository.registry), broken);
		}
		await require_call.pause(state.client.timing.backoff(breaks), call);
	}
}
async function open(state, descriptor, at, what, call) {
	let answer = await ask(state, descriptor, at, what, call);
	if (answer.status === 416) answer = await ask(state, descriptor, 0, what, call);
	const { chunks } = answer;
	if (!chunks) {
		await believeAbsent(state, what, answer, call);
		state.present.delete(descriptor.digest);
		throw new require_failure.Failure("CONTENT_MISSING", `${descriptor.digest} is not in ${state.name}`, {
			hint: "The registry lists content it does not have. Push the image again, or take it from another place.",
			facts: { digest: descriptor.digest }
		});
	}
	const refuse = async (failure) => {
		for await (const _chunk of chunks) break;
		throw failure;
	};
	const page = notRegistry(what, answer);
	if (page && answer.status === 200 && numberHeader(answer, "content-length") !== descriptor.size) return await refuse(page);
	if (answer.status === 206) {
		const range = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/.exec(answer.headers["content-range"]?.trim() ?? "");
		if (!(at > 0 && range !== null && Number(range[1]) === at && Number(range[2]) < descriptor.size && (range[3] === "*" || Number(range[3]) === descriptor.size))) return await refuse(new require_failure.Failure("PROTOCOL_ERROR", `cannot ${what}`, { cause: `asked for bytes from ${at}, got ${(answer.headers["content-range"] ?? "no Content-Range").slice(0, 80)}` }));
		return {
			chunks,
			skip: 0
		};
	}
	const size = numberHeader(answer, "content-length");
	const encoding = (answer.headers["content-encoding"] ?? "").trim().toLowerCase();
	if (encoding !== "" && encoding !== "identity" && size !== descriptor.size) return {
		chunks: decoded(chunks, encoding, what),
		skip: at
	};
	if (size !== void 0 && size !== descriptor.size) return await refuse(wrongSize(state, descriptor, size));
	return {
		chunks,
		skip: at
	};
}
async function ask(state, descriptor, at, what, call) {
	const { repository, client } = state;
	return await client.send({
		what,
		method: "GET",
		repository,
		at: blobPath(repository, descriptor.digest),
		headers: at === 0 ? {} : { range: `bytes=${at}-${descriptor.size - 1}` },
		scopes: [repositoryScope(repository.path, "pull")],
		largest: "stream",
		expect: at === 0 ? [200, 404] : [
			200,
			206,
			404,
			416
		],
		follow: "anywhere"
	}, call);
}
function wrongSize(state, descriptor, size) {
	return mismatch(state, descriptor, `it has ${size} bytes instead of the promised ${descriptor.size}`);
}
function tooLong(state, descriptor) {
	return mismatch(state, descriptor, `it has more than the promised ${descriptor.size} bytes`);
}
function tooShort(state, descriptor, at) {
	return mismatch(state, descriptor, `it ends after ${at} of the promised ${descriptor.size} bytes, every time`);
}
function mismatch(state, descriptor, why) {
	return new require_failure.Failure("DIGEST_MISMATCH", `${descriptor.digest} from ${state.name} is not what it claims to be`, {
		cause: why,
		hint: "The bytes were not used. Something between here and there changes content, or the copy there is damaged.",
		facts: { digest: descriptor.digest }
	});
}

// src/registry/target/remote/manifest-read.ts
const ACCEPT = require_limit.MANIFEST_ACCEPT.join(", ");
async function resolveManifest(state, ref, call) {
	const { repository, client } = state;
	const answer = await client.send({
		what: `look up ${ref} in ${state.name}`,
		method: "HEAD",
		repository,
		at: manifestPath(repository, ref),
		headers: { accept: ACCEPT },
		scopes: [repositoryScope(repository.path, "pull")],
		largest: LARGEST$3.manifest,
		expect: [
			200,
			400,
			403,
			404,
			405
		],
		follow: "anywhere"
	}, call);
	if (answer.status === 404 && speaksRegistry(answer)) return void 0;
	const digest = answer.headers["docker-content-digest"] ?? "";
	const size = numberHeader(answer, "content-length");
	const mediaType = contentType(answer);
	if (answer.status === 200 && require_digest.isDigest(digest) && require_limit.isManifestType(mediaType) && size !== void 0 && size > 0 && (!require_digest.isDigest(ref) || ref === digest)) return {
		mediaType,
		digest,
		size
	};
	return (await readFresh(state, ref, call))?.descriptor;
}
async function hasManifest(state, digest, call) {
	const there = await resolveManifest(state, digest, call) !== void 0;
	if (!there) {
		state.absent.add(digest);
		state.manifests.drop(state.name, digest);
	}
	return there;
}
async function readManifest(state, ref, call) {
	return (require_digest.isDigest(ref) ? state.manifests.get(state.name, ref) : void 0) ?? await readFresh(state, ref, call);
}
async function readFresh(state, ref, call) {
	const { repository, client } = state;
	const what = `read ${ref} of ${state.name}`;
	const answer = await client.send({
		what,
		method: "GET",
		repository,
		at: manifestPath(repository, ref),
		headers: { accept: ACCEPT },
		scopes: [repositoryScope(repository.path, "pull")],
		largest: LARGEST$3.manifest,
		expect: [200, 404],
		follow: "anywhere"
	}, call);
	if (answer.status === 404) {
		await believeAbsent(state, what, answer, call);
		return;
	}
	const manifest = prove(state, ref, answer, what);
	state.manifests.put(state.name, manifest);
	return manifest;
}
function prove(state, ref, answer, what) {
	const { bytes } = answer;
	const page = notRegistry(what, answer);
	if (page) throw page;
	if (require_digest.isDigest(ref)) {
		const digest = require_digest.digestOf(bytes, require_digest.algorithmOf(ref));
		if (digest !== ref) throw liar(state, ref, `its digest is ${digest}`);
		const { mediaType } = require_limit.parseManifest(bytes, contentType(answer)).descriptor;
		return {
			descriptor: {
				mediaType,
				digest,
				size: bytes.length
			},
			bytes
		};
	}
	const { descriptor } = require_limit.parseManifest(bytes, contentType(answer));
	const header = answer.headers["docker-content-digest"];
	if (header === void 0 || !require_digest.isDigest(header)) return {
		descriptor,
		bytes
	};
	const digest = require_digest.digestOf(bytes, require_digest.algorithmOf(header));
	if (digest !== header) {
		state.client.warn(`${state.name} says ${ref} is ${header}, but sent ${descriptor.digest}; the latter is used`);
		return {
			descriptor,
			bytes
		};
	}
	return {
		descriptor: {
			...descriptor,
			digest
		},
		bytes
	};
}
function liar(state, ref, why) {
	return new require_failure.Failure("DIGEST_MISMATCH", `${ref} from ${state.name} is not what it claims to be`, {
		cause: why,
		hint: "The bytes were not used. Something between here and there changes content, or the copy there is damaged.",
		facts: { ref }
	});
}

// src/registry/target/remote/link.ts
const MOST_LINKS = 64;
function nextLink(header) {
	let rest = header ?? "";
	if (rest.length > 32768) return void 0;
	for (let links = 0; links < MOST_LINKS; links += 1) {
		const open = rest.indexOf("<");
		const close = rest.indexOf(">", open);
		if (open < 0 || close < 0) return void 0;
		const target = rest.slice(open + 1, close);
		rest = rest.slice(close + 1);
		const following = rest.indexOf("<");
		if ((following < 0 ? rest : rest.slice(0, following)).split(/[;,]/).some((parameter) => {
			const [name = "", value = ""] = parameter.split("=");
			return name.trim().toLowerCase() === "rel" && value.trim().replaceAll("\"", "").toLowerCase().split(/\s+/).includes("next");
		})) return target.trim();
	}
}

// src/registry/target/remote/pages.ts
const MOST_PAGES = 1e4;
async function* pages(state, first, call) {
	const seen = /* @__PURE__ */ new Set();
	let at = first.at;
	for (let page = 0; page < MOST_PAGES; page += 1) {
		const answer = await state.client.send({
			...first,
			at
		}, call);
		yield answer;
		const link = nextLink(answer.headers["link"]);
		if (link === void 0) return;
		const next = sameOrigin(state, link, answer, first.what);
		if (seen.has(next)) throw incomplete(first.what, "its pages lead in a circle");
		seen.add(next);
		at = next;
	}
	throw incomplete(first.what, `it has more than ${MOST_PAGES} pages`);
}
function sameOrigin(state, link, answer, what) {
	const origin = state.client.originOf(state.repository.registry);
	const next = URL.canParse(link, answer.url) ? new URL(link, answer.url) : void 0;
	if (next && next.hostname === origin.hostname && next.origin !== origin.origin) {
		next.protocol = origin.protocol;
		next.port = origin.port;
	}
	if (next?.origin !== origin.origin || next.username !== "" || next.password !== "" || !next.pathname.startsWith("/v2/")) throw new require_failure.Failure("REDIRECT_REFUSED", `cannot ${what}`, {
		cause: `${origin.host} says the next page is at another place${next ? ` (${next.host})` : ""}`,
		hint: "An incomplete listing is not used. Check the configuration of the registry or the proxy before it."
	});
	next.hash = "";
	return next.href;
}
function incomplete(what, why) {
	return new require_failure.Failure("PROTOCOL_ERROR", `cannot ${what} to its end`, {
		cause: why,
		hint: "An incomplete listing is not used."
	});
}

// src/registry/target/remote/referrers-read.ts
const MOST_REFERRERS = 1e4;
async function* listReferrers(state, subject, call) {
	const [listed, fallback] = await Promise.all([readApi(state, subject, call), readFallback(state, subject, call)]);
	const seen = /* @__PURE__ */ new Set();
	for (const entry of [...listed ?? [], ...fallback?.manifests ?? []]) {
		if (seen.has(entry.digest) || !require_limit.isManifestType(entry.mediaType)) continue;
		seen.add(entry.digest);
		const complete = await completed(state, subject, entry, call);
		if (complete) yield complete;
	}
}
async function completed(state, subject, entry, call) {
	if (entry.artifactType !== void 0 && entry.artifactType !== require_limit.MEDIA.empty) return entry;
	const known = await readManifest(state, entry.digest, call);
	if (!known) throw new require_failure.Failure("CONTENT_MISSING", `cannot list what is attached to ${subject} in ${state.name}`, {
		cause: `${entry.digest} is listed and not there`,
		hint: "An incomplete listing is not used. Attach it again, or remove it from the listing.",
		facts: { digest: entry.digest }
	});
	const manifest = require_limit.parseManifest(known.bytes, entry.mediaType);
	if (manifest.subject?.digest !== subject) return void 0;
	const artifactType = require_limit.artifactTypeOf(manifest);
	return {
		...entry,
		size: known.bytes.length,
		annotations: {
			...manifest.annotations,
			...entry.annotations
		},
		...artifactType === void 0 ? {} : { artifactType }
	};
}
async function readApi(state, subject, call) {
	if (state.listsReferrers === false) return void 0;
	const { repository } = state;
	const what = `list what is attached to ${subject} in ${state.name}`;
	const entries = [];
	let first = true;
	for await (const answer of pages(state, {
		what,
		method: "GET",
		repository,
		at: referrersPath(repository, subject),
		headers: { accept: require_limit.MEDIA.index },
		scopes: [repositoryScope(repository.path, "pull")],
		largest: LARGEST$3.manifest,
		expect: [
			200,
			301,
			302,
			303,
			307,
			308,
			400,
			404,
			405,
			406
		],
		follow: "origin"
	}, call)) {
		const page = readPage(answer, what);
		if (!page) {
			if (!first) throw new require_failure.Failure("PROTOCOL_ERROR", `cannot ${what} to its end`, {
				cause: `a further page is not an index (${answer.status})`,
				hint: "An incomplete listing is not used."
			});
			if (answer.status === 404 && !speaksRegistry(answer)) await requireBase(state, what, answer, call);
			if (!answer.errors.some(({ code }) => code === "NAME_UNKNOWN")) state.listsReferrers = false;
			return;
		}
		first = false;
		state.listsReferrers = true;
		entries.push(...page);
		if (entries.length > MOST_REFERRERS) throw new require_failure.Failure("LIMIT_REACHED", `cannot ${what}`, { cause: `there are more than ${MOST_REFERRERS}` });
	}
	return entries;
}
function readPage(answer, what) {
	if (answer.status !== 200 || contentType(answer) !== require_limit.MEDIA.index) return void 0;
	const json = require_json.parseStrictJson(answer.bytes, `the answer to "${what}"`);
	if (!require_json.isObject(json)) return void 0;
	const manifests = json["manifests"] ?? [];
	if (!Array.isArray(manifests)) throw new require_failure.Failure("CONTENT_INVALID", `cannot ${what}`, { cause: "the list of manifests is not a list" });
	return manifests.map((entry, index) => require_limit.parseDescriptor(entry, `manifests[${index}]`));
}
async function readFallback(state, subject, call) {
	const known = await readManifest(state, require_reference.parseTag(require_digest.fallbackTag(subject)), call);
	if (!known || known.descriptor.digest === subject) return void 0;
	const manifest = require_limit.parseManifest(known.bytes, known.descriptor.mediaType);
	return manifest.kind === "index" && manifest.descriptor.mediaType === require_limit.MEDIA.index ? manifest : void 0;
}

// src/registry/target/remote/referrers-write.ts
const MOST_TRIES$1 = 6;
const SETTLE = 150;
const queues = /* @__PURE__ */ new Map();
async function linkSubject(state, manifest, digest, call) {
	const subject = manifest.subject?.digest;
	if (subject === void 0) return;
	if ((await readApi(state, subject, call))?.some((entry) => entry.digest === digest) === true) return;
	const artifactType = require_limit.artifactTypeOf(manifest);
	const entry = {
		mediaType: manifest.descriptor.mediaType,
		digest,
		size: manifest.bytes.length,
		...artifactType === void 0 ? {} : { artifactType },
		...Object.keys(manifest.annotations).length === 0 ? {} : { annotations: manifest.annotations }
	};
	await change(state, subject, (entries) => entries.some((other) => other.digest === digest) ? void 0 : [...entries, entry], call);
}
async function unlinkSubject(state, subject, digest, call) {
	await change(state, subject, (entries) => entries.some((other) => other.digest === digest) ? entries.filter((other) => other.digest !== digest) : void 0, call);
}
async function change(state, subject, edit, call) {
	const key = `${state.name}@${subject}`;
	const queue = queues.get(key) ?? require_limit.createLimit(1);
	queues.set(key, queue);
	await queue.run(async () => {
		let quiet = false;
		for (let tried = 0; tried < MOST_TRIES$1; tried += 1) {
			const entries = edit((await readFallback(state, subject, call))?.manifests ?? []);
			if (!entries) {
				if (quiet || tried === 0) return;
				quiet = true;
			} else {
				quiet = false;
				await write(state, subject, entries, call);
			}
			await require_call.pause(SETTLE * state.client.timing.scale * (.5 + Math.random()), call);
		}
		if (quiet) return;
		throw new require_failure.Failure("REGISTRY_UNAVAILABLE", `cannot list an attachment of ${subject} in ${state.name}`, {
			cause: "other writers keep replacing the list under its fallback tag",
			hint: "The attachment itself is stored. Run the same command again; a registry with the referrers API does not have this race.",
			facts: { subject }
		});
	}, call);
}
async function write(state, subject, entries, call) {
	const { repository, client } = state;
	const bytes = Buffer.from(JSON.stringify({
		schemaVersion: 2,
		mediaType: require_limit.MEDIA.index,
		manifests: entries.map(require_limit.descriptorJson)
	}));
	await client.send({
		what: `list attachments of ${subject} in ${state.name}`,
		method: "PUT",
		repository,
		at: manifestPath(repository, require_reference.parseTag(require_digest.fallbackTag(subject))),
		headers: { "content-type": require_limit.MEDIA.index },
		body: {
			size: bytes.length,
			async *open() {
				yield bytes;
			}
		},
		scopes: [repositoryScope(repository.path, "pull", "push")],
		largest: LARGEST$3.error,
		expect: [
			200,
			201,
			202,
			204
		],
		follow: "origin"
	}, call);
}

// src/registry/target/remote/delete.ts
async function untagManifest(state, tag, call) {
	await send(state, `remove the tag ${tag} of ${state.name}`, manifestPath(state.repository, tag), "Remove the tag with the tools of the registry itself; its digest was not deleted, because other tags may name it.", call);
}
async function removeContent(state, descriptor, call) {
	const { digest } = descriptor;
	const isManifest = require_limit.isManifestType(descriptor.mediaType);
	const known = isManifest ? await readManifest(state, digest, call) : void 0;
	const path = isManifest ? manifestPath(state.repository, digest) : blobPath(state.repository, digest);
	await send(state, `remove ${digest} from ${state.name}`, path, "The registry does not allow deleting here.", call);
	state.present.delete(digest);
	state.manifests.drop(state.name, digest);
	const subject = known === void 0 ? void 0 : require_limit.parseManifest(known.bytes, known.descriptor.mediaType).subject?.digest;
	if (subject !== void 0 && await readApi(state, subject, call) === void 0) await unlinkSubject(state, subject, digest, call);
}
async function send(state, what, at, hint, call) {
	const { repository, client } = state;
	const answer = await client.send({
		what,
		method: "DELETE",
		repository,
		at,
		scopes: [repositoryScope(repository.path, "delete", "pull", "push")],
		largest: LARGEST$3.error,
		expect: [
			200,
			202,
			204,
			400,
			404,
			405
		],
		follow: "origin"
	}, call);
	if (answer.status < 300) return;
	if (answer.status === 404) return await believeAbsent(state, what, answer, call);
	throw new require_failure.Failure("UNSUPPORTED", `cannot ${what}`, {
		cause: `the registry answered ${answer.status}: ${errorText(answer.errors, answer.bytes)}`,
		hint,
		facts: { status: answer.status }
	});
}

// src/registry/target/remote/manifest-refusal.ts
const CHILD_UNKNOWN = /* @__PURE__ */ new Set([
	"MANIFEST_BLOB_UNKNOWN",
	"BLOB_UNKNOWN",
	"MANIFEST_UNKNOWN",
	"MANIFEST_REFERENCES_UNKNOWN"
]);
async function manifestRefusal(state, manifest, answer, what, call) {
	const codes = answer.errors.map(({ code }) => code).filter((code) => code !== "");
	const cause = `the registry answered ${answer.status}: ${errorText(answer.errors, answer.bytes)}`;
	const facts = {
		status: answer.status,
		codes
	};
	if (codes.some((code) => CHILD_UNKNOWN.has(code))) {
		const children = require_limit.childrenOf(manifest).filter(({ mediaType }) => !require_limit.isForeignLayer(mediaType));
		const missing = [];
		for (const child of children) if (!(require_limit.isManifestType(child.mediaType) ? await hasManifest(state, child.digest, call) : await blobIsThere(state, child, ["pull", "push"], call))) missing.push(child);
		for (const { digest } of missing.length > 0 ? missing : children) state.doubted.add(digest);
		return new require_failure.Failure("CONTENT_MISSING", `cannot ${what}`, {
			cause,
			hint: "Push the image again from a place that has all of it.",
			facts: {
				...facts,
				known: missing.length === 0,
				missing: missing.map(({ digest }) => digest)
			}
		});
	}
	if (codes.some((code) => code === "DIGEST_INVALID" || code === "SIZE_INVALID")) return new require_failure.Failure("DIGEST_MISMATCH", `cannot ${what}`, {
		cause,
		facts
	});
	if (answer.status === 405) return new require_failure.Failure("UNSUPPORTED", `cannot ${what}`, {
		cause,
		facts,
		hint: "The registry does not take pushes here; it may be a mirror or a proxy."
	});
	if (answer.status === 409) return new require_failure.Failure("TAG_TAKEN", `cannot ${what}`, {
		cause,
		facts,
		hint: "The registry does not let this tag be moved (immutable tags). Use another tag."
	});
	return new require_failure.Failure("CONTENT_INVALID", `cannot ${what}`, {
		cause,
		facts,
		hint: "The registry does not accept this manifest."
	});
}

// src/registry/target/remote/manifest-push.ts
const MOST_TRIES = 3;
async function pushManifest(state, descriptor, body, call) {
	const { digest } = descriptor;
	const present = !state.doubted.has(digest) && !state.absent.delete(digest) && await hasManifest(state, digest, call);
	const bytes = await require_limit.readBody(body, require_limit.LARGEST_MANIFEST_PUSHED);
	const found = require_digest.digestOf(bytes, require_digest.algorithmOf(digest));
	if (found !== digest || bytes.length !== descriptor.size) throw new require_failure.Failure("DIGEST_MISMATCH", `cannot push ${digest} to ${state.name}`, {
		cause: found === digest ? `it has ${bytes.length} bytes instead of the promised ${descriptor.size}` : `the digest of its bytes is ${found}`,
		facts: { digest }
	});
	const manifest = require_limit.parseManifest(bytes, descriptor.mediaType);
	const known = {
		descriptor: {
			...manifest.descriptor,
			digest
		},
		bytes
	};
	if (present) state.manifests.put(state.name, known);
	else await putManifest(state, digest, known, manifest, call);
	state.absent.delete(digest);
	state.doubted.delete(digest);
	if (manifest.subject) await linkSubject(state, manifest, digest, call);
	return present ? "present" : "stored";
}
async function tagManifest(state, descriptor, tag, call) {
	const known = await readManifest(state, descriptor.digest, call);
	if (!known) throw new require_failure.Failure("CONTENT_MISSING", `${descriptor.digest} is not in ${state.name}, so it cannot be tagged ${tag}`, { facts: { digest: descriptor.digest } });
	require_call.throwIfStopped(call);
	await putManifest(state, tag, known, require_limit.parseManifest(known.bytes, known.descriptor.mediaType), call);
}
async function putManifest(state, ref, { descriptor, bytes }, manifest, call) {
	const what = require_digest.isDigest(ref) ? `push ${ref} to ${state.name}` : `tag ${descriptor.digest} as ${ref} in ${state.name}`;
	for (let tried = 1;; tried += 1) {
		require_call.throwIfStopped(call);
		const answer = await sendManifest(state, ref, {
			descriptor,
			bytes
		}, what, call);
		if (answer.status < 300) {
			await confirm(state, ref, descriptor.digest, answer, what, call);
			state.manifests.put(state.name, {
				descriptor,
				bytes
			});
			return;
		}
		const failure = await manifestRefusal(state, manifest, answer, what, call);
		if (!require_failure.isFailure(failure, "CONTENT_MISSING") || failure.facts["known"] === false || tried >= MOST_TRIES) throw failure;
		await require_call.pause(state.client.timing.backoff(tried), call);
	}
}
async function sendManifest(state, ref, { descriptor, bytes }, what, call) {
	const { repository, client } = state;
	const payload = {
		size: bytes.length,
		async *open() {
			yield bytes;
		}
	};
	return await client.send({
		what,
		method: "PUT",
		repository,
		at: manifestPath(repository, ref),
		headers: { "content-type": descriptor.mediaType },
		body: payload,
		scopes: [repositoryScope(repository.path, "pull", "push")],
		largest: LARGEST$3.error,
		expect: [
			200,
			201,
			202,
			204,
			400,
			404,
			405,
			409,
			422
		],
		follow: "origin"
	}, call);
}
async function confirm(state, ref, digest, answer, what, call) {
	const said = answer.headers["docker-content-digest"];
	if (said !== void 0 && require_digest.isDigest(said) && require_digest.algorithmOf(said) === require_digest.algorithmOf(digest)) {
		if (said !== digest) throw new require_failure.Failure("DIGEST_MISMATCH", `cannot ${what}`, {
			cause: `the registry stored it as ${said}: it rewrites manifests`,
			hint: "Nothing may be signed or promoted there under the digest that was asked for.",
			facts: {
				digest,
				stored: said
			}
		});
		if (answer.status === 201) return;
	} else if (answer.status === 201) return;
	if ((await resolveManifest(state, ref, call))?.digest !== digest) throw new require_failure.Failure("PROTOCOL_ERROR", `cannot ${what}`, {
		cause: `the registry answered ${answer.status}, but does not have it`,
		hint: "Is this a registry, and the right address?",
		facts: { status: answer.status }
	});
}

// src/registry/target/remote/mount.ts
async function mountBlob(state, descriptor, from, call) {
	const { repository, client } = state;
	if (from.registry !== repository.registry || from.path === repository.path || state.noMount.has(from.path) || state.doubted.has(descriptor.digest) || state.present.has(descriptor.digest)) return false;
	const what = `mount blob ${descriptor.digest} from ${from.path} into ${state.name}`;
	let answer;
	try {
		answer = await client.send({
			what,
			method: "POST",
			repository,
			at: uploadPath(repository, {
				digest: descriptor.digest,
				from: from.path
			}),
			scopes: [repositoryScope(repository.path, "pull", "push"), repositoryScope(from.path, "pull")],
			largest: LARGEST$3.error,
			expect: [201, 202],
			tries: 1,
			follow: "origin"
		}, call);
	} catch (error) {
		require_call.throwIfStopped(call);
		if (!require_failure.isFailure(error) || error.code === "RATE_LIMITED" || error.code === "TLS_UNTRUSTED") throw error;
		state.noMount.add(from.path);
		return false;
	}
	if (answer.status === 202) {
		state.sessions.set(descriptor.digest, uploadLocation(state, answer, what));
		return false;
	}
	const said = answer.headers["docker-content-digest"];
	if (said !== void 0 && said !== descriptor.digest) return false;
	state.present.add(descriptor.digest);
	return true;
}

// src/registry/target/remote/manifest-cache.ts
const LARGEST$1 = 16777216;
function createManifestCache(largest = LARGEST$1) {
	const kept = /* @__PURE__ */ new Map();
	let bytes = 0;
	const drop = (key) => {
		bytes -= kept.get(key)?.bytes.length ?? 0;
		kept.delete(key);
	};
	return {
		get: (repository, digest) => kept.get(`${repository}@${digest}`),
		put(repository, manifest) {
			const key = `${repository}@${manifest.descriptor.digest}`;
			drop(key);
			kept.set(key, manifest);
			bytes += manifest.bytes.length;
			for (const oldest of kept.keys()) {
				if (bytes <= largest) break;
				drop(oldest);
			}
		},
		drop: (repository, digest) => drop(`${repository}@${digest}`)
	};
}

// src/registry/target/remote/repository-state.ts
const shared = /* @__PURE__ */ new WeakMap();
function stateOf(repository, client) {
	const common = shared.get(client) ?? {
		manifests: createManifestCache(),
		states: /* @__PURE__ */ new Map()
	};
	shared.set(client, common);
	const name = require_reference.printRepository(repository);
	const known = common.states.get(name);
	if (known) return known;
	const state = {
		repository: {
			registry: repository.registry,
			path: repository.path
		},
		client,
		name,
		manifests: common.manifests,
		present: /* @__PURE__ */ new Set(),
		absent: /* @__PURE__ */ new Set(),
		doubted: /* @__PURE__ */ new Set(),
		sessions: /* @__PURE__ */ new Map(),
		noMount: /* @__PURE__ */ new Set(),
		listsReferrers: void 0
	};
	common.states.set(name, state);
	return state;
}

// src/registry/target/remote/tag-list.ts
async function* listTags(state, call) {
	const { repository } = state;
	const what = `list the tags of ${state.name}`;
	const seen = /* @__PURE__ */ new Set();
	let first = true;
	for await (const answer of pages(state, {
		what,
		method: "GET",
		repository,
		at: tagsPath(repository),
		scopes: [repositoryScope(repository.path, "pull")],
		largest: LARGEST$3.tags,
		expect: [200, 404],
		follow: "origin"
	}, call)) {
		if (answer.status === 404) {
			if (!first) throw new require_failure.Failure("PROTOCOL_ERROR", `cannot ${what} to its end`, { cause: "a page that the registry named is not there" });
			return await believeAbsent(state, what, answer, call);
		}
		first = false;
		for (const tag of readTags(answer, what)) {
			if (seen.has(tag)) continue;
			seen.add(tag);
			yield tag;
		}
	}
}
function readTags(answer, what) {
	const page = notRegistry(what, answer);
	if (page) throw page;
	let json;
	try {
		json = JSON.parse(Buffer.from(answer.bytes).toString("utf8"));
	} catch {
		json = void 0;
	}
	const tags = typeof json === "object" && json !== null && "tags" in json ? json.tags : void 0;
	if (tags === null) return [];
	if (!Array.isArray(tags)) throw new require_failure.Failure("PROTOCOL_ERROR", `cannot ${what}`, {
		cause: "the answer is not a list of tags",
		hint: "Is this a registry?"
	});
	return tags.filter((tag) => typeof tag === "string" && require_reference.isTag(tag));
}

// src/registry/target/remote/remote.ts
function openRemote(repository, client) {
	const state = stateOf(repository, client);
	return {
		name: state.name,
		repository: state.repository,
		resolve: (ref, call) => resolveManifest(state, ref, call),
		read: (ref, call) => readManifest(state, ref, call),
		async fetch(descriptor, call) {
			if (!require_limit.isManifestType(descriptor.mediaType)) return blobBody(state, descriptor, call);
			const known = await readManifest(state, descriptor.digest, call);
			if (known) return require_limit.bytesBody(known.bytes);
			throw new require_failure.Failure("CONTENT_MISSING", `${descriptor.digest} is not in ${state.name}`, { facts: { digest: descriptor.digest } });
		},
		has: (descriptor, call) => require_limit.isManifestType(descriptor.mediaType) ? hasManifest(state, descriptor.digest, call) : hasBlob(state, descriptor, call),
		push: (descriptor, body, call) => require_limit.isManifestType(descriptor.mediaType) ? pushManifest(state, descriptor, body, call) : pushBlob(state, descriptor, body, call),
		tag: (descriptor, tag, call) => tagManifest(state, descriptor, tag, call),
		tags: (call) => listTags(state, call),
		referrers: (subject, call) => listReferrers(state, subject, call),
		async mount(descriptor, from, call) {
			return isRemote$1(from) && !require_limit.isManifestType(descriptor.mediaType) ? await mountBlob(state, descriptor, from.repository, call) : false;
		},
		untag: (tag, call) => untagManifest(state, tag, call),
		remove: (descriptor, call) => removeContent(state, descriptor, call)
	};
}
function isRemote$1(source) {
	return "repository" in source && "read" in source;
}

// src/registry/target/open.ts
function createOpener(options) {
	const client = createRegistryClient(options);
	return {
		client,
		open(where) {
			const location = typeof where === "string" ? require_field.parseLocation(where) : where;
			return {
				location,
				target: location.kind === "remote" ? openRemote(location, client) : openLayout(location.directory)
			};
		},
		close: () => client.close()
	};
}

// src/step/common-inputs.ts
const ALWAYS = {
	config: require_field.field.file({
		about: "The ferry.yaml to use; ./ferry.yaml when there is one",
		example: "ferry.yaml",
		optional: true
	}),
	timeout: require_field.field.duration({
		about: "How long the step may take",
		example: "10m",
		optional: true
	})
};
const BY_NEED = {
	registry: {
		registryUsername: require_field.field.text({
			about: "User for the registry that the step writes to, or else for that of the image; otherwise the docker configuration is asked",
			example: "robot$pay+ci",
			optional: true
		}),
		registryPassword: require_field.field.secret({
			about: "Password or token of that user",
			optional: true
		}),
		plainHttp: require_field.field.list({
			about: "Registry hosts that may be asked without TLS; loopback always may",
			example: "registry.lan:5000",
			setting: "registry.plainHttp"
		}),
		caFile: require_field.field.file({
			about: "PEM file with certificates of authorities to trust besides the usual ones",
			example: "ca.pem",
			optional: true,
			setting: "registry.caFile"
		})
	},
	files: {},
	"signing-key": {}
};
const INHERITED = [...Object.keys(BY_NEED.registry), "config"];
function inputsOf(step) {
	return Object.assign({}, step.inputs, ...step.needs.map((need) => BY_NEED[need]), ALWAYS);
}

// src/step/inputs.ts
function originOf(step, name, field, host, settings) {
	const given = host.read(name, field);
	if (isGiven(given)) return {
		kind: "input",
		at: host.spell(name, field),
		raw: given
	};
	const variable = host.variable(require_names.variableOf(name));
	if (isGiven(variable)) return {
		kind: "environment",
		at: require_names.variableOf(name),
		raw: variable
	};
	const byStep = settings.inputOf(step.name, name);
	if (isGiven(byStep)) return {
		kind: "ferry.yaml",
		at: `defaults.${step.name}.${name}`,
		raw: fromSettings(byStep, field, settings)
	};
	const setting = field.setting === void 0 ? void 0 : settings.value(field.setting);
	if (isGiven(setting)) return {
		kind: "ferry.yaml",
		at: field.setting ?? "",
		raw: fromSettings(setting, field, settings)
	};
	const fact = field.fact === void 0 ? void 0 : host.facts[field.fact];
	if (isGiven(fact)) return {
		kind: "host",
		at: host.name,
		raw: fact
	};
	if (field.fallback !== void 0) return {
		kind: "default",
		at: "",
		raw: field.fallback
	};
	return {
		kind: "none",
		at: "",
		raw: void 0
	};
}
function isGiven(raw) {
	return raw !== void 0 && raw.length > 0;
}
function fromSettings(raw, field, settings) {
	if (![
		"file",
		"directory",
		"keys",
		"private-key",
		"image",
		"place"
	].includes(field.word)) return raw;
	return typeof raw === "string" ? fromDirectory(raw, field, settings.directory) : raw.map((item) => fromDirectory(item, field, settings.directory));
}
function fromDirectory(text, field, directory) {
	if (text.includes("-----BEGIN")) return text;
	if (field.word !== "image" && field.word !== "place") return (0, node_path.isAbsolute)(text) ? text : (0, node_path.join)(directory, text);
	const path = text.startsWith("oci:") && !text.startsWith("oci://") ? text.slice(4) : void 0;
	return path === void 0 || (0, node_path.isAbsolute)(path) ? text : `oci:${(0, node_path.join)(directory, path)}`;
}
function readInputs(step, host, settings) {
	const inputs = inputsOf(step);
	const names = Object.keys(inputs);
	const problems = host.strangers(names).map((stranger) => {
		const meant = require_suggest.suggest(stranger, names.map((name) => host.spell(name, inputs[name])));
		return new require_failure.Failure("INPUT_INVALID", `${stranger} is not an input of ${step.name}`, { hint: meant === void 0 ? `See the inputs of ${step.name}: ferry ${step.name} --help` : `Did you mean ${meant}?` });
	});
	const values = {};
	for (const [name, field] of Object.entries(inputs)) try {
		values[name] = readOne(step, name, field, host, settings);
	} catch (error) {
		problems.push(require_failure.asFailure(error));
	}
	if (problems.length === 1 && problems[0]) throw problems[0];
	if (problems.length > 1) throw new require_failure.Failure("INPUT_INVALID", `${problems.length} inputs of ${step.name} are not right; nothing was changed`, { more: problems });
	return values;
}
function readOne(step, name, field, host, settings) {
	const { kind, at, raw } = originOf(step, name, field, host, settings);
	const spelt = kind === "environment" ? at : kind === "ferry.yaml" ? `${at} in ${settings.file ?? "ferry.yaml"}` : host.spell(name, field);
	if (raw === void 0 && field.required) throw new require_failure.Failure("INPUT_INVALID", `${spelt} is missing: ${field.about}`, { hint: `Give ${host.spell(name, field)}${field.example === void 0 ? "" : `, e.g. ${field.example}`}, or set ${require_names.variableOf(name)}.` });
	let value;
	try {
		value = field.read(kind === "default" ? void 0 : raw);
	} catch (error) {
		const failure = require_failure.asFailure(error);
		throw new require_failure.Failure(failure.code, `${spelt}${failure.code === "INPUT_INVALID" ? " " : ": "}${failure.message}`, failure.parts);
	}
	if (field.word === "environment" && typeof value === "string") checkEnvironment(value, spelt, settings);
	return value;
}
function checkEnvironment(name, spelt, settings) {
	const known = settings.environments.map((environment) => environment.name);
	if (known.includes(name)) return;
	const meant = require_suggest.suggest(name, known);
	throw new require_failure.Failure("INPUT_INVALID", `${spelt} is "${name.slice(0, 80)}", which is not one of the environments ${known.join(", ")}`, { hint: meant === void 0 ? "Environments are declared in ferry.yaml under `environments`." : `Did you mean ${meant}?` });
}

// src/step/access.ts
function givenSecrets(step, host, settings) {
	return Object.entries(inputsOf(step)).flatMap(([name, field]) => {
		if (field.shape !== "secret") return [];
		try {
			const { raw } = originOf(step, name, field, host, settings);
			return raw === void 0 || isPath(field, String(raw)) ? [] : [new require_secret.Secret(String(raw))];
		} catch {
			return [];
		}
	});
}
function isPath({ word }, text) {
	return word === "private-key" && text.length < 256 && (/^[^\n]+\.(?:key|pem)$/.test(text) || (0, node_fs.existsSync)(text));
}
function isRemote(value) {
	return typeof value === "object" && value !== null && "kind" in value && value.kind === "remote";
}
function listedRepositories(value) {
	if (!Array.isArray(value)) return [];
	return value.flatMap((text) => {
		try {
			const location = require_field.parseLocation(String(text));
			return location.kind === "remote" && String(text).startsWith(`${location.registry}/`) ? [location] : [];
		} catch {
			return [];
		}
	});
}
function openerOptions({ inputs }, values, credentials, network = {}) {
	const username = values["registryUsername"];
	const password = values["registryPassword"];
	const caFile = values["caFile"];
	const image = Object.keys(inputs).flatMap((name) => inputs[name]?.writes === true ? [values[name]] : []).findLast(isRemote) ?? Object.values(values).find(isRemote) ?? Object.values(values).flatMap(listedRepositories)[0];
	if (password instanceof require_secret.Secret && typeof username !== "string") throw new require_failure.Failure("INPUT_INVALID", "a registry password was given without a user", { hint: "Give the registry username too." });
	const explicit = typeof username === "string" && password instanceof require_secret.Secret && image !== void 0 ? [{
		registry: image.registry,
		username,
		password,
		from: "the given registry username"
	}] : [];
	return {
		credentials: {
			...credentials,
			explicit
		},
		network,
		plainHttp: values["plainHttp"] ?? [],
		userAgent: require_product.PRODUCT.userAgent,
		...typeof caFile === "string" ? { caFiles: [caFile] } : {}
	};
}

// src/step/clean-ending.ts
function cleanEnding(ending, redactor) {
	const clean = (value) => mapTexts(value, (text) => redactor.clean(text));
	const failure = ending.failure;
	return {
		...ending,
		outputs: clean(ending.outputs),
		shown: clean(ending.shown),
		...failure === void 0 ? {} : { failure: cleanFailure(failure, redactor) }
	};
}
function cleanFailure(failure, redactor) {
	const why = failure.cause === void 0 ? void 0 : redactor.clean(causeText(failure.cause));
	const clean = new require_failure.Failure(failure.code, redactor.clean(failure.message), {
		...why === void 0 ? {} : { cause: why },
		...failure.hint === void 0 ? {} : { hint: redactor.clean(failure.hint) },
		facts: mapTexts(failure.facts, (text) => redactor.clean(text)),
		more: failure.more.map((inner) => cleanFailure(inner, redactor))
	});
	if (failure.stack !== void 0) clean.stack = redactor.clean(failure.stack);
	return clean;
}
function mapTexts(value, change) {
	if (typeof value === "string") return change(value);
	if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
	if (typeof value === "object" && value !== null) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)]));
	return value;
}
function causeText(cause) {
	if (!(cause instanceof Error)) return String(cause);
	return cause.cause === void 0 ? cause.message : `${cause.message}: ${causeText(cause.cause)}`;
}

// src/step/log.ts
function createLog(write) {
	const at = (level) => (message, fields = {}) => write({
		level,
		message,
		fields
	});
	return {
		debug: at("debug"),
		info: at("info"),
		warn: at("warn")
	};
}

// src/step/settings/settings.ts
const STANDARD_ENVIRONMENTS = [
	"dev",
	"staging",
	"prod"
];
function settingsOf(file, directory, path) {
	return {
		...path === void 0 ? {} : { file: path },
		directory,
		environments: (file.environments ?? STANDARD_ENVIRONMENTS).map((entry) => {
			if (typeof entry === "string") return {
				name: entry,
				verify: []
			};
			return {
				name: entry.name,
				verify: entry.verify ?? [],
				...entry.image === void 0 ? {} : { image: entry.image }
			};
		}),
		...file.tags?.pattern === void 0 ? {} : { pattern: file.tags.pattern },
		build: file.build ?? {},
		pipeline: (file.pipeline ?? []).map((entry) => {
			if (typeof entry === "string") return {
				step: entry,
				with: {}
			};
			return {
				step: entry.step,
				with: Object.fromEntries(Object.entries(entry.with ?? {}).map(([name, value]) => [name, rawOf(value)]))
			};
		}),
		value(dotted) {
			if (dotted === "build.context" && path !== void 0 && file.build?.context === void 0) return ".";
			let at = file;
			for (const part of dotted.split(".")) at = typeof at === "object" && at !== null ? Reflect.get(at, part) : void 0;
			return at === void 0 ? void 0 : rawOf(at);
		},
		inputOf(step, input) {
			const value = file.defaults?.[step]?.[input];
			return value === void 0 ? void 0 : rawOf(value);
		}
	};
}
function rawOf(value) {
	if (Array.isArray(value)) return value.map(String);
	if (typeof value === "object" && value !== null) return Object.entries(value).map(([key, item]) => `${key}=${String(item)}`);
	return String(value);
}

// src/step/settings/load.ts
const SETTINGS_FILE = "ferry.yaml";
const LARGEST = 1048576;
async function loadSettings({ path, directories }) {
	const file = path ?? await firstPresent(directories);
	if (file === void 0) return settingsOf({}, (0, node_path.resolve)(directories[0] ?? "."));
	return readSettings(await readText(file), file);
}
async function firstPresent(directories) {
	for (const directory of directories) {
		const file = (0, node_path.join)(directory, SETTINGS_FILE);
		if ((await (0, node_fs_promises.stat)(file).catch(() => void 0))?.isFile() === true) return file;
	}
}
async function readText(file) {
	try {
		const { size } = await (0, node_fs_promises.stat)(file);
		if (size > LARGEST) throw new require_failure.Failure("CONFIG_INVALID", `${file} is larger than 1 MiB`);
		return await (0, node_fs_promises.readFile)(file, "utf8");
	} catch (error) {
		if (error instanceof require_failure.Failure) throw error;
		throw new require_failure.Failure("FILE_UNREADABLE", `cannot read ${file}`, {
			cause: error,
			hint: "Name an existing file, or leave the input away to use ./ferry.yaml when there is one."
		});
	}
}
async function readSettings(text, file) {
	const [{ load }, { ferryFile }] = await Promise.all([Promise.resolve().then(() => require("./js-yaml.cjs")), Promise.resolve().then(() => require("./schema.cjs"))]);
	let document;
	try {
		document = load(text) ?? {};
	} catch (error) {
		throw new require_failure.Failure("CONFIG_INVALID", `${file} is not YAML`, { cause: error });
	}
	const read = ferryFile.safeParse(document);
	if (!read.success) {
		const problems = read.error.issues.map((issue) => {
			const at = issue.path.map(String).join(".");
			const meant = issue.code === "unrecognized_keys" ? require_suggest.suggest(issue.keys[0] ?? "", keysAt(ferryFile, issue.path)) : void 0;
			return new require_failure.Failure("CONFIG_INVALID", `${file}: ${at === "" ? "" : `${at}: `}${issue.message}`, meant === void 0 ? {} : { hint: `Did you mean ${meant}?` });
		});
		throw new require_failure.Failure("CONFIG_INVALID", `${file} does not have the expected form`, {
			more: problems,
			hint: "docs/reference/ferry.yaml.md lists every field."
		});
	}
	return settingsOf(read.data, (0, node_path.resolve)((0, node_path.dirname)(file)), file);
}
function keysAt(schema, path) {
	let at = schema;
	for (const part of path) at = Reflect.get(shapeOf(at), part);
	return Object.keys(shapeOf(at));
}
function shapeOf(schema) {
	let at = schema;
	while (typeof at === "object" && at !== null && "unwrap" in at && typeof at.unwrap === "function") at = at.unwrap();
	if (typeof at === "object" && at !== null && "shape" in at && typeof at.shape === "object" && at.shape !== null) return at.shape;
	return {};
}

// src/step/life.ts
async function live(step, host, machine) {
	const started = performance.now();
	const redactor = createRedactor();
	const shown = [];
	const finish = async (outcome) => {
		const exitCode = outcome.failure?.exitCode ?? 0;
		const ending = {
			step,
			exitCode,
			shown,
			milliseconds: performance.now() - started,
			...outcome
		};
		await host.end(cleanEnding(ending, redactor));
		return exitCode;
	};
	try {
		return await finish({ outputs: await runOne(step, host, machine, {
			redactor,
			shown
		}) });
	} catch (error) {
		return finish({
			outputs: {},
			failure: require_failure.asFailure(error)
		});
	}
}
async function runOne(step, host, machine, frame) {
	const settings = await settingsFor(step, host, machine);
	for (const secret of givenSecrets(step, host, settings)) {
		frame.redactor.add(secret);
		host.mask(secret);
	}
	const values = readInputs(step, host, settings);
	const timeout = values["timeout"];
	const call = typeof timeout === "number" ? withTimeout(machine.call, timeout) : machine.call;
	const opener = createOpener(openerOptions(step, values, machine.credentials, machine.network));
	try {
		require_call.throwIfStopped(call);
		const context = contextFor({
			values,
			host,
			machine,
			frame,
			settings,
			opener,
			call: {
				...call,
				onProgress: (event) => host.progress(event)
			}
		});
		return await step.run(values, context);
	} finally {
		opener.close();
	}
}
function withTimeout(call, milliseconds) {
	const stop = new AbortController();
	const reason = new require_failure.Failure("DEADLINE", "the time given by timeout is used up", { hint: "Give more time, or run the same command again: what was done is kept." });
	setTimeout(() => stop.abort(reason), milliseconds).unref();
	return {
		...call,
		signal: AbortSignal.any([call.signal, stop.signal]),
		deadline: performance.now() + milliseconds
	};
}
async function settingsFor(step, host, machine) {
	const inputs = inputsOf(step);
	const given = (name) => {
		const field = inputs[name];
		const raw = field === void 0 ? void 0 : host.read(name, field) ?? host.variable(require_names.variableOf(name));
		return typeof raw === "string" && raw !== "" ? raw : void 0;
	};
	const holding = Object.keys(inputs).flatMap((name) => inputs[name]?.holdsSettings === true ? given(name) ?? [] : []);
	const path = given("config");
	return loadSettings({
		directories: [machine.directory, ...holding],
		...path === void 0 ? {} : { path }
	});
}
function contextFor({ host, machine, frame, settings, opener, call, values }) {
	const frozen = frozenAt(host);
	return {
		call,
		log: createLog((line) => host.say({
			...line,
			fields: Object.fromEntries(Object.entries(line.fields).map(([key, value]) => [key, typeof value === "string" ? frame.redactor.clean(value) : value]))
		})),
		clock: frozen === void 0 ? systemClock : frozenClock(frozen),
		...frozen === void 0 ? {} : { frozen },
		settings,
		fromSettings: (path) => (0, node_path.isAbsolute)(path) ? path : (0, node_path.join)(settings.directory, path),
		opener,
		async readFile(path) {
			try {
				return await (0, node_fs_promises.readFile)(path);
			} catch (error) {
				throw new require_failure.Failure("FILE_UNREADABLE", `cannot read ${path}`, {
					cause: error,
					hint: "Name a file that exists and that this user may read."
				});
			}
		},
		async ask(question) {
			const secret = await host.ask(question);
			if (secret) frame.redactor.add(secret);
			return secret;
		},
		show: (document) => void frame.shown.push(document),
		async step(name) {
			const inner = await machine.loadStep(name);
			return {
				inputs: Object.keys(inputsOf(inner)),
				run: (given) => runOne(inner, innerHost(host, name, {
					...inherited(values),
					...given
				}), {
					...machine,
					call
				}, frame)
			};
		}
	};
}
function innerHost(host, step, given) {
	return {
		...host,
		read: (name) => given[name],
		strangers: (known) => Object.keys(given).filter((name) => !known.includes(name) && !INHERITED.includes(name)),
		spell: (name) => `${step}.${name}`
	};
}
function inherited(values) {
	return Object.fromEntries(INHERITED.flatMap((name) => {
		const value = values[name];
		if (value instanceof require_secret.Secret) return [[name, value.reveal()]];
		return typeof value === "string" || Array.isArray(value) ? [[name, value]] : [];
	}));
}
function frozenAt(host) {
	const epoch = host.variable("SOURCE_DATE_EPOCH");
	if (epoch === void 0) return void 0;
	if (!/^[0-9]{1,12}$/.test(epoch)) throw new require_failure.Failure("INPUT_INVALID", "SOURCE_DATE_EPOCH is not a number of seconds", { hint: "Set it to seconds since 1970, e.g. the output of git log -1 --format=%ct." });
	return /* @__PURE__ */ new Date(Number(epoch) * 1e3);
}

// src/hosts/credentials.ts
const FOR_HELPERS = [
	"PATH",
	"HOME",
	"XDG_RUNTIME_DIR",
	"XDG_DATA_HOME",
	"DBUS_SESSION_BUS_ADDRESS",
	"AWS_REGION",
	"AWS_PROFILE",
	"AWS_ROLE_ARN",
	"AWS_WEB_IDENTITY_TOKEN_FILE",
	"GOOGLE_APPLICATION_CREDENTIALS",
	"GNUPGHOME",
	"PASSWORD_STORE_DIR"
];
function credentialSources(variables, first) {
	const given = (name) => variables[name] || void 0;
	const home = given("HOME");
	const docker = given("DOCKER_CONFIG");
	const runtime = given("XDG_RUNTIME_DIR");
	const config = given("XDG_CONFIG_HOME") ?? (home === void 0 ? void 0 : (0, node_path.join)(home, ".config"));
	const files = [
		first,
		given("REGISTRY_AUTH_FILE"),
		docker === void 0 ? void 0 : (0, node_path.join)(docker, "config.json"),
		home === void 0 ? void 0 : (0, node_path.join)(home, ".docker", "config.json"),
		runtime === void 0 ? void 0 : (0, node_path.join)(runtime, "containers", "auth.json"),
		config === void 0 ? void 0 : (0, node_path.join)(config, "containers", "auth.json")
	];
	const inline = given("DOCKER_AUTH_CONFIG");
	return {
		dockerConfigFiles: files.filter((file) => file !== void 0),
		...inline === void 0 ? {} : { dockerAuthConfig: inline },
		environment: Object.fromEntries(FOR_HELPERS.flatMap((name) => given(name) === void 0 ? [] : [[name, given(name) ?? ""]]))
	};
}

// src/hosts/network.ts
const SYSTEM_CERTIFICATES = ["/etc/containers/certs.d", "/etc/docker/certs.d"];
function networkSettings(variables) {
	const given = (name) => variables[name] || void 0;
	const all = given("all_proxy") ?? given("ALL_PROXY");
	const httpProxy = given("http_proxy") ?? (given("REQUEST_METHOD") === void 0 ? given("HTTP_PROXY") : void 0) ?? all;
	const httpsProxy = given("https_proxy") ?? given("HTTPS_PROXY") ?? all;
	const noProxy = given("no_proxy") ?? given("NO_PROXY");
	const home = given("HOME");
	const config = given("XDG_CONFIG_HOME") ?? (home === void 0 ? void 0 : (0, node_path.join)(home, ".config"));
	const own = [
		config === void 0 ? void 0 : (0, node_path.join)(config, "containers", "certs.d"),
		config === void 0 ? void 0 : (0, node_path.join)(config, "docker", "certs.d"),
		home === void 0 ? void 0 : (0, node_path.join)(home, ".docker", "certs.d")
	];
	return {
		...httpProxy === void 0 ? {} : { httpProxy },
		...httpsProxy === void 0 ? {} : { httpsProxy },
		...noProxy === void 0 ? {} : { noProxy },
		certificateDirectories: [...own.filter((directory) => directory !== void 0), ...SYSTEM_CERTIFICATES]
	};
}

// src/steps/index.ts
const STEPS = {
	build: {
		summary: "Make an image out of a directory: no daemon, no root, the same bytes every time",
		load: async () => (await Promise.resolve().then(() => require("./build2.cjs"))).build
	},
	promote: {
		summary: "Give an image its next environment: same digest, evidence included",
		load: async () => (await Promise.resolve().then(() => require("./promote.cjs"))).promote
	},
	push: {
		summary: "Push an image under a tag of the scheme, with everything attached to it, and never move a tag",
		load: async () => (await Promise.resolve().then(() => require("./push.cjs"))).push
	},
	run: {
		summary: "Run the pipeline of ferry.yaml: build, push, sign, verify, promote in the order given there",
		load: async () => (await Promise.resolve().then(() => require("./run.cjs"))).run
	},
	sign: {
		summary: "Sign an image with a key: a Sigstore bundle attached to its digest, readable by cosign",
		load: async () => (await Promise.resolve().then(() => require("./sign.cjs"))).sign
	},
	tag: {
		summary: "Read, write, sort and count tags of the form <env>-<version>-<build>",
		load: async () => (await Promise.resolve().then(() => require("./tag.cjs"))).tag
	},
	verify: {
		summary: "Verify that an image is signed by one of the keys; fails when it is not proven",
		load: async () => (await Promise.resolve().then(() => require("./verify2.cjs"))).verify
	}
};

// src/entry/machine.ts
function machine(signal, dockerConfig) {
	return {
		call: { signal },
		directory: process.cwd(),
		credentials: credentialSources(process.env, dockerConfig),
		network: networkSettings(process.env),
		loadStep
	};
}
async function loadStep(name) {
	const entry = Object.entries(STEPS).find(([known]) => known === name)?.[1];
	if (entry) return entry.load();
	const meant = require_suggest.suggest(name, Object.keys(STEPS));
	throw new require_failure.Failure("INPUT_INVALID", `"${name.slice(0, 80)}" is not a step`, { hint: meant === void 0 ? `Steps are ${Object.keys(STEPS).join(", ")}.` : `Did you mean ${meant}?` });
}

// src/entry/signals.ts
const GRACE = 5e3;
function stopOnSignals() {
	const controller = new AbortController();
	for (const [signal, code, words] of [[
		"SIGINT",
		"INTERRUPTED",
		"interrupted"
	], [
		"SIGTERM",
		"TERMINATED",
		"asked to stop"
	]]) process.on(signal, () => {
		const exitCode = code === "INTERRUPTED" ? require_failure_codes.EXIT.interrupted : require_failure_codes.EXIT.terminated;
		if (controller.signal.aborted) process.exit(exitCode);
		controller.abort(new require_failure.Failure(code, `${words} by ${signal}; no tag was written after that`, { hint: "Run the same command again: what was done is kept." }));
		setTimeout(() => process.exit(exitCode), GRACE).unref();
	});
	return controller.signal;
}
function quietPipes() {
	for (const stream of [process.stdout, process.stderr]) stream.on("error", (error) => {
		if (error.code === "EPIPE") process.exit(process.exitCode ?? require_failure_codes.EXIT.ok);
		throw error;
	});
}

Object.defineProperty(exports, "STEPS", {
  enumerable: true,
  get: function () {
    return STEPS;
  }
});
Object.defineProperty(exports, "derivedForms", {
  enumerable: true,
  get: function () {
    return derivedForms;
  }
});
Object.defineProperty(exports, "failureLines", {
  enumerable: true,
  get: function () {
    return failureLines;
  }
});
Object.defineProperty(exports, "failureText", {
  enumerable: true,
  get: function () {
    return failureText;
  }
});
Object.defineProperty(exports, "fileTrouble", {
  enumerable: true,
  get: function () {
    return fileTrouble;
  }
});
Object.defineProperty(exports, "findTag", {
  enumerable: true,
  get: function () {
    return findTag;
  }
});
Object.defineProperty(exports, "inputsOf", {
  enumerable: true,
  get: function () {
    return inputsOf;
  }
});
Object.defineProperty(exports, "isRemote", {
  enumerable: true,
  get: function () {
    return isRemote$1;
  }
});
Object.defineProperty(exports, "live", {
  enumerable: true,
  get: function () {
    return live;
  }
});
Object.defineProperty(exports, "loadStep", {
  enumerable: true,
  get: function () {
    return loadStep;
  }
});
Object.defineProperty(exports, "logText", {
  enumerable: true,
  get: function () {
    return logText;
  }
});
Object.defineProperty(exports, "machine", {
  enumerable: true,
  get: function () {
    return machine;
  }
});
Object.defineProperty(exports, "makeDirectories", {
  enumerable: true,
  get: function () {
    return makeDirectories;
  }
});
Object.defineProperty(exports, "openStore", {
  enumerable: true,
  get: function () {
    return openStore;
  }
});
Object.defineProperty(exports, "originOf", {
  enumerable: true,
  get: function () {
    return originOf;
  }
});
Object.defineProperty(exports, "quietPipes", {
  enumerable: true,
  get: function () {
    return quietPipes;
  }
});
Object.defineProperty(exports, "rfc3339", {
  enumerable: true,
  get: function () {
    return rfc3339;
  }
});
Object.defineProperty(exports, "stopOnSignals", {
  enumerable: true,
  get: function () {
    return stopOnSignals;
  }
});
Object.defineProperty(exports, "systemCode", {
  enumerable: true,
  get: function () {
    return systemCode;
  }
});
Object.defineProperty(exports, "writeAll", {
  enumerable: true,
  get: function () {
    return writeAll;
  }
});