const require_product = require("./product.cjs");
const require_failure_codes = require("./failure-codes.cjs");
const require_failure = require("./failure.cjs");
const require_printable = require("./printable.cjs");
const require_names = require("./names.cjs");
const require_call = require("./call.cjs");
const require_secret = require("./secret.cjs");
const require_addresses = require("./addresses.cjs");
const require_redirect = require("./redirect.cjs");
const require_scope = require("./scope.cjs");
const require_digest = require("./digest.cjs");
const require_manifest = require("./manifest.cjs");
const require_durable = require("./durable.cjs");
const require_store = require("./store.cjs");
const require_json = require("./json.cjs");
const require_reference = require("./reference.cjs");
const require_field = require("./field.cjs");
const require_suggest = require("./suggest.cjs");
let node_fs = require("node:fs");
let node_crypto = require("node:crypto");
let node_fs_promises = require("node:fs/promises");
let node_path = require("node:path");
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
function createCredentialFinder(sources, findImplied) {
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
			credential: given(explicit),
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
		const implied = await findImplied?.(repository, call);
		return {
			credential: implied?.credential,
			notes: [...notes, ...implied?.notes ?? []]
		};
	}
	return async (repository, call) => {
		const key = `${repository.registry}/${repository.path}`;
		const held = remembered(found, key, () => search(repository, call));
		const answer = await held;
		if (answer.credential?.lease?.fresh() !== false) return answer;
		if (found.get(key) === held) found.delete(key);
		return await remembered(found, key, () => search(repository, call));
	};
}
function given(explicit) {
	const known = {
		id: explicit.from,
		from: explicit.from
	};
	if ("token" in explicit) return {
		kind: "bearer",
		token: explicit.token,
		...known
	};
	return {
		kind: "basic",
		username: explicit.username,
		password: explicit.password,
		...known
	};
}
async function renewCredential(find, repository, old, call) {
	if (!old.lease) return void 0;
	if (old.lease.fresh()) old.lease.end();
	const { credential } = await find(repository, call);
	return credential === old ? void 0 : credential;
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
			timer = setTimeout(() => late(new require_redirect.WireError("ETIMEDOUT", `${what} took longer than ${Math.round(milliseconds / 1e3)} s`)), milliseconds);
		},
		moved(count) {
			clearTimeout(timer);
			waited += performance.now() - since;
			bytes += count;
			if (waited < timing.window) return;
			if (bytes < timing.leastRate * timing.window / 1e3) late(new require_redirect.WireError("ETIMEDOUT", `fewer than ${timing.leastRate} bytes per second came through`));
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
		request.on("close", () => fail(new require_redirect.WireError("ECONNRESET", "the connection was closed before there was an answer", { stale: request.reusedSocket })));
		request.on("drain", () => wake());
		request.on("response", (message) => {
			settled = true;
			watch.stop();
			wake();
			if (line.handsOver && line.proxy && message.statusCode === 407) {
				release();
				request.destroy();
				return reject(require_redirect.refusalOf(line.proxy, 407));
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
	return proxy && handsOver && !connected ? require_redirect.unreachable(proxy, error) : require_redirect.toWireError(error, reused);
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
				if (!message.complete) throw new require_redirect.WireError("ECONNRESET", "the connection was closed in the middle of the answer");
			} catch (error) {
				const cause = why() ?? require_redirect.toWireError(error);
				if (cause instanceof require_redirect.WireError) onBreak?.(cause);
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
		if (error instanceof RangeError) throw tooLarge$1(what, largest);
		throw new require_failure.Failure("PROTOCOL_ERROR", `cannot ${what}`, { cause: `the answer says it is ${encoding}, but cannot be decoded` });
	}
	throw new require_failure.Failure("PROTOCOL_ERROR", `cannot ${what}`, { cause: `the answer came encoded as ${encoding.slice(0, 40)}, which was not asked for` });
}
function tooLarge$1(what, largest) {
	return new require_failure.Failure("LIMIT_REACHED", `cannot ${what}`, {
		cause: `the answer is larger than ${largest} bytes`,
		hint: "Nothing that large is expected here; is this a registry?"
	});
}

// src/registry/http/one-hop.ts
const TELLING = [
	"server",
	"www-authenticate",
	"x-jfrog-version"
];
async function oneHop(hop, delivery, transport, call) {
	const started = performance.now();
	const wire = await exchange(hop, transport.connections, transport.timing, transport.counters, call);
	transport.addresses.set(hop.url.origin, wire.address);
	transport.onRequest?.(require_redirect.requestLine(hop, wire.status, performance.now() - started));
	const headers = joined(wire.headers);
	note(transport, hop.url.origin, headers);
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
		errors: whole && wire.status >= 400 ? require_redirect.parseErrors(bytes) : []
	};
}
async function readWhole(wire, hop, delivery, encoding) {
	const none = {
		bytes: /* @__PURE__ */ new Uint8Array(),
		whole: false
	};
	if (require_redirect.isRedirect(wire.status)) {
		wire.discard();
		return none;
	}
	const good = wire.status < 400;
	const largest = good && typeof delivery.largest === "number" ? delivery.largest : require_redirect.LARGEST.error;
	const announced = Number(wire.headers["content-length"] ?? 0);
	if (hop.method !== "HEAD" && announced > largest) {
		wire.discard();
		if (good) throw tooLarge$1(delivery.what, largest);
		return none;
	}
	const bytes = await readCapped(wire.chunks(), largest);
	if (bytes === void 0) {
		if (good) throw tooLarge$1(delivery.what, largest);
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
function note({ shown }, origin, headers) {
	const known = shown.get(origin);
	for (const name of TELLING) {
		if (headers[name] === void 0 || known?.[name] !== void 0) continue;
		shown.set(origin, {
			...known,
			...Object.fromEntries(TELLING.flatMap((each) => headers[each] === void 0 ? [] : [[each, headers[each]]]))
		});
		return;
	}
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
			if (!require_redirect.isPassing(answer.status)) return answer;
			const asked = restOf(answer, tried, delivery, transport, call);
			if (delivery.expect.includes(answer.status) || tried >= tries) return answer;
			if (asked === void 0 && !afford(lane, delivery, transport)) return answer;
			wait = asked ?? transport.timing.backoff(tried);
		} catch (error) {
			if (!(error instanceof require_redirect.WireError)) throw error;
			const grownOld = error.stale && tried === 1;
			if (tried >= tries || !require_redirect.worthTrying(error, tried) || !(grownOld || afford(lane, delivery, transport))) throw require_redirect.networkFailure(delivery.what, delivery.url, error);
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
	if (!atHome) headers = require_redirect.harmlessHeaders(headers);
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
		if (!require_redirect.isRedirect(answer.status)) return answer;
		const next = require_redirect.readLocation(answer.headers["location"], url, delivery.what);
		const same = next.origin === url.origin;
		if (!require_redirect.mayFollow(method, answer.status, same, delivery.follow)) return answer;
		if (hops >= 5) throw new require_failure.Failure("REDIRECT_REFUSED", `cannot ${delivery.what}`, { cause: `${delivery.url.host} sends us on more than ${5} times, last to ${next.host}` });
		if (answer.status === 303 && method !== "HEAD") method = "GET";
		if (!same) {
			headers = require_redirect.harmlessHeaders(headers);
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
		largest: require_redirect.LARGEST.token,
		expect: [],
		follow: "origin",
		...question.guard === void 0 ? {} : { guard: question.guard }
	};
}
function getDelivery(question) {
	const { realm, service, scopes, credential } = question;
	const parameters = new URLSearchParams();
	if (service !== void 0) parameters.set("service", service);
	for (const scope of scopes) parameters.append("scope", require_scope.printScope(scope));
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
	if (question.scopes.length > 0) form.set("scope", question.scopes.map(require_scope.printScope).join(" "));
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
const AHEAD$1 = 1e4;
function createTokenStore() {
	const tokens = /* @__PURE__ */ new Map();
	const flights = /* @__PURE__ */ new Map();
	const keep = (key, scopes, token) => {
		const others = (tokens.get(key) ?? []).filter((other) => fresh(other, false) && !require_scope.covers(scopes, other.scopes));
		tokens.set(key, [...others, {
			...token,
			scopes
		}]);
		return token;
	};
	return {
		find: (key, scopes, upload) => tokens.get(key)?.find((token) => require_scope.covers(token.scopes, scopes) && fresh(token, upload)),
		async once(key, scopes, fetchToken, call) {
			const name = `${key} ${scopes.map(require_scope.printScope).join(" ")}`;
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
	return token.until - performance.now() > Math.min(upload ? AHEAD_OF_UPLOAD : AHEAD$1, token.life / (upload ? 2 : 4));
}

// src/registry/http/auth/authorizer.ts
const MOST_EXTRA_SCOPES = 16;
function createAuthorizer(transport, originOf, find) {
	const demands = /* @__PURE__ */ new Map();
	const tokens = createTokenStore();
	const extraScopes = /* @__PURE__ */ new Map();
	const withheld = /* @__PURE__ */ new Map();
	const repositoryKey = (repository) => `${repository.registry}/${repository.path}`;
	const needed = (request) => require_scope.mergeScopes(request.scopes, extraScopes.get(repositoryKey(request.repository)) ?? []);
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
		const fetchToken = async (wanted, using, renewed = false) => {
			const answer = await askToken({
				what: request.what,
				realm: realm.url,
				service: demand.service,
				scopes: wanted,
				credential: using,
				guard
			}, transport, call);
			if ("value" in answer) return answer;
			if (wanted.length > request.scopes.slice(0, 1).length && answer.status >= 400 && answer.status < 500 && answer.status !== 429) return await fetchToken(request.scopes.slice(0, 1), using, renewed);
			if (using && answer.status === 401 && !renewed) {
				const next = await renewCredential(find, request.repository, using, call);
				if (next) return await fetchToken(wanted, next, true);
			}
			if (using?.implied && (answer.status === 401 || answer.status === 403)) {
				withheld.set(repositoryKey(request.repository), `${realm.url.host} refused ${using.from}, and access was tried without it`);
				return await fetchToken(wanted, void 0, true);
			}
			throw await refusal(request, answer, call);
		};
		return `Bearer ${(await tokens.once(key, scopes, () => fetchToken(scopes, shown), call)).value.reveal()}`;
	}
	async function refusal(request, answer, call) {
		return require_redirect.statusFailure(request.what, answer, await identity(request.repository, call), repositoryKey(request.repository));
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
				const asked = require_scope.parseScopes(parameters.get("scope"));
				if (!require_scope.covers(needed(request), asked)) extraScopes.set(key, require_scope.mergeScopes(extraScopes.get(key) ?? [], asked).slice(0, MOST_EXTRA_SCOPES));
				if (used !== void 0) tokens.forget(used);
			}
			const { credential } = await find(request.repository, call);
			const next = await header(request, call);
			if (next === void 0 || next !== used) return next !== void 0;
			return credential !== void 0 && await renewCredential(find, request.repository, credential, call) !== void 0;
		}
	};
}

// src/registry/http/certificates.ts
function withOwn(own, usual) {
	let made;
	return (url) => {
		if (url.origin !== own.origin) return usual(url);
		if (made) return made;
		const common = usual(url);
		const { authorities, client, unverified } = own;
		made = {
			...common,
			key: `${common.key} own`,
			unverified,
			...authorities.length === 0 ? {} : { authorities: [...common.authorities ?? usualAuthorities(), ...authorities.map(readAuthority)] },
			...client === void 0 ? {} : { client: readClient(client.cert, client.key) }
		};
		return made;
	};
}
function hasOwnCertificates(url, directories) {
	return (ownDirectory(url, directories)?.names ?? []).some((name) => name.endsWith(".crt") || name.endsWith(".cert"));
}
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
		...first === void 0 ? {} : { client: readClient((0, node_path.join)(directory, first), (0, node_path.join)(directory, `${stem(first)}.key`)) }
	};
}
function stem(name) {
	return name.slice(0, -5);
}
function readClient(file, keyFile) {
	const pair = {
		cert: readPem(file),
		key: readPem(keyFile)
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
		if (given === "" || require_addresses.isLoopbackHost(url.hostname) || exceptions.some((entry) => matches(entry, url))) return void 0;
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
	const pair = `${plain$1(username)}:${plain$1(password)}`;
	return {
		url: bare,
		authorization: new require_secret.Secret(`Basic ${Buffer.from(pair).toString("base64")}`)
	};
}
function plain$1(text) {
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
function createConnections(certificatesFor, network) {
	const agents = /* @__PURE__ */ new Map();
	const proxyFor = createProxyChoice(network);
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
			...guard === void 0 || proxy ? {} : { lookup: require_addresses.guardedLookup(guard) },
			...certificates.authorities ? { ca: certificates.authorities } : {},
			...certificates.client,
			...certificates.unverified === true ? { rejectUnauthorized: false } : {}
		};
		const { Agent: Plain } = process.getBuiltinModule("node:http");
		const { Agent: Secure } = process.getBuiltinModule("node:https");
		const agent = secure && proxy ? require_redirect.createTunnelAgent(proxy, options, certificatesFor(proxy.url).authorities) : new ((proxy?.url ?? url).protocol === "https:" ? Secure : Plain)(options);
		agents.set(key, agent);
		return agent;
	};
	return {
		to(url, guard) {
			const hostname = url.hostname.replace(/^\[|\]$/g, "");
			if (guard !== void 0 && process.getBuiltinModule("node:net").isIP(hostname) !== 0 && !require_addresses.mayReach(hostname, guard)) throw require_redirect.toWireError(require_addresses.refused(url.hostname));
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

// src/registry/http/credentials/clouds/load.ts
function lazyCloudFinder(variables, transport, originOf) {
	const clients = {
		amazon: () => Promise.resolve().then(() => require("./clouds-amazon-client.cjs")).then((n) => n.amazon_client_exports),
		google: () => Promise.resolve().then(() => require("./clouds-google-client.cjs"))
	};
	let loading;
	const load = async () => {
		const { createCloudFinder } = await Promise.resolve().then(() => require("./find-in-clouds.cjs"));
		return createCloudFinder({
			variables,
			originOf,
			clients
		}, transport);
	};
	return async (repository, call) => {
		loading ??= load();
		return await (await loading)(repository, call);
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
			throw require_redirect.statusFailure(request.what, answer, await authorizer.identity(request.repository, call), `${request.repository.registry}/${request.repository.path}`);
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
				if (now - opened > PATIENCE * scale) throw new require_redirect.WireError("EHOSTDOWN", `${failures} requests in a row failed, so it is left alone for a while`);
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
				if (error instanceof require_redirect.WireError && require_redirect.isTrouble(error)) {
					limiter.overloaded(began);
					breaker.bad();
				}
				throw error;
			} finally {
				leave();
			}
		}, call),
		broke(error, began) {
			if (require_redirect.isTrouble(error)) limiter.overloaded(began);
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

// src/registry/http/mirrors/mirror-access.ts
function createMirrorAccess(files, ways) {
	let loaded;
	const mirrors = () => loaded ??= load(files, ways);
	return {
		async allow(repository, what) {
			(await mirrors())?.allow(repository, what);
		},
		any: async (repository) => (await mirrors())?.any(repository) ?? false,
		async *ask(repository, wanted, call) {
			const found = await mirrors();
			if (found) yield* found.ask(repository, wanted, call);
		}
	};
}
async function load(files, { originOf, engineOf, scale, warn }) {
	const all = files === void 0 ? [] : [
		...files.hostsDirectories,
		...files.registries,
		...files.registriesDirectories
	];
	if (files === void 0 || !all.some((path) => (0, node_fs.existsSync)(path))) return void 0;
	const [{ createPlaces }, { createMirrors }] = await Promise.all([Promise.resolve().then(() => require("./find-places.cjs")), Promise.resolve().then(() => require("./mirrors.cjs"))]);
	const engines = /* @__PURE__ */ new Map();
	const kept = (place) => {
		const key = `${place.from} ${place.origin.origin}${place.base}`;
		const engine = engines.get(key) ?? engineOf(place);
		engines.set(key, engine);
		return engine;
	};
	return createMirrors(createPlaces(files, originOf, warn), kept, scale, warn);
}

// src/registry/http/client.ts
const CONNECT_TO = /* @__PURE__ */ new Map([["docker.io", "registry-1.docker.io"]]);
const MOST_WARNINGS = 100;
function createRegistryClient(options) {
	const { credentials, userAgent, plainHttp = [], tls = [], caFiles = [], network = {}, dialects = {}, onRequest, onWarning } = options;
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
	const origins = /* @__PURE__ */ new Map();
	const originOf = (registry) => {
		const known = origins.get(registry);
		if (known) return known;
		const host = CONNECT_TO.get(registry) ?? registry;
		const hostname = new URL(`http://${host}`).hostname;
		const plain = plainHttp.includes(registry) || require_addresses.isLoopbackHost(hostname) && !tls.includes(registry) && !hasOwnCertificates(new URL(`https://${host}`), network.certificateDirectories ?? []);
		const origin = new URL(`${plain ? "http" : "https"}://${host}`);
		origins.set(registry, origin);
		return origin;
	};
	const certificatesFor = createCertificates(caFiles, network.certificateDirectories ?? []);
	const open = [];
	const transportWith = (certificates) => {
		const connections = createConnections(certificates, network);
		open.push(connections);
		return {
			connections,
			timing,
			counters,
			userAgent,
			lane: createLanes(timing.scale, warn),
			addresses: /* @__PURE__ */ new Map(),
			shown: /* @__PURE__ */ new Map(),
			warn,
			...onRequest ? { onRequest } : {}
		};
	};
	const transport = transportWith(certificatesFor);
	const { clouds } = credentials;
	const find = createCredentialFinder(credentials, clouds && lazyCloudFinder(clouds, transport, originOf));
	const engine = createEngine(transport, createAuthorizer(transport, originOf, find), originOf);
	const engineOf = ({ origin, trust }) => {
		const own = transportWith(withOwn({
			origin: origin.origin,
			...trust
		}, certificatesFor));
		return createEngine(own, createAuthorizer(own, () => origin, find), () => origin);
	};
	const mirrors = createMirrorAccess(network.mirrors, {
		originOf,
		engineOf,
		scale: timing.scale,
		warn
	});
	return {
		async send(request, call) {
			await mirrors.allow(request.repository, request.what);
			return await engine.send(request, call);
		},
		originOf,
		counters,
		rateLimitOf: (registry) => transport.lane(originOf(registry).host).rateLimit,
		dialectOf: (registry) => Object.hasOwn(dialects, registry) ? dialects[registry] : void 0,
		shownBy: (registry) => transport.shown.get(originOf(registry).origin) ?? {},
		timing,
		mirrors,
		warn,
		close() {
			for (const connections of open) connections.close();
		}
	};
}

// src/registry/target/archive/merge.ts
function mergeIndexes(before, ours, theirs, name) {
	if (theirs === before) return ours;
	const keys = (index) => new Set(index.entries.map(keyOf$1));
	const [had, have] = [keys(before), keys(ours)];
	for (const tag of require_store.tagsOf(ours)) {
		const [mine, old, other] = [
			ours,
			before,
			theirs
		].map((index) => require_store.findTag(index, tag, name)?.digest);
		if (mine === void 0 || other === void 0 || mine === old || other === old || mine === other) continue;
		throw new require_failure.Failure("TAG_TAKEN", `${tag} in ${name} was given to another digest while this one was written`, {
			hint: "Run the same command again: it sees the archive as it is now.",
			facts: {
				tag,
				digest: mine,
				other
			}
		});
	}
	const kept = theirs.entries.filter((entry) => !had.has(keyOf$1(entry)) || have.has(keyOf$1(entry)));
	const there = new Set(kept.map(keyOf$1));
	return {
		frame: theirs.frame,
		entries: [...kept, ...ours.entries.filter((entry) => !had.has(keyOf$1(entry)) && !there.has(keyOf$1(entry)))]
	};
}
function keyOf$1(entry) {
	return require_json.canonicalJson(entry.json);
}
function inOrder(index) {
	const rank = (entry) => `${entry.name === void 0 ? "1" : `0${entry.name}`}\0${entry.descriptor?.digest ?? ""}\0${keyOf$1(entry)}`;
	const ranked = index.entries.map((entry) => ({
		entry,
		rank: rank(entry)
	}));
	return {
		...index,
		entries: ranked.toSorted((left, right) => left.rank < right.rank ? -1 : left.rank > right.rank ? 1 : 0).map(({ entry }) => entry)
	};
}

// src/registry/target/layout/layout.ts
const storeOf = /* @__PURE__ */ new WeakMap();
function openLayout(directory, options = {}) {
	return layoutOf(require_store.openStore(directory, options));
}
function layoutOf(store) {
	const { name, blobs, manifests } = store;
	const reading = require_store.readingOf(store);
	const relied = async (descriptor, call) => await reading.has(descriptor, call) && (require_manifest.isManifestType(descriptor.mediaType) || await blobs.touch(descriptor.digest));
	const target = {
		name,
		directory: store.directory,
		...reading,
		async push(descriptor, body, call) {
			if (await relied(descriptor, call)) return "present";
			await store.ready(call);
			if (require_manifest.isManifestType(descriptor.mediaType)) {
				const provenBody = {
					size: body.size,
					open: () => require_manifest.proven(descriptor, body.open(), name)
				};
				await manifests.put(descriptor, await require_manifest.readBody(provenBody, require_manifest.LARGEST_MANIFEST_READ), [], call);
			} else await blobs.store(descriptor, body.open(), call);
			return "stored";
		},
		async rewrite(descriptor, body, call) {
			await store.ready(call);
			await blobs.store(descriptor, body.open(), call);
			if (require_manifest.isManifestType(descriptor.mediaType)) await manifests.put(descriptor, await require_manifest.readBody(body, require_manifest.LARGEST_MANIFEST_READ), [], call);
		},
		async tag(descriptor, tag, call) {
			await store.ready(call);
			await manifests.tag(descriptor, tag, call);
		},
		async mount(descriptor, from, call) {
			const other = storeOf.get(from);
			if (!other || require_manifest.isManifestType(descriptor.mediaType)) return false;
			if (await relied(descriptor, call)) return true;
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
			if (require_manifest.isManifestType(descriptor.mediaType)) await manifests.remove(descriptor, call);
			else await manifests.removeBlob(descriptor.digest, call);
		}
	};
	storeOf.set(target, store);
	return target;
}

// src/registry/target/archive/stage.ts
function beside(file, end = require_store.ownedName()) {
	return (0, node_path.join)((0, node_path.dirname)(file), `${prefixOf(file)}${end}`);
}
function prefixOf(file) {
	return `.ferry-${(0, node_path.basename)(file).slice(0, 60)}.`;
}
function isStaged(name) {
	return name.startsWith(".ferry-") && require_store.parseOwner(name.split(".").at(-2) ?? "") !== void 0;
}
async function openStage(file, name, base) {
	const directory = beside(file);
	try {
		await require_store.makeDirectories((0, node_path.dirname)(file));
		await require_store.sweep((0, node_path.dirname)(file), prefixOf(file));
		await (0, node_fs_promises.mkdir)(directory);
		await require_durable.makeBelow(directory, "blobs", "sha256");
		await (0, node_fs_promises.writeFile)((0, node_path.join)(directory, "index.json"), require_store.printIndex(base?.layout ?? require_store.EMPTY_INDEX));
		await (0, node_fs_promises.writeFile)((0, node_path.join)(directory, require_store.MARK), require_store.MARK_TEXT);
	} catch (error) {
		await (0, node_fs_promises.rm)(directory, {
			recursive: true,
			force: true
		});
		throw require_durable.fileTrouble(error, `cannot write to ${name}`);
	}
	const removed = /* @__PURE__ */ new Set();
	const store = require_store.openStore(directory, {
		name,
		...base ? { beneath: {
			blobs: base.blobs,
			removed
		} } : {}
	});
	return {
		target: layoutOf(store),
		removed,
		index: async () => await store.index() ?? require_store.EMPTY_INDEX,
		async added() {
			const found = /* @__PURE__ */ new Map();
			for (const algorithm of await (0, node_fs_promises.readdir)((0, node_path.join)(directory, "blobs"))) for (const hex of await (0, node_fs_promises.readdir)((0, node_path.join)(directory, "blobs", algorithm))) found.set(`blobs/${algorithm}/${hex}`, (0, node_path.join)(directory, "blobs", algorithm, hex));
			return found;
		},
		discard: () => (0, node_fs_promises.rm)(directory, {
			recursive: true,
			force: true
		})
	};
}

// src/registry/target/archive/tar-trouble.ts
function cleanName(name, where) {
	const parts = name.split("/").filter((part) => part !== "" && part !== ".");
	if (name.startsWith("/") || name.includes("\0") || parts.includes("..")) throw invalid(where, `the name ${require_printable.printable(name, 200)} leads out of the archive`);
	return parts.join("/");
}
function invalid(where, why) {
	return new require_failure.Failure("CONTENT_INVALID", `cannot read ${where}`, {
		cause: why,
		hint: "Make the archive anew, or fetch it again."
	});
}
function unsupported(where, what) {
	return new require_failure.Failure("UNSUPPORTED", `cannot read ${where}`, {
		cause: `${what} in an archive are not read`,
		hint: "Make the archive with skopeo, crane, docker save or ferry."
	});
}

// src/registry/target/archive/pax.ts
function readPax(bytes, where) {
	const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let found = {};
	for (let at = 0; at < buffer.length;) {
		const space = buffer.indexOf(32, at);
		const digits = space < 0 || space - at > 10 ? "" : buffer.toString("latin1", at, space);
		const end = at + (/^[1-9][0-9]{0,9}$/.test(digits) ? Number(digits) : 0);
		const equals = buffer.indexOf(61, space);
		if (end <= at || end > buffer.length || buffer[end - 1] !== 10 || equals < 0 || equals >= end) throw invalid(where, "a pax header cannot be read");
		found = withRecord(found, buffer.toString("utf8", space + 1, equals), buffer.toString("utf8", equals + 1, end - 1), where);
		at = end;
	}
	return found;
}
function withRecord(found, key, value, where) {
	if (key.startsWith("GNU.sparse.")) throw unsupported(where, "sparse files");
	if (key === "path") return {
		...found,
		path: value
	};
	if (key === "linkpath") return {
		...found,
		linkpath: value
	};
	if (key !== "size") return found;
	if (!/^[0-9]{1,15}$/.test(value)) throw invalid(where, "a pax header has a size that is not a number");
	return {
		...found,
		size: Number(value)
	};
}

// src/registry/target/archive/tar-entry.ts
function entryOf(header, extended, { offset, length }, where) {
	const name = cleanName(extended.path ?? header.name, where);
	const { type } = header;
	if (type === "5" || type === "0" && (extended.path ?? header.name).endsWith("/") && length === 0) return {
		kind: "folder",
		name
	};
	if (name === "") throw invalid(where, "an entry has no name");
	if (type === "0") return {
		kind: "file",
		name,
		offset,
		size: length
	};
	if (type !== "1" && type !== "2") throw unsupported(where, type === "S" ? "sparse files" : `entries of type ${require_printable.printable(type)}`);
	if (length > 0) throw invalid(where, "a link has content");
	return {
		kind: "link",
		name,
		offset,
		size: 0,
		target: linkTarget(name, extended.linkpath ?? header.target, type === "2", where)
	};
}
function linkTarget(name, target, symbolic, where) {
	const parts = symbolic ? name.split("/").slice(0, -1) : [];
	if (target.startsWith("/") || target === "") throw invalid(where, `the link ${require_printable.printable(name, 200)} leads out of the archive`);
	for (const part of target.split("/")) {
		if (part === "" || part === ".") continue;
		if (part !== "..") parts.push(part);
		else if (parts.pop() === void 0) throw invalid(where, `the link ${require_printable.printable(name, 200)} leads out of the archive`);
	}
	return cleanName(parts.join("/"), where);
}

// src/registry/target/archive/tar-header-read.ts
const BLOCK$1 = 512;
function readHeader(block, where) {
	const bytes = Buffer.from(block.buffer, block.byteOffset, block.byteLength);
	checkSum(bytes, where);
	const magic = bytes.toString("latin1", 257, 263);
	if (![
		"ustar\0",
		"ustar ",
		"\0\0\0\0\0\0"
	].includes(magic)) throw invalid(where, "the header is of an unknown kind of tar");
	const type = bytes.toString("latin1", 156, 157);
	const prefix = magic === "ustar\0" ? textIn(bytes, 345, 500) : "";
	const name = textIn(bytes, 0, 100);
	return {
		name: prefix === "" ? name : `${prefix}/${name}`,
		type: type === "\0" ? "0" : type,
		size: numberIn(bytes, 124, 136, where),
		target: textIn(bytes, 157, 257)
	};
}
function textIn(bytes, from, to) {
	const end = bytes.indexOf(0, from);
	return bytes.toString("utf8", from, end < 0 || end > to ? to : end);
}
function numberIn(bytes, from, to, where) {
	if ((bytes[from] ?? 0) === 128) {
		let value = 0n;
		for (const byte of bytes.subarray(from + 1, to)) value = value * 256n + BigInt(byte);
		if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw invalid(where, "a number in the header is too large");
		return Number(value);
	}
	const text = bytes.toString("latin1", from, to).replaceAll("\0", " ").trim();
	if (!/^[0-7]{0,12}$/.test(text)) throw invalid(where, "a number in the header is not octal");
	return Number.parseInt(text || "0", 8);
}
function checkSum(bytes, where) {
	const text = bytes.toString("latin1", 148, 156).replaceAll("\0", " ").trim();
	let unsigned = 256;
	let signed = 256;
	for (let at = 0; at < 512; at += 1) {
		if (at >= 148 && at < 156) continue;
		const byte = bytes[at] ?? 0;
		unsigned += byte;
		signed += byte > 127 ? byte - 256 : byte;
	}
	const said = /^[0-7]{1,8}$/.test(text) ? Number.parseInt(text, 8) : -1;
	if (said !== unsigned && said !== signed) throw invalid(where, "the checksum of the header is wrong: this is no tar, or it is damaged");
}

// src/registry/target/archive/tar-walk.ts
const LARGEST_EXTENDED = 1048576;
const MOST_ENTRIES = 5e5;
function* walkTar(size, name) {
	const table = /* @__PURE__ */ new Map();
	const folders = /* @__PURE__ */ new Set();
	let extended = {};
	for (let at = 0;;) {
		const where = `${name}, byte ${at}`;
		const block = at + 512 > size ? void 0 : yield {
			at,
			length: 512
		};
		if (block?.length !== 512) throw invalid(where, "the archive ends in the middle");
		if (block.every((byte) => byte === 0)) break;
		const header = readHeader(block, where);
		const length = "xgLK".includes(header.type) ? header.size : extended.size ?? header.size;
		const offset = at + 512;
		at = offset + Math.ceil(length / 512) * 512;
		if (at > size) throw invalid(where, `the archive ends in the middle: ${size} bytes, but this entry would end at ${at}`);
		if ("xgLK".includes(header.type)) {
			if (length > LARGEST_EXTENDED) throw invalid(where, "a header is larger than 1 MiB");
			const bytes = length === 0 ? /* @__PURE__ */ new Uint8Array() : yield {
				at: offset,
				length
			};
			Object.assign(extended, extension(header.type, bytes, where));
			continue;
		}
		const entry = entryOf(header, extended, {
			offset,
			length
		}, where);
		extended = {};
		if (entry.kind === "folder") folders.add(entry.name);
		else {
			if (table.has(entry.name)) throw invalid(where, `${require_printable.printable(entry.name, 200)} is in it twice`);
			table.set(entry.name, entry);
			if (table.size > MOST_ENTRIES) throw new require_failure.Failure("LIMIT_REACHED", `${name} has more than ${MOST_ENTRIES} entries`);
		}
	}
	for (const folder of folders) if (table.has(folder)) throw invalid(name, `${require_printable.printable(folder, 200)} is in it as a file and as a directory`);
	return table;
}
function extension(type, bytes, where) {
	if (type === "x") return readPax(bytes, where);
	if (type === "g") {
		if (Object.keys(readPax(bytes, where)).length > 0) throw unsupported(where, "global headers that rename entries");
		return {};
	}
	const text = Buffer.from(bytes).toString("utf8").replace(/\0+$/, "");
	return type === "L" ? { path: text } : { linkpath: text };
}

// src/registry/target/archive/tar-file.ts
const READ_BYTES = 131072;
async function keyOf(file) {
	try {
		return keyFrom(await (0, node_fs_promises.stat)(file, { bigint: true }));
	} catch (error) {
		if (require_durable.systemCode(error) === "ENOENT") return void 0;
		throw error;
	}
}
function keyFrom({ dev, ino, size, mtimeNs, ctimeNs }) {
	return [
		dev,
		ino,
		size,
		mtimeNs,
		ctimeNs
	].join(":");
}
async function openTar(file, name, call) {
	let handle;
	try {
		handle = await (0, node_fs_promises.open)(file, "r");
	} catch (error) {
		if (require_durable.systemCode(error) === "ENOENT") return void 0;
		throw require_durable.fileTrouble(error, `cannot read ${name}`);
	}
	let plain = handle;
	try {
		const stats = await handle.stat({ bigint: true });
		if (!stats.isFile()) throw new require_failure.Failure("FILE_UNREADABLE", `${name} is not a file`, { hint: "Name a tar; a layout in a directory is written oci:DIRECTORY:tag." });
		const [first, second] = await pieceOf(handle, 0, 2, name).catch(() => /* @__PURE__ */ new Uint8Array());
		if (first === 31 && second === 139) {
			const { inflated } = await Promise.resolve().then(() => require("./inflate.cjs"));
			plain = await inflated(handle, name, call);
			await handle.close();
		}
		const { size } = await plain.stat();
		const table = await tableOf(plain, size, name, call);
		return tarFile(plain, table, keyFrom(stats), name);
	} catch (error) {
		await handle.close().catch(() => void 0);
		if (plain !== handle) await plain.close();
		throw require_durable.fileTrouble(error, `cannot read ${name}`);
	}
}
async function tableOf(handle, size, name, call) {
	const walk = walkTar(size, name);
	let step = walk.next();
	while (step.done !== true) {
		require_call.throwIfStopped(call);
		step = walk.next(await pieceOf(handle, step.value.at, step.value.length, name));
	}
	return step.value;
}
function tarFile(handle, table, key, name) {
	return {
		key,
		table,
		async *chunks({ offset, size }, from = 0, to = size - 1) {
			const end = offset + Math.min(size, to + 1);
			for (let at = offset + from; at < end;) {
				const chunk = await pieceOf(handle, at, Math.min(READ_BYTES, end - at), name);
				at += chunk.length;
				yield chunk;
			}
		},
		async bytes(entry, most) {
			if (entry.size > most) throw new require_failure.Failure("LIMIT_REACHED", `${entry.name} in ${name} has ${entry.size} bytes; at most ${most} are read`);
			return pieceOf(handle, entry.offset, entry.size, name);
		},
		close: () => handle.close()
	};
}
async function pieceOf(handle, at, length, name) {
	const buffer = Buffer.alloc(length);
	let done = 0;
	while (done < length) {
		const { bytesRead } = await handle.read(buffer, done, length - done, at + done);
		if (bytesRead === 0) throw new require_failure.Failure("CONTENT_INVALID", `${name} ends at byte ${at + done}, in the middle of an entry`);
		done += bytesRead;
	}
	return buffer;
}

// src/registry/target/archive/place.ts
async function putInPlace(written, file, seen, call) {
	const place = beside(file, "lock");
	const lock = await lockAt(place, call);
	try {
		if (await keyOf(file) !== seen || !await lock.held()) return false;
		await require_durable.renameDurably(written, file, (0, node_path.dirname)(file));
		return true;
	} finally {
		await takeAway(lock, place, file);
	}
}
async function lockAt(place, call) {
	for (;;) {
		await (0, node_fs_promises.mkdir)(place).catch((error) => {
			if (require_durable.systemCode(error) !== "EEXIST") throw error;
		});
		try {
			return await require_store.acquireLock(place, call);
		} catch (error) {
			if (require_durable.systemCode(error) !== "ENOENT") throw error;
		}
	}
}
async function takeAway(lock, place, file) {
	if (!await lock.held()) return;
	const away = beside(file);
	try {
		await (0, node_fs_promises.rename)(place, away);
		await (0, node_fs_promises.rm)(away, {
			recursive: true,
			force: true
		});
	} catch {
		await lock.release();
	}
}

// src/registry/target/archive/read-archive.ts
const LARGEST_INDEX = 67108864;
async function readArchive(file, name, call) {
	const tar = await openTar(file, name, call);
	if (!tar) return void 0;
	try {
		return await layoutIn(tar, name);
	} catch (error) {
		await tar.close();
		throw error;
	}
}
async function layoutIn(tar, name) {
	const entry = (path) => {
		const found = tar.table.get(path);
		if (found?.kind !== "link") return found;
		throw new require_failure.Failure("CONTENT_INVALID", `${path} in ${name} is a link`, { hint: "Make the archive with real files." });
	};
	const [mark, indexEntry] = [entry(require_store.MARK), entry("index.json")];
	if (!mark || !indexEntry) {
		const docker = tar.table.has("manifest.json");
		throw new require_failure.Failure("FILE_UNREADABLE", `${name} is not an OCI layout in a tar`, {
			cause: `it has no file ${mark ? "index.json" : require_store.MARK}`,
			hint: docker ? "It looks like the output of docker save: write docker-archive:FILE:name:tag." : "Name a tar that skopeo, regctl or ferry wrote as oci-archive."
		});
	}
	require_store.checkMark(await tar.bytes(mark, 4096), name);
	const layout = require_store.parseIndex(await tar.bytes(indexEntry, LARGEST_INDEX), `index.json of ${name}`);
	const at = (digest) => entry(blobPath$1(digest));
	const blobs = {
		async size(digest) {
			return at(digest)?.size;
		},
		async raw(digest, from, to) {
			const found = at(digest);
			if (!found) throw require_store.missing(digest, name);
			return tar.chunks(found, from, to);
		},
		async *read(descriptor, from = 0) {
			yield* require_store.provenFrom(descriptor, await blobs.raw(descriptor.digest), from, name);
		}
	};
	return {
		name,
		tar,
		layout,
		blobs,
		graph: require_store.createGraph(blobs),
		index: async () => layout
	};
}
function blobPath$1(digest) {
	return `blobs/${require_digest.algorithmOf(digest)}/${require_digest.hexOf(digest)}`;
}
function digestAt(path) {
	const [, algorithm, hex] = /^blobs\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
	return algorithm === void 0 ? void 0 : `${algorithm}:${hex}`;
}

// src/kit/tar-header.ts
const BLOCK = 512;
const TYPE = {
	file: "0",
	link: "2",
	directory: "5"
};
function tarHeader(entry, mode, size, time) {
	const name = entry.kind === "directory" ? `${entry.path}/` : entry.path;
	const target = entry.kind === "link" ? entry.target ?? "" : "";
	const records = [
		...fits(name) ? [] : [record("path", name)],
		...fits(target) ? [] : [record("linkpath", target)],
		...largeNumber("uid", entry.owner.uid, 7),
		...largeNumber("gid", entry.owner.gid, 7),
		...largeNumber("size", size, 11),
		...largeNumber("mtime", time, 11)
	];
	const header = ustar(TYPE[entry.kind], name, target, mode, entry, size, time);
	if (records.length === 0) return header;
	const pax = Buffer.concat(records);
	return Buffer.concat([
		ustar("x", `PaxHeaders/${name}`, "", 420, entry, pax.length, time),
		pax,
		padding(pax.length),
		header
	]);
}
function padding(size) {
	return Buffer.alloc((BLOCK - size % BLOCK) % BLOCK);
}
const TAR_END = Buffer.alloc(2 * BLOCK);
function fits(text) {
	return text.length <= 100 && Buffer.byteLength(text) === text.length;
}
function largeNumber(key, value, digits) {
	return value < 8 ** digits ? [] : [record(key, String(value))];
}
function record(key, value) {
	const rest = Buffer.from(` ${key}=${value}\n`);
	let length = rest.length;
	while (String(length).length + rest.length !== length) length = String(length).length + rest.length;
	return Buffer.concat([Buffer.from(String(length)), rest]);
}
function ustar(type, name, target, mode, { owner }, size, time) {
	const header = Buffer.alloc(BLOCK);
	header.write(plain(name), 0, 100, "latin1");
	octal(header, mode, 100, 7);
	octal(header, owner.uid, 108, 7);
	octal(header, owner.gid, 116, 7);
	octal(header, size, 124, 11);
	octal(header, time, 136, 11);
	header.fill(" ", 148, 156);
	header.write(type, 156, "latin1");
	header.write(plain(target), 157, 100, "latin1");
	header.write("ustar\x0000", 257, "latin1");
	octal(header, 0, 329, 7);
	octal(header, 0, 337, 7);
	let sum = 0;
	for (const byte of header) sum += byte;
	header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
	return header;
}
function plain(text) {
	return text.replace(/\P{ASCII}/gu, "_").slice(0, 100);
}
function octal(header, value, at, digits) {
	header.write((value < 8 ** digits ? value : 0).toString(8).padStart(digits, "0"), at, "latin1");
}

// src/registry/target/archive/write-archive.ts
async function writeArchive(file, contents, name, call) {
	const handle = await (0, node_fs_promises.open)(file, "wx", 420);
	try {
		const parts = await partsOf(contents, name);
		const total = parts.reduce((sum, part) => sum + part.size, 0);
		let done = 0;
		for (const part of parts) await writePart(handle, part, (bytes) => {
			require_call.throwIfStopped(call);
			done += bytes;
			call.onProgress?.({
				what: `writing ${name}`,
				done,
				total
			});
		});
		await require_durable.writeAll(handle, TAR_END);
		await handle.sync();
	} finally {
		await handle.close();
	}
}
async function writePart(handle, part, passed) {
	await require_durable.writeAll(handle, tarHeader({
		kind: "file",
		path: part.path,
		owner: {
			uid: 0,
			gid: 0
		}
	}, 420, part.size, 0));
	for await (const chunk of part.chunks()) {
		await require_durable.writeAll(handle, chunk);
		passed(chunk.length);
	}
	await require_durable.writeAll(handle, padding(part.size));
}
async function partsOf({ index, added, kept, without }, name) {
	const parts = /* @__PURE__ */ new Map();
	for (const [path, file] of added) parts.set(path, provenPart(path, await (0, node_fs_promises.stat)(file), () => fileChunks(file, path), name));
	for (const { tar } of kept) for (const entry of tar.table.values()) {
		const digest = digestAt(entry.name);
		const dropped = digest !== void 0 && require_digest.isDigest(digest) && without.has(digest);
		if (entry.kind === "file" && !dropped && !parts.has(entry.name)) parts.set(entry.name, provenPart(entry.name, entry, () => tar.chunks(entry), name));
	}
	for (const own of [require_store.MARK, "index.json"]) parts.delete(own);
	const rank = (path) => `${path.startsWith("blobs/") ? 0 : 1}${path}`;
	const rest = [...parts.values()].toSorted((left, right) => rank(left.path) < rank(right.path) ? -1 : 1);
	return [
		textPart(require_store.MARK, require_store.MARK_TEXT),
		textPart("index.json", require_store.printIndex(inOrder(index))),
		...rest
	];
}
function textPart(path, text) {
	const bytes = Buffer.from(text);
	return {
		path,
		size: bytes.length,
		async *chunks() {
			yield bytes;
		}
	};
}
function provenPart(path, { size }, chunks, name) {
	const digest = digestAt(path);
	if (digest === void 0 || !require_digest.isDigest(digest)) return {
		path,
		size,
		chunks
	};
	return {
		path,
		size,
		chunks: () => require_manifest.proven({
			mediaType: "application/octet-stream",
			digest,
			size
		}, chunks(), name)
	};
}
async function* fileChunks(file, path) {
	const handle = await require_store.openRegular(file, path);
	if (handle) yield* require_store.chunksOf(handle);
}

// src/registry/target/archive/finish-archive.ts
const MOST_TRIES$2 = 100;
async function finishArchive(file, name, stage, base, call) {
	const ours = await stage.index();
	const added = await stage.added();
	for (let tries = 0; tries < MOST_TRIES$2; tries += 1) {
		require_call.throwIfStopped(call);
		const current = await keyOf(file) === base?.tar.key ? base : await readArchive(file, name, call);
		try {
			const same = current === base;
			const kept = [current, base].flatMap((archive) => archive ?? []);
			if (await replaced(file, {
				index: mergeIndexes(base?.layout ?? require_store.EMPTY_INDEX, ours, same ? base?.layout ?? require_store.EMPTY_INDEX : indexOf(current), name),
				added,
				kept,
				without: same ? stage.removed : /* @__PURE__ */ new Set()
			}, current?.tar.key, name, call)) return;
		} finally {
			if (current !== base) await current?.tar.close();
		}
	}
	throw new require_failure.Failure("LAYOUT_BUSY", `${name} is changed again and again by other processes`, { hint: "Wait for them and run the same command again." });
}
function indexOf(archive) {
	return archive?.layout ?? { ...require_store.EMPTY_INDEX };
}
async function replaced(file, contents, seen, name, call) {
	const written = beside(file);
	try {
		await writeArchive(written, contents, name, call);
		require_call.throwIfStopped(call);
		return await putInPlace(written, file, seen, call);
	} catch (error) {
		throw require_durable.fileTrouble(error, `cannot write ${name}`);
	} finally {
		await (0, node_fs_promises.rm)(written, { force: true });
	}
}

// src/registry/target/archive/turns.ts
function createTurns() {
	const running = /* @__PURE__ */ new Set();
	let gate = Promise.resolve();
	return {
		async together(work) {
			for (let seen; seen !== gate;) {
				seen = gate;
				await seen;
			}
			const one = work();
			const ended = settled(one);
			running.add(ended);
			try {
				return await one;
			} finally {
				running.delete(ended);
			}
		},
		alone(work) {
			const one = Promise.all([gate, ...running]).then(() => work());
			gate = settled(one);
			return one;
		}
	};
}
async function settled(work) {
	await Promise.allSettled([work]);
}

// src/registry/target/archive/archive.ts
function openArchive(file) {
	const name = `oci-archive:${file}`;
	let base;
	let stage;
	const turns = createTurns();
	const retired = [];
	const opened = (call) => {
		base ??= readArchive(file, name, call).catch((error) => {
			base = void 0;
			throw error;
		});
		return base;
	};
	const reading = async (call) => {
		if (stage) return (await stage).target;
		const archive = await opened(call);
		return archive ? require_store.readingOf(archive) : nothingAt(name);
	};
	async function* bytesOf(descriptor, from, call) {
		yield* (await (await reading(call)).fetch(descriptor, call)).open(from);
	}
	const writing = async (call) => {
		require_call.throwIfStopped(call);
		stage ??= opened(call).then((archive) => openStage(file, name, archive)).catch((error) => {
			stage = void 0;
			throw error;
		});
		return (await stage).target;
	};
	const change = (call, work) => turns.together(async () => work(await writing(call)));
	const forget = async () => {
		const [had, added] = [base, stage];
		base = void 0;
		stage = void 0;
		await added?.then((open) => open.discard()).catch(() => void 0);
		await had?.then((archive) => archive && retired.push(archive)).catch(() => void 0);
	};
	return {
		name,
		file,
		resolve: async (ref, call) => (await reading(call)).resolve(ref, call),
		has: async (descriptor, call) => (await reading(call)).has(descriptor, call),
		async fetch(descriptor, call) {
			const { size } = await (await reading(call)).fetch(descriptor, call);
			return {
				size,
				open: (from) => bytesOf(descriptor, from, call)
			};
		},
		async *tags(call) {
			yield* (await reading(call)).tags(call);
		},
		async *referrers(subject, call) {
			yield* (await reading(call)).referrers(subject, call);
		},
		async push(descriptor, body, call) {
			if (await (await reading(call)).has(descriptor, call)) return "present";
			return change(call, (target) => target.push(descriptor, body, call));
		},
		rewrite: (descriptor, body, call) => change(call, (target) => target.rewrite(descriptor, body, call)),
		async tag(descriptor, tag, call) {
			if ((await (await reading(call)).resolve(tag, call))?.digest === descriptor.digest) return;
			await change(call, (target) => target.tag(descriptor, tag, call));
		},
		async mount(descriptor, from, call) {
			return stage === void 0 ? false : change(call, (target) => target.mount(descriptor, from, call));
		},
		async untag(tag, call) {
			if (stage === void 0 && await opened(call) === void 0) return;
			await change(call, (target) => target.untag(tag, call));
		},
		async remove(descriptor, call) {
			if (stage === void 0 && await opened(call) === void 0) return;
			await change(call, (target) => target.remove(descriptor, call));
		},
		finish: (call) => turns.alone(async () => {
			const staged = await stage;
			if (!staged) return;
			await finishArchive(file, name, staged, await opened(call), call);
			await forget();
		}),
		discard: () => turns.alone(async () => {
			await forget();
			await Promise.all(retired.splice(0).map(({ tar }) => tar.close()));
		})
	};
}
function nothingAt(name) {
	const blobs = {
		size: async () => void 0,
		raw: async (digest) => Promise.reject(require_store.missing(digest, name)),
		read: () => noChunks()
	};
	return require_store.readingOf({
		name,
		blobs,
		graph: require_store.createGraph(blobs),
		index: async () => void 0
	});
}
async function* noChunks() {}

// src/registry/target/archive/docker-layer.ts
const DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar";
async function describeLayer(tar, entry, diffId, where, call) {
	const start = await firstBytes(tar, entry);
	if (start.startsWith("28b52ffd") || start.startsWith("fd377a58") || start.startsWith("425a68")) throw new require_failure.Failure("UNSUPPORTED", `${where} is compressed in a way that is not read here`, { hint: "Save the image again without compression of its layers; gzip is read too." });
	if (!start.startsWith("1f8b")) return {
		mediaType: DOCKER_LAYER,
		digest: diffId,
		size: entry.size
	};
	return {
		mediaType: `${DOCKER_LAYER}.gzip`,
		digest: await digestOfPacked(tar, entry, diffId, where, call),
		size: entry.size
	};
}
async function firstBytes(tar, entry) {
	for await (const chunk of tar.chunks(entry, 0, 3)) return Buffer.from(chunk).toString("hex");
	return "";
}
async function digestOfPacked(tar, entry, diffId, where, call) {
	const packed = (0, node_crypto.createHash)("sha256");
	const plain = (0, node_crypto.createHash)(require_digest.algorithmOf(diffId));
	const gunzip = process.getBuiltinModule("node:zlib").createGunzip();
	const passing = async function* () {
		for await (const chunk of tar.chunks(entry)) {
			require_call.throwIfStopped(call);
			packed.update(chunk);
			yield chunk;
		}
	};
	(0, node_stream.pipeline)(passing(), gunzip, () => {});
	try {
		for await (const chunk of gunzip) plain.update(chunk);
	} catch (error) {
		if (!(error instanceof Error && "code" in error ? String(error.code) : "").startsWith("Z_")) throw error;
		throw new require_failure.Failure("CONTENT_INVALID", `${where} cannot be unpacked`, { cause: "it begins like gzip, but is damaged" });
	}
	const found = require_digest.finishDigest(plain, require_digest.algorithmOf(diffId));
	if (found === diffId) return require_digest.finishDigest(packed, "sha256");
	throw new require_failure.Failure("DIGEST_MISMATCH", `${where} is not what the image says`, {
		cause: `unpacked its digest is ${found} instead of ${diffId}`,
		hint: "The archive is damaged or was changed: save the image again.",
		facts: {
			digest: diffId,
			found
		}
	});
}

// src/registry/target/archive/tar-links.ts
const MOST_LINKS$1 = 40;
function entryAt(tar, path, where) {
	let name = path.replace(/^(?:\.\/)+/, "");
	for (let hops = 0; hops < MOST_LINKS$1; hops += 1) {
		const entry = tar.table.get(name);
		if (!entry) throw new require_failure.Failure("CONTENT_MISSING", `${require_printable.printable(path, 200)}, which ${where} needs, is not in the archive`, { hint: "The archive is not whole: save or fetch it again." });
		if (entry.target === void 0) return entry;
		name = entry.target;
	}
	throw new require_failure.Failure("CONTENT_INVALID", `${require_printable.printable(path, 200)} in ${where} is a link that leads to itself`);
}

// src/registry/target/archive/docker-image.ts
const LARGEST_DOCUMENT = 8388608;
async function manifestOf(tar, image, held, where, call) {
	const configPath = image["Config"];
	if (typeof configPath !== "string") throw new require_failure.Failure("CONTENT_INVALID", `${where} names no config`);
	const configBytes = await tar.bytes(entryAt(tar, configPath, where), LARGEST_DOCUMENT);
	const config = {
		mediaType: "application/vnd.docker.container.image.v1+json",
		digest: require_digest.digestOf(configBytes),
		size: configBytes.length
	};
	checkName(configPath, config.digest, where);
	held.set(config.digest, heldBytes(configBytes));
	const paths = textsIn(image["Layers"], `Layers of ${where}`);
	const diffIds = diffIdsOf(require_json.parseStrictJson(configBytes, `the config of ${where}`), where);
	if (paths.length !== diffIds.length) throw new require_failure.Failure("CONTENT_INVALID", `${where} has ${paths.length} layers, but its config names ${diffIds.length}`);
	const layers = [];
	for (const [at, diffId] of diffIds.entries()) {
		const entry = entryAt(tar, paths[at] ?? "", where);
		const layer = await describeLayer(tar, entry, diffId, `layer ${at + 1} of ${where}`, call);
		held.set(layer.digest, {
			size: entry.size,
			raw: (from, to) => tar.chunks(entry, from, to)
		});
		layers.push(layer);
	}
	const document = {
		schemaVersion: 2,
		mediaType: require_manifest.MEDIA.dockerManifest,
		config: require_manifest.descriptorJson(config),
		layers: layers.map(require_manifest.descriptorJson)
	};
	const bytes = Buffer.from(JSON.stringify(document));
	const digest = require_digest.digestOf(bytes);
	held.set(digest, heldBytes(bytes));
	return {
		mediaType: require_manifest.MEDIA.dockerManifest,
		digest,
		size: bytes.length
	};
}
function heldBytes(bytes) {
	return {
		size: bytes.length,
		async *raw(from = 0, to = bytes.length - 1) {
			yield bytes.subarray(from, to + 1);
		}
	};
}
function checkName(path, digest, where) {
	const hex = /(?:^|\/|sha256:)([0-9a-f]{64})(?:\.json)?$/.exec(path)?.[1];
	if (hex === void 0 || digest === `sha256:${hex}`) return;
	throw new require_failure.Failure("DIGEST_MISMATCH", `the config of ${where} is not what its name says`, {
		cause: `its digest is ${digest}, its name ${require_printable.printable(path, 100)}`,
		hint: "The archive is damaged or was changed: save the image again."
	});
}
function textsIn(value, what) {
	const list = value ?? [];
	const texts = Array.isArray(list) ? list.filter((text) => typeof text === "string") : [];
	if (!Array.isArray(list) || texts.length !== list.length) throw new require_failure.Failure("CONTENT_INVALID", `${what} is not a list of texts`);
	return texts;
}
function diffIdsOf(config, where) {
	const rootfs = require_json.isObject(config) ? config["rootfs"] : void 0;
	return textsIn(require_json.isObject(rootfs) ? rootfs["diff_ids"] : void 0, `the diff_ids of ${where}`).map((text) => {
		if (require_digest.isDigest(text)) return text;
		throw new require_failure.Failure("CONTENT_INVALID", `the config of ${where} has a diff_id that is not a digest: ${require_printable.printable(text, 100)}`);
	});
}

// src/registry/target/archive/docker-saved.ts
const IMAGE_NAME = "io.containerd.image.name";
const MOST_IMAGES = 1e4;
async function readSaved(tar, name, call) {
	const held = /* @__PURE__ */ new Map();
	const entries = [];
	const list = require_json.parseStrictJson(await tar.bytes(entryAt(tar, "manifest.json", name), LARGEST_DOCUMENT), `manifest.json of ${name}`);
	if (!Array.isArray(list) || list.length > MOST_IMAGES) throw new require_failure.Failure("CONTENT_INVALID", `manifest.json of ${name} is not a list of images`);
	for (const [at, image] of list.entries()) {
		const where = `image ${at + 1} of ${name}`;
		if (!require_json.isObject(image)) throw new require_failure.Failure("CONTENT_INVALID", `${where} is not an object`);
		const manifest = await manifestOf(tar, image, held, where, call);
		entries.push(...textsIn(image["RepoTags"], `RepoTags of ${where}`).map((tag) => entryFor(manifest, { [IMAGE_NAME]: tag })));
		if (!entries.some((entry) => entry.descriptor?.digest === manifest.digest)) entries.push(entryFor(manifest));
	}
	const index = {
		frame: { schemaVersion: 2 },
		entries
	};
	const blobs = {
		size: async (digest) => held.get(digest)?.size,
		async raw(digest, from, to) {
			const found = held.get(digest);
			if (!found) throw require_store.missing(digest, name);
			return found.raw(from, to);
		},
		async *read(descriptor, from = 0) {
			yield* require_store.provenFrom(descriptor, await blobs.raw(descriptor.digest), from, name);
		}
	};
	return {
		name,
		blobs,
		graph: require_store.createGraph(blobs),
		index: async () => index
	};
}
function entryFor(manifest, annotations) {
	return require_store.readEntry(require_manifest.descriptorJson({
		...manifest,
		...annotations ? { annotations } : {}
	}), "an entry");
}

// src/registry/target/archive/docker-names.ts
function named(index, repository) {
	const entries = index.entries.map((entry) => {
		const annotations = require_json.isObject(entry.json["annotations"]) ? entry.json["annotations"] : {};
		const full = annotations[IMAGE_NAME];
		const said = typeof full === "string" ? full : entry.name;
		const { [require_store.REF_NAME]: _name, ...others } = annotations;
		const tag = said === void 0 ? void 0 : tagFor(said, repository);
		return require_store.readEntry({
			...entry.json,
			annotations: tag === void 0 ? others : {
				...others,
				[require_store.REF_NAME]: tag
			}
		}, "an entry");
	});
	return {
		...index,
		entries
	};
}
function tagFor(said, repository) {
	if (!said.includes(":") && !said.includes("/")) return repository === void 0 ? said : void 0;
	try {
		const reference = require_reference.parseReference(said);
		return repository === void 0 || require_reference.printRepository(reference) === repository ? reference.tag : void 0;
	} catch (error) {
		if (require_failure.isFailure(error)) return void 0;
		throw error;
	}
}
function onlyDigest(index) {
	const digests = new Set(index.entries.flatMap((entry) => entry.descriptor?.digest ?? []));
	const [only] = digests;
	return digests.size === 1 && only !== void 0 && require_digest.isDigest(only) ? only : void 0;
}

// src/registry/target/archive/docker-archive.ts
function openDockerArchive(file, repository) {
	const name = `docker-archive:${file}`;
	let opened;
	const open = async (call) => {
		const tar = await openTar(file, name, call);
		if (!tar) throw new require_failure.Failure("FILE_UNREADABLE", `there is no ${name}`, { hint: "Name a file that docker save wrote." });
		try {
			const place = tar.table.has("oci-layout") ? await layoutIn(tar, name) : await readSaved(tar, name, call);
			const index = named(await place.index() ?? {
				frame: {},
				entries: []
			}, repository);
			return {
				tar,
				index,
				reading: require_store.readingOf({
					...place,
					index: async () => index
				})
			};
		} catch (error) {
			await tar.close();
			throw error;
		}
	};
	const reading = async (call) => {
		require_call.throwIfStopped(call);
		opened ??= open(call).catch((error) => {
			opened = void 0;
			throw error;
		});
		return opened;
	};
	return {
		name,
		file,
		async resolve(ref, call) {
			const { reading: place, index } = await reading(call);
			const found = await place.resolve(ref, call);
			const only = found === void 0 && repository === void 0 && ref === "latest" ? onlyDigest(index) : void 0;
			return only === void 0 ? found : place.resolve(only, call);
		},
		has: async (descriptor, call) => (await reading(call)).reading.has(descriptor, call),
		fetch: async (descriptor, call) => (await reading(call)).reading.fetch(descriptor, call),
		async *tags(call) {
			yield* (await reading(call)).reading.tags(call);
		},
		async *referrers(subject, call) {
			yield* (await reading(call)).reading.referrers(subject, call);
		},
		push: () => Promise.reject(readOnly(name)),
		tag: () => Promise.reject(readOnly(name)),
		async discard() {
			const had = opened;
			opened = void 0;
			await had?.then(({ tar }) => tar.close()).catch(() => void 0);
		}
	};
}
function readOnly(name) {
	return new require_failure.Failure("UNSUPPORTED", `${name} is only read: nothing is written in the form of docker save`, { hint: "Write oci-archive:FILE.tar:tag, which keeps digests and signatures; docker load reads it since version 25, podman load always." });
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
	return answer.errors.some(({ code }) => UNKNOWN.has(code)) || answer.errors.length > 0 && require_redirect.contentType(answer).includes("json");
}
async function believeAbsent(state, what, answer, call) {
	if (speaksRegistry(answer)) return;
	const page = require_redirect.notRegistry(what, answer);
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
		largest: require_redirect.LARGEST.error,
		expect: [
			200,
			401,
			403,
			404
		],
		follow: "origin"
	}, call);
	if (speaksRegistry(base) || base.status !== 404 && !require_redirect.contentType(base).includes("html")) return;
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
	if (mount === void 0) return path;
	const from = mount.from === void 0 ? "" : `&from=${encodeURIComponent(mount.from)}`;
	return `${path}?mount=${encodeURIComponent(mount.digest)}${from}`;
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
async function blobIsWhole(state, descriptor, call) {
	const answer = await lookForBlob(state, descriptor, ["pull", "push"], call);
	const length = require_redirect.numberHeader(answer, "content-length") || descriptor.size;
	if (answer.status === 200 && length !== descriptor.size) state.present.delete(descriptor.digest);
	return answer.status === 200 && length === descriptor.size;
}
async function lookForBlob(state, descriptor, rights, call) {
	const { repository, client } = state;
	const answer = await client.send({
		what: `look for blob ${descriptor.digest} in ${state.name}`,
		method: "HEAD",
		repository,
		at: blobPath(repository, descriptor.digest),
		scopes: [require_scope.repositoryScope(repository.path, ...rights)],
		largest: require_redirect.LARGEST.error,
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

// src/registry/target/remote/flights.ts
async function inOneFlight(flights, digest, work, { there, own }, call) {
	for (let running = flights.get(digest); running; running = flights.get(digest)) {
		const landing = await unlessStopped$1(running, call);
		if (landing.kind === "there") return "joined";
		if (landing.kind === "failed") throw landing.error;
	}
	require_call.throwIfStopped(call);
	let land = (_landing) => {};
	flights.set(digest, new Promise((resolve) => land = resolve));
	let landing = { kind: "left" };
	try {
		const outcome = await work();
		if (there(outcome)) landing = { kind: "there" };
		return outcome;
	} catch (error) {
		if (!stopped(call) && !own()) landing = {
			kind: "failed",
			error
		};
		throw error;
	} finally {
		flights.delete(digest);
		land(landing);
	}
}
function stopped(call) {
	return call.signal.aborted || call.deadline !== void 0 && performance.now() > call.deadline;
}
async function unlessStopped$1(running, call) {
	require_call.throwIfStopped(call);
	let leave = () => {};
	let timer;
	const stop = new Promise((_resolve, reject) => {
		leave = () => reject(require_call.stopReason(call.signal));
		call.signal.addEventListener("abort", leave, { once: true });
		if (call.deadline !== void 0) timer = setTimeout(() => reject(new require_failure.Failure("DEADLINE", "the allowed time is used up")), Math.max(0, call.deadline - performance.now()));
	});
	try {
		return await Promise.race([running, stop]);
	} finally {
		clearTimeout(timer);
		call.signal.removeEventListener("abort", leave);
	}
}

// src/registry/target/dialect.ts
function wasRead(is, source) {
	return {
		is,
		proven: "read",
		source
	};
}
function wasRun(is) {
	return {
		is,
		proven: "run",
		source: "test/registry/target/dialects.test.ts"
	};
}
function refusal$1(status, code, message) {
	return { answer: {
		status,
		headers: { "content-type": "application/json" },
		body: JSON.stringify({ errors: [{
			code,
			message
		}] })
	} };
}
const NO_REFERRERS_API = {
	shows: "no referrers API",
	match: {
		method: "GET",
		path: "/referrers/"
	},
	fault: { answer: {
		status: 404,
		headers: { "content-type": "text/plain" },
		body: "404 page not found\n"
	} }
};
const NO_CHUNKS = {
	shows: "uploads in several requests are refused",
	match: {
		method: "PATCH",
		path: "/blobs/uploads/"
	},
	fault: refusal$1(405, "UNSUPPORTED", "chunked uploads are not supported")
};

// src/registry/target/dialects/acr.ts
const acr = {
	name: "acr",
	title: "Azure Container Registry",
	recognised: { hosts: [
		".azurecr.io",
		".azurecr.cn",
		".azurecr.us"
	] },
	facts: {
		tagsPage: wasRead("fixed", "Azure/acr#749"),
		tagsWithDigests: wasRead("GET /acr/v1/NAME/_tags", "Azure Container Registry REST API, tag"),
		referrersApi: wasRead("works", "Azure/azure-cli#25069")
	},
	removing: "Remove it with az acr repository untag, or delete the image with az acr repository delete."
};

// src/registry/target/dialects/alibaba-acr.ts
const alibabaAcr = {
	name: "alibaba-acr",
	title: "Alibaba Cloud Container Registry",
	recognised: { hosts: [
		"registry.*.aliyuncs.com",
		"registry-vpc.*.aliyuncs.com",
		"registry-internal.*.aliyuncs.com",
		"*.*.cr.aliyuncs.com"
	] },
	facts: {}
};

// src/registry/target/dialects/artifactory.ts
const artifactory = {
	name: "artifactory",
	title: "JFrog Artifactory",
	recognised: {
		hosts: [".jfrog.io"],
		headers: { "x-jfrog-version": "" }
	},
	facts: {
		head: wasRead("403 when absent", "RTFACT-13797, in a comment of go-containerregistry"),
		tagsContain: wasRead("digests and null", "skopeo#2346, skopeo#2409"),
		referrersApi: wasRead("works", "Artifactory documentation \"Use Referrers REST API to Discover OCI References\", from 7.90.1")
	},
	quirks: [{
		shows: "HEAD says 403 where 404 is meant (RTFACT-13797)",
		match: {
			method: "HEAD",
			path: "/manifests/"
		},
		fault: { status: {
			from: 404,
			to: 403
		} }
	}]
};

// src/registry/target/dialects/distribution-2.ts
const distribution2 = {
	name: "distribution-2",
	title: "CNCF distribution 2",
	recognised: {},
	facts: {
		chunks: wasRun("works"),
		mountAnywhere: wasRun("ignored"),
		untag: wasRun("refused"),
		remove: wasRun("works"),
		referrersApi: wasRun("absent"),
		head: wasRun("works"),
		sha512: wasRun("refused"),
		sparseIndexes: wasRun("refused")
	},
	quirks: [NO_REFERRERS_API, {
		shows: "a tag cannot be deleted alone",
		match: {
			method: "DELETE",
			path: "/manifests/[^/:]*$"
		},
		fault: refusal$1(405, "UNSUPPORTED", "The operation is unsupported.")
	}],
	notes: "Deleting must be switched on in its configuration. Behind a proxy it may name wrong addresses for uploads (distribution#996); that is mended."
};

// src/registry/target/dialects/distribution-3.ts
const distribution3 = {
	name: "distribution-3",
	title: "CNCF distribution 3",
	recognised: {},
	facts: {
		chunks: wasRun("works"),
		mountAnywhere: wasRun("ignored"),
		untag: wasRun("works"),
		remove: wasRun("works"),
		referrersApi: wasRun("absent"),
		head: wasRun("works"),
		sha512: wasRun("refused"),
		sparseIndexes: wasRun("refused")
	},
	quirks: [NO_REFERRERS_API],
	notes: "Deleting must be switched on in its configuration."
};

// src/registry/target/dialects/docker-hub.ts
const dockerHub = {
	name: "docker-hub",
	title: "Docker Hub",
	recognised: { hosts: [
		"docker.io",
		"index.docker.io",
		"registry-1.docker.io"
	] },
	facts: {
		untag: wasRead("refused", "docker/hub-feedback#1759"),
		remove: wasRead("refused", "docker/hub-feedback#1759"),
		immutable: wasRead({ status: 403 }, "docker/hub-feedback#2466"),
		referrersApi: wasRead("absent", "docker/roadmap#724")
	},
	quirks: [NO_REFERRERS_API, {
		shows: "nothing can be deleted (docker/hub-feedback#1759)",
		match: { method: "DELETE" },
		fault: refusal$1(405, "UNSUPPORTED", "The operation is unsupported.")
	}],
	removing: "Delete it on the page of the repository, or with the API of Docker Hub.",
	notes: "HEAD does not count as a pull, and is throttled nevertheless (regclient#711)."
};

// src/registry/target/dialects/ecr.ts
const ecr = {
	name: "ecr",
	title: "Amazon ECR",
	recognised: { hosts: [
		"*.dkr.ecr.*.amazonaws.com",
		"*.dkr.ecr-fips.*.amazonaws.com",
		"*.dkr.ecr.*.amazonaws.com.cn",
		"*.dkr-ecr.*.on.aws"
	] },
	facts: {
		chunks: wasRead("never", "aws/containers-roadmap#2831"),
		untag: wasRead("last one takes the image", "aws/containers-roadmap#1567"),
		tagsPage: wasRead(1e3, "go-containerregistry#681, go-containerregistry#1091"),
		immutable: wasRead({
			status: 400,
			code: "TAG_INVALID"
		}, "moby/buildkit#3776"),
		tagsWithDigests: wasRead("ListImages, DescribeImages", "Amazon ECR API reference"),
		referrersApi: wasRead("works", "Amazon ECR User Guide, \"Private images\"")
	},
	quirks: [{
		shows: "pages of more than 1000 tags are refused (go-containerregistry#681)",
		match: {
			method: "GET",
			path: "/tags/list.*[?&]n=([2-9][0-9]{3}|1[0-9]{4})"
		},
		fault: refusal$1(405, "UNSUPPORTED", "invalid parameter at maxResults")
	}, {
		shows: "Range stands still after a chunk (aws/containers-roadmap#2831)",
		match: {
			method: "PATCH",
			path: "/blobs/uploads/"
		},
		fault: { set: { Range: "0-0" } }
	}],
	removing: "Delete it with BatchDeleteImage of the ECR API; an image goes with its last tag.",
	notes: "A repository must exist before anything is pushed to it. Manifests without mediaType are refused."
};

// src/registry/target/dialects/ecr-public.ts
const ecrPublic = {
	name: "ecr-public",
	title: "Amazon ECR Public",
	recognised: { hosts: ["public.ecr.aws"] },
	facts: {
		untag: wasRead("last one takes the image", "Amazon ECR Public API reference, BatchDeleteImage"),
		tagsWithDigests: wasRead("DescribeImages, DescribeImageTags", "Amazon ECR Public API reference"),
		chunks: wasRead("never", "aws/containers-roadmap#2831, said of ECR")
	}
};

// src/registry/target/dialects/gar.ts
const gar = {
	name: "gar",
	title: "Google Artifact Registry",
	recognised: { hosts: [
		"*-docker.pkg.dev",
		"gcr.io",
		".gcr.io"
	] },
	facts: {
		chunks: wasRead("never", "skopeo#1101, kitops#777"),
		remove: wasRead("tags first", "genuinetools/reg#136, kube-image-keeper#636"),
		tagsWithDigests: wasRead("GET /v2/NAME/tags/list has a map \"manifest\"", "go-containerregistry, pkg/v1/google"),
		referrersApi: wasRead("works", "oras#1626")
	},
	quirks: [NO_CHUNKS],
	notes: "Sizes in its listings of attachments are wrong (oras#1626) and not used."
};

// src/registry/target/dialects/ghcr.ts
const ghcr = {
	name: "ghcr",
	title: "GitHub Container Registry",
	recognised: { hosts: ["ghcr.io"] },
	facts: {
		chunks: wasRead(4194304, "ocx-sh/ocx#237"),
		referrersApi: wasRead("absent", "artifacthub/hub#4785")
	},
	quirks: [
		{
			shows: "the referrers API is a web page elsewhere (artifacthub/hub#4785)",
			match: {
				method: "GET",
				path: "/referrers/"
			},
			fault: { redirect: {
				to: "https://github.com/-/v2/packages/container/package",
				status: 303
			} }
		},
		{
			shows: "chunks of more than 4 MiB are refused (ocx-sh/ocx#237)",
			match: {
				method: "PATCH",
				path: "/blobs/uploads/",
				larger: 4194304
			},
			fault: refusal$1(413, "SIZE_INVALID", "the chunk is too large")
		},
		{
			shows: "the last answer of an upload is 404 although the blob is stored (jib#4301)",
			match: {
				method: "PUT",
				path: "/blobs/uploads/"
			},
			fault: { status: {
				from: 201,
				to: 404
			} }
		}
	],
	removing: "Delete the version on the page of the package, or with the packages API of GitHub.",
	notes: "An answer of 404 at the end of a large upload does not mean that the blob is lost (jib#4301): it is looked for."
};

// src/registry/target/dialects/gitea.ts
const gitea = {
	name: "gitea",
	title: "Gitea, Forgejo",
	recognised: {
		hosts: ["codeberg.org", "gitea.com"],
		headers: { "www-authenticate": "/v2/token\",service=\"container_registry\"" }
	},
	facts: { chunks: wasRead("works", "go-gitea/gitea#34795") }
};

// src/registry/target/dialects/gitlab.ts
const gitlab = {
	name: "gitlab",
	title: "GitLab Container Registry",
	recognised: {
		hosts: ["registry.gitlab.com"],
		headers: { "www-authenticate": "/jwt/auth\",service=\"container_registry\"" }
	},
	facts: {
		referrersApi: wasRead("absent", "oras-go#1396"),
		fallbackTag: wasRead("names the subject", "oras-go#1396")
	},
	quirks: [
		NO_REFERRERS_API,
		{
			shows: "the fallback tag names the subject itself (oras-go#1396)",
			match: {
				method: "GET",
				path: "^(/v2/.+/manifests/sha256)-([0-9a-f]{64})$"
			},
			fault: { otherwise: "$1:$2" }
		},
		{
			shows: "HEAD of it too",
			match: {
				method: "HEAD",
				path: "^(/v2/.+/manifests/sha256)-([0-9a-f]{64})$"
			},
			fault: { otherwise: "$1:$2" }
		}
	],
	removing: "Delete the tag with the container registry API of GitLab, or on its page."
};

// src/registry/target/dialects/harbor.ts
const harbor = {
	name: "harbor",
	title: "Harbor",
	recognised: {
		hosts: ["demo.goharbor.io"],
		headers: { "www-authenticate": "service=\"harbor-registry\"" }
	},
	facts: {
		head: wasRead("wrong size", "oras-go#1176"),
		immutable: wasRead({ status: 412 }, "harbor#9427"),
		tagsWithDigests: wasRead("GET /api/v2.0/projects/P/repositories/R/artifacts", "Harbor API 2.0"),
		referrersApi: wasRead("works", "harbor#20187")
	},
	quirks: [{
		shows: "mounting from a project that may not be read is 401 (harbor#17097)",
		match: {
			method: "POST",
			path: "/blobs/uploads/[?].*mount="
		},
		fault: refusal$1(401, "UNAUTHORIZED", "unauthorized to access repository")
	}, {
		shows: "HEAD says another length than GET (oras-go#1176)",
		match: {
			method: "HEAD",
			path: "/manifests/"
		},
		fault: { set: { "Content-Length": "99999" } }
	}],
	notes: "Mounting from a project that one may not read is answered 401 (harbor#17097); the blob is then pushed. Before 2.0 a deleted tag took its siblings along (harbor#2663). Sizes of attachments are sums (harbor#20187) and not used."
};

// src/registry/target/dialects/huawei-swr.ts
const huaweiSwr = {
	name: "huawei-swr",
	title: "Huawei Cloud SWR",
	recognised: { hosts: [
		"swr.*.myhuaweicloud.com",
		"swr-api.*.myhuaweicloud.com",
		"*.swr.*.myhuaweicloud.com"
	] },
	facts: {},
	notes: "One user reports that it refuses indexes with \"fail to parse manifest.json\" (regclient#720)."
};

// src/registry/target/dialects/kubeferry.ts
const kubeferry = {
	name: "kubeferry",
	title: "kubeferry registry serve",
	recognised: {},
	facts: {
		chunks: wasRun("works"),
		mountAnywhere: wasRun("works"),
		untag: wasRun("works"),
		remove: wasRun("works"),
		referrersApi: wasRun("works"),
		head: wasRun("works"),
		sha512: wasRun("works"),
		sparseIndexes: wasRun("refused")
	}
};

// src/registry/target/dialects/nexus.ts
const nexus = {
	name: "nexus",
	title: "Sonatype Nexus",
	recognised: { headers: { server: "nexus/" } },
	facts: {
		sparseIndexes: wasRead("refused", "regclient#836"),
		tagsContain: wasRead("digests and null", "skopeo#2346, skopeo#2409")
	},
	quirks: [NO_REFERRERS_API]
};

// src/registry/target/dialects/quay.ts
const quay = {
	name: "quay",
	title: "Quay",
	recognised: { hosts: ["quay.io"] },
	facts: {
		mountAnywhere: wasRead("refused", "in a comment of go-containerregistry"),
		tagsPage: wasRead(100, "go-containerregistry#1963"),
		tagsWithDigests: wasRead("GET /api/v1/repository/NAME/tag/", "Quay API"),
		referrersApi: wasRead("works", "tektoncd/chains#1691")
	},
	quirks: [{
		shows: "pages of more than 100 tags are refused (go-containerregistry#1963)",
		match: {
			method: "GET",
			path: "/tags/list.*[?&]n=([2-9][0-9]{2}|1[0-9]{3})"
		},
		fault: refusal$1(413, "TOO_MANY_TAGS_REQUESTED", "too many tags")
	}, {
		shows: "mounting without a source is refused",
		match: {
			method: "POST",
			path: "/blobs/uploads/[?]mount=[^&]*$"
		},
		fault: refusal$1(400, "BLOB_UPLOAD_INVALID", "from is missing")
	}]
};

// src/registry/target/dialects/red-hat.ts
const redHat = {
	name: "red-hat",
	title: "Red Hat registry",
	recognised: { hosts: [
		"registry.redhat.io",
		"registry.access.redhat.com",
		"registry.connect.redhat.com"
	] },
	facts: { head: wasRead("no digest", "containerd#3238, regclient#363") },
	quirks: [{
		shows: "HEAD does not say the digest (containerd#3238, regclient#363)",
		match: {
			method: "HEAD",
			path: "/manifests/"
		},
		fault: { drop: ["Docker-Content-Digest"] }
	}],
	notes: "Compresses answers on the way when it is allowed to (quay#1310); it is not."
};

// src/registry/target/dialects/tencent-tcr.ts
const tencentTcr = {
	name: "tencent-tcr",
	title: "Tencent Container Registry",
	recognised: { hosts: [
		".tencentcloudcr.com",
		"*.ccs.tencentyun.com",
		"ccr.ccs.tencentyun.com"
	] },
	facts: {}
};

// src/registry/target/dialects/zot.ts
const zot = {
	name: "zot",
	title: "zot",
	recognised: { hosts: ["zotregistry.dev", "zothub.io"] },
	facts: { tagsWithDigests: wasRead("GraphQL at /v2/_zot/ext/search", "zot documentation, search") },
	quirks: [{
		shows: "Range names the chunk and not all that arrived (regclient#961)",
		match: {
			method: "PATCH",
			path: "/blobs/uploads/"
		},
		fault: { set: { Range: "0-1" } }
	}],
	notes: "After a chunk, versions of 2025 name the range of that chunk instead of all that arrived (regclient#961): the upload is then begun again, in one piece."
};

// src/registry/target/dialects/index.ts
const DIALECTS = [
	acr,
	alibabaAcr,
	artifactory,
	distribution2,
	distribution3,
	dockerHub,
	ecr,
	ecrPublic,
	gar,
	ghcr,
	gitea,
	gitlab,
	harbor,
	huaweiSwr,
	kubeferry,
	nexus,
	quay,
	redHat,
	tencentTcr,
	zot
];

// src/registry/target/find-dialect.ts
function dialectOf(host, shown = {}) {
	const name = host.replace(/:\d+$/, "").toLowerCase();
	return DIALECTS.find(({ recognised }) => (recognised.hosts ?? []).some((pattern) => hostMatches(pattern, name))) ?? DIALECTS.find(({ recognised }) => recognised.headers !== void 0 && headersMatch(recognised.headers, shown));
}
function dialectAt(client, registry) {
	const named = client.dialectOf(registry);
	return named === void 0 ? dialectOf(registry, client.shownBy(registry)) : dialectNamed(named);
}
function dialectNamed(name) {
	const found = DIALECTS.find((dialect) => dialect.name === name);
	if (found) return found;
	const names = DIALECTS.map((dialect) => dialect.name);
	const near = require_suggest.suggest(name, names);
	throw new require_failure.Failure("INPUT_INVALID", `there is no registry product "${name.slice(0, 60)}"`, { hint: `${near === void 0 ? "" : `Did you mean ${near}? `}Known are: ${names.join(", ")}.` });
}
function hostMatches(pattern, host) {
	if (pattern.startsWith(".")) return host.endsWith(pattern) && host.length > pattern.length;
	const wanted = pattern.split(".");
	const labels = host.split(".");
	return wanted.length === labels.length && wanted.every((part, at) => labelMatches(part, labels[at] ?? ""));
}
function labelMatches(pattern, label) {
	const star = pattern.indexOf("*");
	if (star < 0) return pattern === label;
	const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
	return label.length > before.length + after.length && label.startsWith(before) && label.endsWith(after);
}
function headersMatch(wanted, shown) {
	return Object.entries(wanted).every(([name, text]) => shown[name]?.toLowerCase().includes(text) === true);
}

// src/registry/target/remote/upload-location.ts
function uploadLocation(state, answer, what) {
	const location = answer.headers["location"];
	if (location === void 0 || location === "") throw new require_failure.Failure("PROTOCOL_ERROR", `cannot ${what}`, { cause: "the registry opened an upload and does not say where" });
	const from = new URL(answer.url);
	return require_redirect.readLocation(repaired(state, location, from), from, what).href;
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

// src/registry/target/remote/upload-session.ts
const FAREWELL = 2e3;
function pushScopes(state) {
	return [require_scope.repositoryScope(state.repository.path, "pull", "push")];
}
async function openSession({ state, descriptor, what }, call) {
	const { repository, client } = state;
	const post = (at, tries) => client.send({
		what,
		method: "POST",
		repository,
		at,
		scopes: pushScopes(state),
		largest: require_redirect.LARGEST.error,
		expect: [201, 202],
		follow: "origin",
		...tries === void 0 ? {} : { tries }
	}, call);
	const answer = (dialectAt(client, repository.registry)?.facts.mountAnywhere?.is === "works" && !state.doubted.has(descriptor.digest) ? await post(uploadPath(repository, { digest: descriptor.digest }), 1).catch(unlessStopped(call)) : void 0) ?? await post(uploadPath(repository));
	return answer.status === 201 ? "stored" : sessionOf(state, answer, what);
}
function unlessStopped(call) {
	return () => {
		require_call.throwIfStopped(call);
	};
}
function sessionOf(state, answer, what) {
	return {
		location: uploadLocation(state, answer, what),
		leastChunk: require_redirect.numberHeader(answer, "oci-chunk-min-length") ?? 0
	};
}
function isDoubtful(upload, error, call) {
	return !upload.sourceBroke() && require_failure.isFailure(error) && [
		"REGISTRY_UNAVAILABLE",
		"PROTOCOL_ERROR",
		"LIMIT_REACHED"
	].includes(error.code) && !call.signal.aborted;
}
async function closeUpload({ state, descriptor, what }, location, body, headers, call) {
	const answer = await state.client.send({
		what,
		method: "PUT",
		repository: state.repository,
		at: `${location}${location.includes("?") ? "&" : "?"}digest=${encodeURIComponent(descriptor.digest)}`,
		headers: {
			...headers,
			"content-type": "application/octet-stream"
		},
		body,
		scopes: pushScopes(state),
		largest: require_redirect.LARGEST.error,
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
	const cause = `the registry answered ${answer.status}: ${require_redirect.errorText(answer.errors, answer.bytes)}`;
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
async function abandon({ state }, location) {
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
			largest: require_redirect.LARGEST.error,
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

// src/registry/target/remote/mount.ts
async function mountBlob(state, descriptor, from, call) {
	const { repository } = state;
	if (from.registry !== repository.registry || from.path === repository.path) return false;
	const outcome = await inOneFlight(state.flights, descriptor.digest, () => mountFrom(state, descriptor, from, call), {
		there: (here) => here,
		own: () => false
	}, call);
	return outcome === "joined" || outcome;
}
async function mountFrom(state, descriptor, from, call) {
	const { repository, client } = state;
	const { digest } = descriptor;
	if (state.noMount.has(from.path) || state.doubted.has(digest) || state.present.has(digest) || state.sessions.has(digest)) return false;
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
			scopes: [require_scope.repositoryScope(repository.path, "pull", "push"), require_scope.repositoryScope(from.path, "pull")],
			largest: require_redirect.LARGEST.error,
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
		state.sessions.set(descriptor.digest, sessionOf(state, answer, what));
		return false;
	}
	const said = answer.headers["docker-content-digest"];
	if (said !== void 0 && said !== descriptor.digest) return false;
	state.present.add(descriptor.digest);
	return true;
}

// src/registry/target/remote/slices.ts
const NOTHING = /* @__PURE__ */ new Uint8Array();
function createSlices(body) {
	let source;
	let position = 0;
	let handedOut = 0;
	let rest = NOTHING;
	let turn = 0;
	let reading = false;
	const drop = () => {
		source?.return?.().catch(() => {});
		source = void 0;
		rest = NOTHING;
	};
	async function* read(from, length) {
		turn += 1;
		const mine = turn;
		if (reading || position !== from) drop();
		reading = true;
		if (!source) {
			position = from;
			source = body.open(from)[Symbol.asyncIterator]();
		}
		const current = source;
		for (let left = length; left > 0;) {
			if (rest.length === 0) {
				const next = await current.next();
				if (mine !== turn || next.done === true) return;
				rest = next.value;
				continue;
			}
			const piece = rest.subarray(0, left);
			rest = rest.subarray(piece.length);
			left -= piece.length;
			position += piece.length;
			handedOut = Math.max(handedOut, position);
			yield piece;
			if (mine !== turn) return;
		}
		reading = false;
	}
	return {
		slice: (from, length) => ({
			size: length,
			open: () => read(from, length)
		}),
		get handedOut() {
			return handedOut;
		},
		close: drop
	};
}

// src/registry/target/remote/upload-offset.ts
async function askOffset(upload, location, call) {
	const { state, what } = upload;
	try {
		const answer = await state.client.send({
			what,
			method: "GET",
			repository: state.repository,
			at: location,
			scopes: pushScopes(state),
			largest: require_redirect.LARGEST.error,
			expect: [
				200,
				202,
				204,
				400,
				404,
				405,
				416
			],
			tries: 2,
			follow: "origin"
		}, call);
		return answer.status < 300 ? readOffset(upload, location, answer) : void 0;
	} catch (error) {
		require_call.throwIfStopped(call);
		if (require_failure.isFailure(error)) return void 0;
		throw error;
	}
}
function readOffset({ state, what }, location, answer) {
	const at = offsetOf(answer);
	if (at === void 0) return void 0;
	if ((answer.headers["location"] ?? "") === "") return {
		at,
		location
	};
	const next = uploadLocation(state, answer, what);
	return new URL(next).origin === new URL(location).origin ? {
		at,
		location: next
	} : void 0;
}
function offsetOf(answer) {
	const last = /^(?:bytes[= ])?0-(\d{1,15})$/.exec(answer.headers["range"]?.trim() ?? "")?.[1];
	if (last === void 0) return void 0;
	return last === "0" ? 0 : Number(last) + 1;
}

// src/registry/target/remote/upload-chunks.ts
const SMALLEST = 1048576;
const STEP = 4;
const MOST_BREAKS$2 = 5;
const EMPTY = {
	size: 0,
	async *open() {}
};
const STALLED = Symbol("stalled");
async function sendChunks(upload, session, call) {
	const slices = createSlices(upload.body);
	try {
		const outcome = await send$2(upload, session, slices, call);
		if (outcome !== void 0) await abandon(upload, session.location);
		return outcome;
	} catch (error) {
		await abandon(upload, session.location);
		throw error;
	} finally {
		slices.close();
	}
}
async function send$2(upload, session, slices, call) {
	const { state, descriptor, what } = upload;
	let here = {
		at: 0,
		location: session.location
	};
	let breaks = 0;
	while (here.at < descriptor.size) {
		require_call.throwIfStopped(call);
		const length = Math.min(chunkLength(upload, session), descriptor.size - here.at);
		let said;
		try {
			const answer = await patch(upload, here, length, slices, call);
			if (answer.status === 413) {
				if (length <= Math.max(SMALLEST, session.leastChunk)) throw tooLarge(upload, length);
				state.uploads.largestChunk = Math.max(SMALLEST, Math.floor(length / STEP));
				continue;
			}
			if (answer.status === 404 || answer.status === 409) return refusal(what, descriptor, answer);
			if (answer.status >= 400 && answer.status !== 416) return STALLED;
			said = readOffset(upload, here.location, answer);
			if (!said || said.at <= here.at) said = await askOffset(upload, said?.location ?? here.location, call);
			if (answer.status < 400 && (!said || said.at <= here.at)) return STALLED;
			breaks = answer.status === 416 ? breaks + 1 : 0;
		} catch (error) {
			if (!isDoubtful(upload, error, call) || error.code !== "REGISTRY_UNAVAILABLE") throw error;
			breaks += 1;
			if (breaks >= MOST_BREAKS$2) return error;
			await require_call.pause(state.client.timing.backoff(breaks), call);
			said = await askOffset(upload, here.location, call);
			if (!said) return error;
		}
		if (said?.at === here.at + length + 1) said = {
			...said,
			at: here.at + length
		};
		if (!said || said.at < here.at || said.at > slices.handedOut || breaks >= MOST_BREAKS$2) return STALLED;
		here = said;
	}
	return await finish(upload, here.location, call);
}
function chunkLength({ state }, { leastChunk }) {
	const { largestChunk, refused } = state.uploads;
	let length = largestChunk;
	while (length >= refused && length > SMALLEST) length = Math.max(SMALLEST, Math.floor(length / STEP));
	return Math.max(leastChunk, length);
}
async function patch({ state, what }, { at, location }, length, slices, call) {
	return await state.client.send({
		what,
		method: "PATCH",
		repository: state.repository,
		at: location,
		headers: {
			"content-type": "application/octet-stream",
			"content-range": `${at}-${at + length - 1}`
		},
		body: slices.slice(at, length),
		scopes: pushScopes(state),
		largest: require_redirect.LARGEST.error,
		expect: [
			200,
			201,
			202,
			204,
			400,
			404,
			405,
			409,
			413,
			416,
			501
		],
		tries: 1,
		follow: "origin"
	}, call);
}
async function finish(upload, location, call) {
	let doubt;
	try {
		doubt = await closeUpload(upload, location, EMPTY, {}, call);
	} catch (error) {
		if (!isDoubtful(upload, error, call)) throw error;
		doubt = error;
	}
	if (await blobIsWhole(upload.state, upload.descriptor, call)) return void 0;
	return doubt?.code === "REGISTRY_UNAVAILABLE" && doubt.facts["status"] !== 416 ? doubt : STALLED;
}
function tooLarge({ descriptor, what }, length) {
	return new require_failure.Failure("LIMIT_REACHED", `cannot ${what}`, {
		cause: `not even requests of ${length} bytes are let through (413)`,
		hint: "Raise the limit for request bodies of the proxy before the registry (nginx: client_max_body_size).",
		facts: {
			digest: descriptor.digest,
			status: 413
		}
	});
}

// src/registry/target/remote/upload-whole.ts
const WORTH_ASKING = 1048576;
const MOST_BREAKS$1 = 5;
async function sendWhole(upload, location, call) {
	const slices = createSlices(upload.body);
	let here = {
		at: 0,
		location
	};
	try {
		for (let breaks = 1;; breaks += 1) {
			let broken;
			try {
				return await sendRest(upload, here, slices, call);
			} catch (error) {
				if (!isDoubtful(upload, error, call)) throw error;
				broken = error;
			}
			if (broken.code !== "REGISTRY_UNAVAILABLE" || upload.descriptor.size < WORTH_ASKING || breaks > MOST_BREAKS$1) return broken;
			if (!upload.state.uploads.resumes) return broken;
			await require_call.pause(upload.state.client.timing.backoff(breaks), call);
			const reached = await askOffset(upload, here.location, call);
			if (!reached || reached.at === 0 || reached.at < here.at || reached.at > slices.handedOut) return broken;
			if (reached.at - here.at >= WORTH_ASKING) breaks = 0;
			here = reached;
		}
	} catch (error) {
		await abandon(upload, here.location);
		throw error;
	} finally {
		slices.close();
	}
}
async function sendRest(upload, { at, location }, slices, call) {
	const { state, descriptor, what } = upload;
	const rest = slices.slice(at, descriptor.size - at);
	if (at === 0) return await closeUpload(upload, location, rest, {}, call);
	const doubt = await closeUpload(upload, location, rest, rest.size === 0 ? {} : { "content-range": `${at}-${descriptor.size - 1}` }, call);
	if (await blobIsWhole(state, descriptor, call)) return void 0;
	state.uploads.resumes = false;
	return new require_failure.Failure("REGISTRY_UNAVAILABLE", `cannot ${what}`, { cause: doubt?.cause ?? "the registry did not put the parts of the upload together" });
}

// src/registry/target/remote/blob-push.ts
const MOST_SESSIONS = 4;
async function pushBlob(state, descriptor, body, call) {
	const { digest } = descriptor;
	const what = `push blob ${digest} to ${state.name}`;
	if (body.size !== descriptor.size) throw new require_failure.Failure("DIGEST_MISMATCH", `cannot ${what}`, {
		cause: `it has ${body.size} bytes instead of the promised ${descriptor.size}`,
		facts: { digest }
	});
	const source = watched(body);
	const upload = {
		state,
		descriptor,
		what,
		body: source,
		sourceBroke: source.broke
	};
	const outcome = await inOneFlight(state.flights, digest, () => store(upload, call), {
		there: () => true,
		own: source.broke
	}, call);
	return outcome === "joined" ? "present" : outcome;
}
function watched(body) {
	let broke = false;
	return {
		size: body.size,
		broke: () => broke,
		async *open(from) {
			try {
				yield* body.open(from);
			} catch (error) {
				broke = true;
				throw error;
			}
		}
	};
}
async function store(upload, call) {
	const { state, descriptor } = upload;
	const { digest } = descriptor;
	const doubted = state.doubted.has(digest);
	if (state.present.has(digest) && !doubted) return "present";
	const opened = state.sessions.has(digest);
	const neighbour = doubted || opened ? void 0 : state.neighbour(digest);
	if (neighbour && await mountFrom(state, descriptor, neighbour, call)) return "present";
	if (!(doubted || state.absent.delete(digest) || opened) && await blobIsThere(state, descriptor, ["pull", "push"], call)) return "present";
	await send$1(upload, call);
	state.doubted.delete(digest);
	state.present.add(digest);
	return "stored";
}
async function send$1(upload, call) {
	const { state, descriptor } = upload;
	const { uploads } = state;
	for (let session = 1;; session += 1) {
		require_call.throwIfStopped(call);
		const opened = takeSession(state, descriptor) ?? await openSession(upload, call);
		if (opened === "stored") return;
		const inChunks = uploads.chunks && descriptor.size >= uploads.refused;
		const doubt = inChunks ? await sendChunks(upload, opened, call) : await sendWhole(upload, opened.location, call);
		if (doubt === void 0) return;
		if (doubt === STALLED) {
			uploads.chunks = false;
			continue;
		}
		if (await blobIsWhole(state, descriptor, call)) return;
		if (!inChunks && uploads.chunks && require_failure.isFailure(doubt, "LIMIT_REACHED")) {
			await abandon(upload, opened.location);
			uploads.refused = Math.min(uploads.refused, descriptor.size);
			continue;
		}
		if (session >= MOST_SESSIONS || !worthAnother(doubt)) throw doubt;
		await require_call.pause(state.client.timing.backoff(session), call);
	}
}
function worthAnother({ code }) {
	return ![
		"DIGEST_MISMATCH",
		"LIMIT_REACHED",
		"AUTH_DENIED",
		"AUTH_REQUIRED",
		"TLS_UNTRUSTED",
		"REDIRECT_REFUSED"
	].includes(code);
}
function takeSession(state, descriptor) {
	const session = state.sessions.get(descriptor.digest);
	state.sessions.delete(descriptor.digest);
	return session;
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

// src/registry/target/remote/blob-open.ts
async function openBlob(state, descriptor, wanted, what, call) {
	const whole = {
		from: 0,
		to: descriptor.size
	};
	let answer = await ask(state, descriptor, wanted, what, call);
	if (answer.status === 416) answer = await ask(state, descriptor, whole, what, call);
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
	const page = require_redirect.notRegistry(what, answer);
	if (page && answer.status === 200 && require_redirect.numberHeader(answer, "content-length") !== descriptor.size) return await refuse(page);
	if (answer.status === 206) {
		if (!isRange(answer.headers["content-range"], descriptor, wanted)) return await refuse(new require_failure.Failure("PROTOCOL_ERROR", `cannot ${what}`, { cause: `asked for bytes from ${wanted.from}, got ${(answer.headers["content-range"] ?? "no Content-Range").slice(0, 80)}` }));
		return {
			chunks,
			skip: 0
		};
	}
	const size = require_redirect.numberHeader(answer, "content-length");
	const encoding = (answer.headers["content-encoding"] ?? "").trim().toLowerCase();
	if (encoding !== "" && encoding !== "identity" && size !== descriptor.size) return {
		chunks: decoded(chunks, encoding, what),
		skip: wanted.from
	};
	if (size !== void 0 && size !== descriptor.size) return await refuse(mismatch(state, descriptor, `it has ${size} bytes instead of the promised ${descriptor.size}`));
	return {
		chunks,
		skip: wanted.from
	};
}
function isRange(header, { size }, { from, to }) {
	const range = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/.exec(header?.trim() ?? "");
	return (from > 0 || to < size) && range !== null && Number(range[1]) === from && Number(range[2]) < to && (range[3] === "*" || Number(range[3]) === size);
}
async function ask(state, descriptor, { from, to }, what, call) {
	const { repository, client } = state;
	const whole = from === 0 && to === descriptor.size;
	return await client.send({
		what,
		method: "GET",
		repository,
		at: blobPath(repository, descriptor.digest),
		headers: whole ? {} : { range: `bytes=${from}-${to - 1}` },
		scopes: [require_scope.repositoryScope(repository.path, "pull")],
		largest: "stream",
		expect: whole ? [200, 404] : [
			200,
			206,
			404,
			416
		],
		follow: "anywhere"
	}, call);
}
function mismatch(state, descriptor, why) {
	return new require_failure.Failure("DIGEST_MISMATCH", `${descriptor.digest} from ${state.name} is not what it claims to be`, {
		cause: why,
		hint: "The bytes were not used. Something between here and there changes content, or the copy there is damaged.",
		facts: { digest: descriptor.digest }
	});
}

// src/registry/target/remote/pace.ts
function createPace() {
	let bytes = 0;
	let waited = 0;
	return {
		get bytes() {
			return bytes;
		},
		get rate() {
			return waited === 0 ? Number.POSITIVE_INFINITY : bytes * 1e3 / waited;
		},
		async *watch(chunks) {
			let since = performance.now();
			for await (const chunk of chunks) {
				waited += performance.now() - since;
				bytes += chunk.length;
				yield chunk;
				since = performance.now();
			}
		},
		async wait(piece) {
			const since = performance.now();
			const chunks = await piece;
			waited += performance.now() - since;
			for (const chunk of chunks ?? []) bytes += chunk.length;
			return chunks;
		}
	};
}

// src/registry/target/remote/read-ahead.ts
const AHEAD = 4;
const GAIN = 1.25;
async function* readAhead({ from, size, part, single, fetch, useless }) {
	const stop = new AbortController();
	const pace = createPace();
	const running = [];
	let next = from;
	let at = from;
	const start = () => {
		for (; running.length < AHEAD && next < size; next = Math.min(next + part, size)) {
			const range = fetch(next, Math.min(next + part, size), stop.signal);
			range.catch(() => {});
			running.push(range);
		}
	};
	try {
		for (start(); running.length > 0; start()) {
			const first = running.shift();
			const chunks = first && await pace.wait(first);
			if (!chunks) {
				useless();
				return at;
			}
			for (const chunk of chunks) {
				yield chunk;
				at += chunk.length;
			}
			if (pace.bytes >= 8 * part && pace.rate < GAIN * single) {
				useless();
				return at;
			}
		}
		return at;
	} finally {
		stop.abort();
	}
}

// src/registry/target/remote/blob-read.ts
const PROGRESS = 1048576;
const MOST_BREAKS = 5;
const ENDED_EARLY = "ERR_STREAM_PREMATURE_CLOSE";
const LEAST_PARTS = 4;
function blobBody(state, descriptor, call) {
	return {
		size: descriptor.size,
		open: (from = 0) => from === 0 ? require_manifest.proven(descriptor, pieces(state, descriptor, 0, call), state.name) : pieces(state, descriptor, from, call)
	};
}
async function* pieces(state, descriptor, from, call) {
	const { reads, ahead } = state;
	const pace = createPace();
	let at = from;
	const isSlow = () => reads.ranges && !ahead.busy && pace.bytes >= reads.sample && pace.rate < reads.fastEnough;
	for await (const chunk of stretch(state, descriptor, {
		from,
		to: descriptor.size
	}, pace.watch, call)) {
		yield chunk;
		at += chunk.length;
		if (descriptor.size - at >= LEAST_PARTS * reads.part && isSlow()) break;
	}
	if (at >= descriptor.size) return;
	ahead.busy = true;
	try {
		at = yield* readAhead({
			from: at,
			size: descriptor.size,
			part: reads.part,
			single: pace.rate,
			fetch: (start, to, stop) => range(state, descriptor, {
				from: start,
				to
			}, {
				...call,
				signal: AbortSignal.any([call.signal, stop])
			}),
			useless: () => reads.ranges = false
		});
	} finally {
		ahead.busy = false;
	}
	if (at < descriptor.size) yield* stretch(state, descriptor, {
		from: at,
		to: descriptor.size
	}, (chunks) => chunks, call);
}
async function range(state, descriptor, wanted, call) {
	const chunks = [];
	let missing = wanted.to - wanted.from;
	for await (const chunk of stretch(state, descriptor, wanted, (same) => same, call)) {
		chunks.push(chunk);
		missing -= chunk.length;
	}
	return missing === 0 ? chunks : void 0;
}
async function* stretch(state, descriptor, { from, to }, watch, call) {
	const what = `read blob ${descriptor.digest} of ${state.name}`;
	let at = from;
	let breaks = 0;
	while (at < to || descriptor.size === 0 && at === from) {
		const start = at;
		let broken;
		try {
			const { chunks, skip } = await openBlob(state, descriptor, {
				from: at,
				to
			}, what, call);
			const ignored = to < descriptor.size && skip > 0;
			let pass = skip;
			for await (const chunk of watch(chunks)) {
				if (ignored) return;
				const fresh = pass === 0 ? chunk : chunk.subarray(Math.min(pass, chunk.length));
				pass -= chunk.length - fresh.length;
				if (fresh.length === 0) continue;
				at += fresh.length;
				yield fresh;
				if (at > to) throw mismatch(state, descriptor, `it has more than the promised ${descriptor.size} bytes`);
			}
			if (at >= to) return;
			broken = new require_redirect.WireError(ENDED_EARLY, `the body ended after ${at} of ${descriptor.size} bytes`);
		} catch (error) {
			if (!(error instanceof require_redirect.WireError)) throw error;
			broken = error;
		}
		breaks = at - start >= PROGRESS ? 1 : breaks + 1;
		if (breaks >= MOST_BREAKS || !require_redirect.worthTrying(broken, breaks)) {
			if (broken.code === ENDED_EARLY) throw mismatch(state, descriptor, `it ends after ${at} of the promised ${descriptor.size} bytes, every time`);
			throw require_redirect.networkFailure(what, state.client.originOf(state.repository.registry), broken);
		}
		await require_call.pause(state.client.timing.backoff(breaks), call);
	}
}

// src/registry/target/remote/manifest-read.ts
const ACCEPT = require_manifest.MANIFEST_ACCEPT.join(", ");
async function resolveManifest(state, ref, call) {
	const { repository, client } = state;
	const answer = await client.send({
		what: `look up ${ref} in ${state.name}`,
		method: "HEAD",
		repository,
		at: manifestPath(repository, ref),
		headers: { accept: ACCEPT },
		scopes: [require_scope.repositoryScope(repository.path, "pull")],
		largest: require_redirect.LARGEST.manifest,
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
	const size = require_redirect.numberHeader(answer, "content-length");
	const mediaType = require_redirect.contentType(answer);
	if (answer.status === 200 && require_digest.isDigest(digest) && require_manifest.isManifestType(mediaType) && size !== void 0 && size > 0 && (!require_digest.isDigest(ref) || ref === digest)) return {
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
		scopes: [require_scope.repositoryScope(repository.path, "pull")],
		largest: require_redirect.LARGEST.manifest,
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
	const page = require_redirect.notRegistry(what, answer);
	if (page) throw page;
	if (require_digest.isDigest(ref)) {
		const digest = require_digest.digestOf(bytes, require_digest.algorithmOf(ref));
		if (digest !== ref) throw liar(state, ref, `its digest is ${digest}`);
		const { mediaType } = require_manifest.parseManifest(bytes, require_redirect.contentType(answer)).descriptor;
		return {
			descriptor: {
				mediaType,
				digest,
				size: bytes.length
			},
			bytes
		};
	}
	const { descriptor } = require_manifest.parseManifest(bytes, require_redirect.contentType(answer));
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
		if (seen.has(entry.digest) || !require_manifest.isManifestType(entry.mediaType)) continue;
		seen.add(entry.digest);
		const complete = await completed(state, subject, entry, call);
		if (complete) yield complete;
	}
}
async function completed(state, subject, entry, call) {
	if (entry.artifactType !== void 0 && entry.artifactType !== require_manifest.MEDIA.empty) return entry;
	const known = await readManifest(state, entry.digest, call);
	if (!known) throw new require_failure.Failure("CONTENT_MISSING", `cannot list what is attached to ${subject} in ${state.name}`, {
		cause: `${entry.digest} is listed and not there`,
		hint: "An incomplete listing is not used. Attach it again, or remove it from the listing.",
		facts: { digest: entry.digest }
	});
	const manifest = require_manifest.parseManifest(known.bytes, entry.mediaType);
	if (manifest.subject?.digest !== subject) return void 0;
	const artifactType = require_manifest.artifactTypeOf(manifest);
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
		headers: { accept: require_manifest.MEDIA.index },
		scopes: [require_scope.repositoryScope(repository.path, "pull")],
		largest: require_redirect.LARGEST.manifest,
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
	if (answer.status !== 200 || require_redirect.contentType(answer) !== require_manifest.MEDIA.index) return void 0;
	const json = require_json.parseStrictJson(answer.bytes, `the answer to "${what}"`);
	if (!require_json.isObject(json)) return void 0;
	const manifests = json["manifests"] ?? [];
	if (!Array.isArray(manifests)) throw new require_failure.Failure("CONTENT_INVALID", `cannot ${what}`, { cause: "the list of manifests is not a list" });
	return manifests.map((entry, index) => require_manifest.parseDescriptor(entry, `manifests[${index}]`));
}
async function readFallback(state, subject, call) {
	const known = await readManifest(state, require_reference.parseTag(require_digest.fallbackTag(subject)), call);
	if (!known || known.descriptor.digest === subject) return void 0;
	const manifest = require_manifest.parseManifest(known.bytes, known.descriptor.mediaType);
	return manifest.kind === "index" && manifest.descriptor.mediaType === require_manifest.MEDIA.index ? manifest : void 0;
}

// src/registry/target/remote/referrers-write.ts
const MOST_TRIES$1 = 6;
const SETTLE = 150;
const queues = /* @__PURE__ */ new Map();
async function linkSubject(state, manifest, digest, call) {
	const subject = manifest.subject?.digest;
	if (subject === void 0) return;
	if ((await readApi(state, subject, call))?.some((entry) => entry.digest === digest) === true) return;
	const artifactType = require_manifest.artifactTypeOf(manifest);
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
	const queue = queues.get(key) ?? require_manifest.createLimit(1);
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
		mediaType: require_manifest.MEDIA.index,
		manifests: entries.map(require_manifest.descriptorJson)
	}));
	await client.send({
		what: `list attachments of ${subject} in ${state.name}`,
		method: "PUT",
		repository,
		at: manifestPath(repository, require_reference.parseTag(require_digest.fallbackTag(subject))),
		headers: { "content-type": require_manifest.MEDIA.index },
		body: {
			size: bytes.length,
			async *open() {
				yield bytes;
			}
		},
		scopes: [require_scope.repositoryScope(repository.path, "pull", "push")],
		largest: require_redirect.LARGEST.error,
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
	await send(state, `remove the tag ${tag} of ${state.name}`, manifestPath(state.repository, tag), `${removing(state) ?? "Remove the tag with the tools of the registry itself."} Its digest was not deleted, because other tags may name it.`, call);
}
async function removeContent(state, descriptor, call) {
	const { digest } = descriptor;
	const isManifest = require_manifest.isManifestType(descriptor.mediaType);
	const known = isManifest ? await readManifest(state, digest, call) : void 0;
	const path = isManifest ? manifestPath(state.repository, digest) : blobPath(state.repository, digest);
	const manifest = known === void 0 ? void 0 : require_manifest.parseManifest(known.bytes, known.descriptor.mediaType);
	const subject = manifest?.subject?.digest;
	const listed = subject !== void 0 && await readApi(state, subject, call) === void 0;
	if (listed) await unlinkSubject(state, subject, digest, call);
	try {
		await send(state, `remove ${digest} from ${state.name}`, path, removing(state) ?? "The registry does not allow deleting here.", call);
	} catch (error) {
		if (listed && manifest && !call.signal.aborted) await linkSubject(state, manifest, digest, call).catch(() => void 0);
		throw error;
	}
	state.present.delete(digest);
	state.manifests.drop(state.name, digest);
}
async function send(state, what, at, hint, call) {
	const { repository, client } = state;
	const answer = await client.send({
		what,
		method: "DELETE",
		repository,
		at,
		scopes: [require_scope.repositoryScope(repository.path, "delete", "pull", "push")],
		largest: require_redirect.LARGEST.error,
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
		cause: `the registry answered ${answer.status}: ${require_redirect.errorText(answer.errors, answer.bytes)}`,
		hint,
		facts: { status: answer.status }
	});
}
function removing({ client, repository }) {
	return dialectAt(client, repository.registry)?.removing;
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
	const cause = `the registry answered ${answer.status}: ${require_redirect.errorText(answer.errors, answer.bytes)}`;
	const facts = {
		status: answer.status,
		codes
	};
	if (codes.some((code) => CHILD_UNKNOWN.has(code))) {
		const children = require_manifest.childrenOf(manifest).filter(({ mediaType }) => !require_manifest.isForeignLayer(mediaType));
		const missing = [];
		for (const child of children) if (!(require_manifest.isManifestType(child.mediaType) ? await hasManifest(state, child.digest, call) : await blobIsThere(state, child, ["pull", "push"], call))) missing.push(child);
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
	if (answer.status === 409 || saysTaken(state, answer.status, codes)) return new require_failure.Failure("TAG_TAKEN", `cannot ${what}`, {
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
function saysTaken({ client, repository }, status, codes) {
	const way = dialectAt(client, repository.registry)?.facts.immutable?.is;
	return status === 412 || way?.code !== void 0 && status === way.status && codes.includes(way.code);
}

// src/registry/target/remote/manifest-push.ts
const MOST_TRIES = 3;
async function pushManifest(state, descriptor, body, call) {
	const { digest } = descriptor;
	const present = !state.doubted.has(digest) && !state.absent.delete(digest) && await hasManifest(state, digest, call);
	const bytes = await require_manifest.readBody(body, require_manifest.LARGEST_MANIFEST_PUSHED);
	const found = require_digest.digestOf(bytes, require_digest.algorithmOf(digest));
	if (found !== digest || bytes.length !== descriptor.size) throw new require_failure.Failure("DIGEST_MISMATCH", `cannot push ${digest} to ${state.name}`, {
		cause: found === digest ? `it has ${bytes.length} bytes instead of the promised ${descriptor.size}` : `the digest of its bytes is ${found}`,
		facts: { digest }
	});
	const manifest = require_manifest.parseManifest(bytes, descriptor.mediaType);
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
async function putManifest(state, ref, { descriptor, bytes }, manifest, call, condition = {}) {
	const what = require_digest.isDigest(ref) ? `push ${ref} to ${state.name}` : `tag ${descriptor.digest} as ${ref} in ${state.name}`;
	for (let tried = 1;; tried += 1) {
		require_call.throwIfStopped(call);
		const answer = await sendManifest(state, ref, {
			descriptor,
			bytes
		}, {
			what,
			condition
		}, call);
		if (answer.status < 300) {
			await confirm(state, ref, descriptor.digest, answer, what, call);
			state.manifests.put(state.name, {
				descriptor,
				bytes
			});
			return true;
		}
		if (answer.status === 412 && Object.keys(condition).length > 0) return false;
		const failure = await manifestRefusal(state, manifest, answer, what, call);
		if (!require_failure.isFailure(failure, "CONTENT_MISSING") || failure.facts["known"] === false || tried >= MOST_TRIES) throw failure;
		await require_call.pause(state.client.timing.backoff(tried), call);
	}
}
async function sendManifest(state, ref, { descriptor, bytes }, { what, condition }, call) {
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
		headers: {
			"content-type": descriptor.mediaType,
			...condition
		},
		body: payload,
		scopes: [require_scope.repositoryScope(repository.path, "pull", "push")],
		largest: require_redirect.LARGEST.error,
		expect: [
			200,
			201,
			202,
			204,
			400,
			404,
			405,
			409,
			412,
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

// src/registry/target/remote/manifest-tag.ts
const ONLY_NEW = { "if-none-match": "*" };
function holdManifest(state, { descriptor, bytes, subject }) {
	if (subject !== void 0 || require_digest.algorithmOf(descriptor.digest) !== "sha256") return false;
	state.held.set(descriptor.digest, {
		descriptor,
		bytes
	});
	return true;
}
async function tagManifest(state, descriptor, tag, call) {
	await put(state, tag, await bytesOf(state, descriptor, tag, call), call);
}
async function claimTag(state, descriptor, tag, call) {
	const known = await bytesOf(state, descriptor, tag, call);
	if (await put(state, tag, known, call, ONLY_NEW)) return;
	const found = (await resolveManifest(state, tag, call))?.digest;
	if (found === descriptor.digest) return;
	if (found === void 0) return void await put(state, tag, known, call);
	throw new require_failure.Failure("TAG_TAKEN", `cannot tag ${descriptor.digest} as ${tag} in ${state.name}`, {
		cause: `another writer was faster: it names ${found}`,
		hint: "Find out who else writes this tag. Nothing was overwritten.",
		facts: {
			wanted: descriptor.digest,
			found
		}
	});
}
async function bytesOf(state, { digest }, tag, call) {
	const known = state.held.get(digest) ?? await readManifest(state, digest, call);
	if (known) return known;
	throw new require_failure.Failure("CONTENT_MISSING", `${digest} is not in ${state.name}, so it cannot be tagged ${tag}`, { facts: { digest } });
}
async function put(state, tag, known, call, condition) {
	require_call.throwIfStopped(call);
	const manifest = require_manifest.parseManifest(known.bytes, known.descriptor.mediaType);
	const written = await putManifest(state, tag, known, manifest, call, condition);
	if (written) state.held.delete(known.descriptor.digest);
	return written;
}

// src/registry/target/remote/mirrored-read.ts
const PROVEN_FIRST = 1048576;
async function readManifestAnywhere(state, ref, call) {
	if (!require_digest.isDigest(ref) || !await state.client.mirrors.any(state.repository)) return await readManifest(state, ref, call);
	const apart = `${state.name} at mirrors`;
	const known = state.manifests.get(state.name, ref) ?? state.manifests.get(apart, ref);
	if (known) return known;
	const what = `read ${ref} of ${state.name}`;
	const wanted = {
		what,
		kind: "manifests",
		digest: ref,
		headers: { accept: ACCEPT },
		largest: require_redirect.LARGEST.manifest
	};
	for await (const { answer, lied } of state.client.mirrors.ask(state.repository, wanted, call)) try {
		const manifest = prove(state, ref, answer, what);
		state.manifests.put(apart, manifest);
		return manifest;
	} catch (error) {
		if (!(error instanceof require_failure.Failure)) throw error;
		lied(error.code);
	}
	return await readManifest(state, ref, call);
}
async function blobBodyAnywhere(state, descriptor, call) {
	const own = blobBody(state, descriptor, call);
	if (!await state.client.mirrors.any(state.repository)) return own;
	return {
		size: descriptor.size,
		open: (from = 0) => from === 0 ? anywhere(state, descriptor, own, call) : own.open(from)
	};
}
async function* anywhere(state, descriptor, own, call) {
	const { digest, size } = descriptor;
	const wanted = {
		what: `read blob ${digest} of ${state.name}`,
		kind: "blobs",
		digest,
		largest: "stream"
	};
	for await (const given of state.client.mirrors.ask(state.repository, wanted, call)) {
		const { answer, mirror, lied } = given;
		const length = require_redirect.numberHeader(answer, "content-length") ?? size;
		if (length !== size || answer.headers["content-encoding"] !== void 0) {
			for await (const _chunk of answer.chunks ?? []) break;
			if (length !== size) lied(`${length} bytes instead of ${size}`);
			continue;
		}
		const seen = {
			mirror: 0,
			out: 0
		};
		const pieces = require_manifest.proven(descriptor, goingOn(given, size, own, seen, call), state.name);
		try {
			if (size <= PROVEN_FIRST) {
				yield await require_manifest.readBody({
					size,
					open: () => pieces
				}, PROVEN_FIRST);
				return;
			}
			for await (const chunk of pieces) {
				seen.out += chunk.length;
				yield chunk;
			}
			return;
		} catch (error) {
			if (!require_failure.isFailure(error, "DIGEST_MISMATCH") || seen.mirror === 0) throw error;
			lied("its digest is another");
			if (seen.out > 0) throw new require_failure.Failure(error.code, error.message, {
				...error.parts,
				facts: {
					...error.facts,
					mirror
				}
			});
		}
	}
	yield* own.open();
}
async function* goingOn({ answer, broke }, size, own, seen, call) {
	try {
		for await (const chunk of answer.chunks ?? []) {
			seen.mirror += chunk.length;
			yield chunk;
		}
		if (seen.mirror >= size) return;
	} catch (error) {
		require_call.throwIfStopped(call);
		if (!(error instanceof require_redirect.WireError)) throw error;
	}
	broke();
	yield* own.open(seen.mirror);
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

// src/registry/target/remote/read-manners.ts
const MiB = 1048576;
function createReadManners() {
	return {
		ranges: true,
		sample: 16 * MiB,
		fastEnough: 64 * MiB,
		part: 4 * MiB
	};
}

// src/registry/target/remote/upload-manners.ts
const USUAL_CHUNK = 67108864;
function createUploadManners(dialect) {
	const known = dialect?.facts.chunks?.is;
	return {
		chunks: known !== "never",
		resumes: known !== "never",
		largestChunk: typeof known === "number" ? known : USUAL_CHUNK,
		refused: Number.POSITIVE_INFINITY
	};
}

// src/registry/target/remote/repository-state.ts
const shared = /* @__PURE__ */ new WeakMap();
function stateOf(repository, client) {
	const common = shared.get(client) ?? {
		manifests: createManifestCache(),
		states: /* @__PURE__ */ new Map(),
		manners: /* @__PURE__ */ new Map(),
		ahead: { busy: false }
	};
	shared.set(client, common);
	const name = require_reference.printRepository(repository);
	const known = common.states.get(name);
	if (known) return known;
	const { registry, path } = repository;
	const manners = common.manners.get(registry) ?? {
		uploads: createUploadManners(dialectAt(client, registry)),
		reads: createReadManners()
	};
	common.manners.set(registry, manners);
	const state = {
		repository: {
			registry,
			path
		},
		client,
		name,
		manifests: common.manifests,
		held: /* @__PURE__ */ new Map(),
		present: /* @__PURE__ */ new Set(),
		absent: /* @__PURE__ */ new Set(),
		doubted: /* @__PURE__ */ new Set(),
		sessions: /* @__PURE__ */ new Map(),
		...manners,
		ahead: common.ahead,
		flights: /* @__PURE__ */ new Map(),
		noMount: /* @__PURE__ */ new Set(),
		listsReferrers: void 0,
		neighbour(digest) {
			for (const other of common.states.values()) if (other !== state && other.repository.registry === registry && other.present.has(digest) && !other.doubted.has(digest) && !state.noMount.has(other.repository.path)) return other.repository;
		}
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
		scopes: [require_scope.repositoryScope(repository.path, "pull")],
		largest: require_redirect.LARGEST.tags,
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
	const page = require_redirect.notRegistry(what, answer);
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
	const fetchFrom = async (read, blob, descriptor, call) => {
		if (!require_manifest.isManifestType(descriptor.mediaType)) return await blob(state, descriptor, call);
		const known = await read(state, descriptor.digest, call);
		if (known) return require_manifest.bytesBody(known.bytes);
		throw new require_failure.Failure("CONTENT_MISSING", `${descriptor.digest} is not in ${state.name}`, { facts: { digest: descriptor.digest } });
	};
	return {
		name: state.name,
		repository: state.repository,
		resolve: (ref, call) => resolveManifest(state, ref, call),
		read: (ref, call) => readManifestAnywhere(state, ref, call),
		fetch: (descriptor, call) => fetchFrom(readManifestAnywhere, blobBodyAnywhere, descriptor, call),
		fetchHere: (descriptor, call) => fetchFrom(readManifest, async (...blob) => blobBody(...blob), descriptor, call),
		has: (descriptor, call) => require_manifest.isManifestType(descriptor.mediaType) ? hasManifest(state, descriptor.digest, call) : hasBlob(state, descriptor, call),
		push: (descriptor, body, call) => require_manifest.isManifestType(descriptor.mediaType) ? pushManifest(state, descriptor, body, call) : pushBlob(state, descriptor, body, call),
		async rewrite(descriptor, body, call) {
			state.doubted.add(descriptor.digest);
			if (!require_manifest.isManifestType(descriptor.mediaType)) return void await pushBlob(state, descriptor, body, call);
			await pushManifest(state, descriptor, body, call);
			state.manifests.drop(state.name, descriptor.digest);
		},
		tag: (descriptor, tag, call) => tagManifest(state, descriptor, tag, call),
		claim: (descriptor, tag, call) => claimTag(state, descriptor, tag, call),
		hold: (manifest) => holdManifest(state, manifest),
		async glance(blob, call) {
			if (state.present.has(blob.digest) || state.absent.has(blob.digest)) return state.present.has(blob.digest);
			const there = await blobIsThere(state, blob, ["pull", "push"], call);
			if (!there) state.absent.add(blob.digest);
			return there;
		},
		suppose: ({ digest }) => void (state.present.has(digest) || state.absent.add(digest)),
		tags: (call) => listTags(state, call),
		referrers: (subject, call) => listReferrers(state, subject, call),
		async mount(descriptor, from, call) {
			return isRemote$1(from) && !require_manifest.isManifestType(descriptor.mediaType) ? await mountBlob(state, descriptor, from.repository, call) : false;
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
	const archives = /* @__PURE__ */ new Map();
	const saved = [];
	const archiveAt = (file) => {
		const path = (0, node_path.resolve)(file);
		const archive = archives.get(path) ?? openArchive(file);
		archives.set(path, archive);
		return archive;
	};
	const savedAt = (file, repository) => {
		const archive = openDockerArchive(file, repository);
		saved.push(archive);
		return archive;
	};
	const targetOf = (location) => {
		if (location.kind === "remote") return openRemote(location, client);
		if (location.kind === "layout") return openLayout(location.directory);
		return location.kind === "archive" ? archiveAt(location.file) : savedAt(location.file, location.repository);
	};
	const discard = async () => {
		await Promise.all([...archives.values(), ...saved.splice(0)].map((archive) => archive.discard()));
	};
	return {
		client,
		open(where) {
			const location = typeof where === "string" ? require_field.parseLocation(where) : where;
			return {
				location,
				target: targetOf(location)
			};
		},
		async finish(call) {
			const outcomes = await Promise.allSettled([...archives.values()].map((archive) => archive.finish(call)));
			for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
		},
		discard,
		close() {
			client.close();
			discard();
		}
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
function openerOptions({ inputs }, values, credentials, network = {}, dialects = {}) {
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
		dialects,
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
		dialects: file.registry?.dialects ?? {},
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
	const call = {
		...typeof timeout === "number" ? withTimeout(machine.call, timeout) : machine.call,
		onProgress: (event) => host.progress(event)
	};
	const opener = createOpener(openerOptions(step, values, machine.credentials, machine.network, settings.dialects));
	try {
		require_call.throwIfStopped(call);
		const context = contextFor({
			values,
			host,
			machine,
			frame,
			settings,
			opener,
			call
		});
		const outputs = await step.run(values, context).catch(async (error) => {
			if (require_failure.isFailure(error, "PARTLY_DONE")) await opener.finish(call);
			throw error;
		});
		await opener.finish(call);
		return Object.fromEntries(Object.keys(step.outputs).flatMap((name) => name in outputs ? [[name, outputs[name]]] : []));
	} finally {
		await opener.discard();
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
const FOR_CLOUDS = [
	"HOME",
	"KUBERNETES_SERVICE_HOST",
	"AWS_ACCESS_KEY_ID",
	"AWS_PROFILE",
	"AWS_CONFIG_FILE",
	"AWS_SHARED_CREDENTIALS_FILE",
	"AWS_WEB_IDENTITY_TOKEN_FILE",
	"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
	"AWS_CONTAINER_CREDENTIALS_FULL_URI",
	"AWS_EC2_METADATA_SERVICE_ENDPOINT",
	"AWS_EC2_METADATA_DISABLED",
	"AZURE_AUTHORITY_HOST",
	"AZURE_TENANT_ID",
	"AZURE_CLIENT_ID",
	"AZURE_CLIENT_SECRET",
	"AZURE_FEDERATED_TOKEN_FILE",
	"AZURE_POD_IDENTITY_AUTHORITY_HOST",
	"IDENTITY_ENDPOINT",
	"IDENTITY_HEADER",
	"GOOGLE_APPLICATION_CREDENTIALS",
	"CLOUDSDK_CONFIG",
	"GCE_METADATA_HOST",
	"K_SERVICE",
	"GITHUB_ACTIONS",
	"GITHUB_TOKEN",
	"GITHUB_ACTOR",
	"CI_REGISTRY",
	"CI_REGISTRY_USER",
	"CI_REGISTRY_PASSWORD",
	"CI_JOB_TOKEN"
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
		environment: only(FOR_HELPERS, variables),
		clouds: only(FOR_CLOUDS, variables)
	};
}
function only(names, variables) {
	return Object.fromEntries(names.flatMap((name) => variables[name] ? [[name, variables[name]]] : []));
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
		certificateDirectories: [...own.filter((directory) => directory !== void 0), ...SYSTEM_CERTIFICATES],
		...given("FERRY_MIRRORS") === "off" ? {} : { mirrors: mirrorFiles(given, config) }
	};
}
function mirrorFiles(given, config) {
	const named = given("CONTAINERS_REGISTRIES_CONF");
	const own = config === void 0 ? [] : [(0, node_path.join)(config, "containers", "registries.conf")];
	return {
		hostsDirectories: [given("FERRY_HOSTS_DIR") ?? "/etc/containerd/certs.d"],
		registries: named === void 0 ? [...own, "/etc/containers/registries.conf"] : [named],
		registriesDirectories: ["/etc/containers/registries.conf.d", ...own.map((file) => `${file}.d`)]
	};
}

// src/steps/index.ts
const STEPS = {
	build: {
		summary: "Make an image out of a directory: no daemon, no root, the same bytes every time",
		load: async () => (await Promise.resolve().then(() => require("./build2.cjs"))).build
	},
	check: {
		summary: "Check that an image is whole where it is: every platform, blob and attachment; deep reads and hashes each byte",
		load: async () => (await Promise.resolve().then(() => require("./check.cjs"))).check
	},
	copy: {
		summary: "Copy an image, or all tags of a repository, to any other place; nothing is rewritten",
		load: async () => (await Promise.resolve().then(() => require("./copy.cjs"))).copy
	},
	delete: {
		summary: "Delete tags, or images by digest with what is attached to them; nothing that another tag can reach",
		load: async () => (await Promise.resolve().then(() => require("./delete.cjs"))).delete
	},
	diff: {
		summary: "Show in what two images differ: platforms, config, layers, annotations, attachments, and packages where both have an SBOM",
		load: async () => (await Promise.resolve().then(() => require("./diff.cjs"))).diff
	},
	inspect: {
		summary: "Show what an image is: platforms, config, layers with sizes, annotations, and what is attached to it",
		load: async () => (await Promise.resolve().then(() => require("./inspect.cjs"))).inspect
	},
	list: {
		summary: "List the tags of a repository: by environment, version and build, the others after them",
		load: async () => (await Promise.resolve().then(() => require("./list.cjs"))).list
	},
	promote: {
		summary: "Give an image its next environment: same digest, evidence included",
		load: async () => (await Promise.resolve().then(() => require("./promote.cjs"))).promote
	},
	push: {
		summary: "Push an image under a tag of the scheme, with everything attached to it, and never move a tag",
		load: async () => (await Promise.resolve().then(() => require("./push.cjs"))).push
	},
	repair: {
		summary: "Bring back what an image lacks or has damaged, by digest, from places that have it; no tag is touched",
		load: async () => (await Promise.resolve().then(() => require("./repair.cjs"))).repair
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
	for (const stream of [process.stdout, process.stderr]) {
		let said = false;
		stream.on("error", (error) => {
			if (said || error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED") return;
			said = true;
			const name = stream === process.stdout ? "stdout" : "stderr";
			const failure = new require_failure.Failure(require_failure.asFailure(error).code, `cannot write to ${name}; the work itself was done as far as the lines above say`, {
				cause: error,
				hint: "Send the output where there is space, and run the same command again: what was done is kept."
			});
			if (name === "stdout") for (const line of failureLines(failure)) process.stderr.write(`${line}\n`);
			process.once("exit", () => {
				process.exitCode ||= failure.exitCode;
			});
		});
	}
}

Object.defineProperty(exports, "DIALECTS", {
  enumerable: true,
  get: function () {
    return DIALECTS;
  }
});
Object.defineProperty(exports, "STEPS", {
  enumerable: true,
  get: function () {
    return STEPS;
  }
});
Object.defineProperty(exports, "TAR_END", {
  enumerable: true,
  get: function () {
    return TAR_END;
  }
});
Object.defineProperty(exports, "createCertificates", {
  enumerable: true,
  get: function () {
    return createCertificates;
  }
});
Object.defineProperty(exports, "createConnections", {
  enumerable: true,
  get: function () {
    return createConnections;
  }
});
Object.defineProperty(exports, "createRedactor", {
  enumerable: true,
  get: function () {
    return createRedactor;
  }
});
Object.defineProperty(exports, "deliver", {
  enumerable: true,
  get: function () {
    return deliver;
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
Object.defineProperty(exports, "isStaged", {
  enumerable: true,
  get: function () {
    return isStaged;
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
Object.defineProperty(exports, "originOf", {
  enumerable: true,
  get: function () {
    return originOf;
  }
});
Object.defineProperty(exports, "padding", {
  enumerable: true,
  get: function () {
    return padding;
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
Object.defineProperty(exports, "tarHeader", {
  enumerable: true,
  get: function () {
    return tarHeader;
  }
});