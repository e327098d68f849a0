const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_registry_serve = require("./registry-serve.cjs");
const require_build = require("./build.cjs");
const require_failure = require("./failure.cjs");
const require_signals = require("./signals.cjs");
let node_timers_promises = require("node:timers/promises");

// src/registry/target/faults/rules.ts
function createRules({ rules = [], quirks, seed = 1 }) {
	const dialect = require_signals.DIALECTS.find(({ name }) => name === quirks);
	const ready = [...rules, ...(dialect?.quirks ?? []).map(({ match, fault }) => ({
		match,
		fault: asFault(fault)
	}))].map((rule, number) => ({
		rule,
		number,
		pattern: compile(rule, number),
		matched: 0,
		done: 0
	}));
	return { next(asked) {
		for (const one of ready) {
			const { match = {}, probability = 1, fault } = one.rule;
			if (!matches(match, one.pattern, asked)) continue;
			one.matched += 1;
			if (match.nth !== void 0 && match.nth !== one.matched) continue;
			if (one.done >= (one.rule.times ?? (match.nth === void 0 ? 1e400 : 1))) continue;
			if (probability < 1 && chance(seed, one.number, one.matched) >= probability) continue;
			one.done += 1;
			return {
				rule: one.number,
				fault: located(fault, one.pattern, asked.path)
			};
		}
	} };
}
function located(fault, pattern, path) {
	const matcher = pattern?.matcher(path);
	if (fault.otherwise === void 0 || matcher?.find() !== true) return fault;
	return { otherwise: fault.otherwise.replace(/\$([1-9])/g, (_all, group) => Number(group) <= matcher.groupCount() ? matcher.group(Number(group)) ?? "" : "") };
}
function asFault(fault) {
	return "drop" in fault ? { drop: [...fault.drop] } : fault;
}
function matches({ method, repository, larger }, pattern, asked) {
	if (method !== void 0 && method !== asked.method) return false;
	if (repository !== void 0 && repository !== require_registry_serve.repositoryOf(asked.path)) return false;
	if (larger !== void 0 && asked.length <= larger) return false;
	return pattern === void 0 || pattern.matcher(asked.path).find();
}
function compile(rule, number) {
	const path = rule.match?.path;
	if (path === void 0) return void 0;
	try {
		return require_build.RE2JS.compile(path);
	} catch (error) {
		throw new require_failure.Failure("CONFIG_INVALID", `the fault plan: rules.${number}.match.path is not an RE2 pattern`, {
			cause: error,
			hint: "Write for example ^/v2/team/app/manifests/ (no look-ahead, no back-references)."
		});
	}
}
function chance(seed, rule, matched) {
	let hash = (seed ^ Math.imul(rule + 1, 2654435761) ^ Math.imul(matched, 2246822519)) >>> 0;
	hash = Math.imul(hash ^ hash >>> 16, 2246822507);
	hash = Math.imul(hash ^ hash >>> 13, 3266489909);
	return ((hash ^ hash >>> 16) >>> 0) / 2 ** 32;
}

// src/registry/target/faults/wire.ts
const ARRIVE_MS = 30;
const TICKS = 10;
async function sendCut({ message, response, count }, answer, { after, how, length }) {
	const body = message.method === "HEAD" ? Buffer.alloc(0) : await bodyOf(answer);
	const whole = answer.body ? "chunks" in answer.body ? answer.body.size : answer.body.length : answer.headers["content-length"];
	for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, typeof value === "object" ? [...value] : value);
	response.setHeader("connection", "close");
	response.removeHeader("content-length");
	if (length !== "unsaid") response.setHeader("content-length", length === "true" ? whole ?? 0 : length);
	else response.useChunkedEncodingByDefault = false;
	response.writeHead(answer.status);
	response.flushHeaders();
	const part = body.subarray(0, after);
	await new Promise((resolve) => part.length > 0 ? response.write(part, () => resolve()) : resolve());
	count(part.length);
	if (how === "end") return void message.socket.end();
	await (0, node_timers_promises.setTimeout)(ARRIVE_MS);
	message.socket.resetAndDestroy();
}
async function bodyOf({ body }) {
	if (!body) return Buffer.alloc(0);
	if (!("chunks" in body)) return body;
	const chunks = [];
	for await (const chunk of body.chunks) chunks.push(chunk);
	return Buffer.concat(chunks);
}
function withBody(answer, chunks) {
	const { body } = answer;
	if (!body) return answer;
	return {
		...answer,
		body: {
			size: "chunks" in body ? body.size : body.length,
			chunks
		}
	};
}
async function* slowed(answer, bytesPerSecond) {
	const body = await bodyOf(answer);
	const piece = Math.max(1, Math.floor(bytesPerSecond / TICKS));
	for (let at = 0; at < body.length; at += piece) {
		yield body.subarray(at, at + piece);
		await (0, node_timers_promises.setTimeout)(piece / bytesPerSecond * 1e3, void 0, { ref: false });
	}
}

// src/registry/target/faults/disturb.ts
const LARGEST_REPEATED = 67108864;
function createDisturbance(plan) {
	const rules = createRules(plan);
	return async (exchange) => {
		const { message, entry } = exchange;
		const hit = rules.next({
			method: message.method ?? "",
			path: message.url ?? "",
			length: Number(message.headers["content-length"] ?? 0)
		});
		if (!hit) return false;
		entry.rule = hit.rule;
		await disturb(hit.fault, exchange);
		return true;
	};
}
async function disturb(fault, exchange) {
	const { message, response, count } = exchange;
	const instead = (answer) => require_registry_serve.send(message, response, answer, count);
	if (fault.answer) {
		const { status, headers = {}, body = "" } = fault.answer;
		return instead({
			status,
			headers,
			body: Buffer.from(body)
		});
	}
	if (fault.redirect) {
		const { to, status = 307 } = fault.redirect;
		return instead(require_registry_serve.empty(status, { location: to.replaceAll("{path}", message.url ?? "") }));
	}
	if (fault.lose === "request") return reset(message);
	if (fault.resetUpload !== void 0) return resetUpload(message, fault.resetUpload);
	if (fault.cutUpload !== void 0) return cutUpload(exchange, fault.cutUpload);
	if (fault.hang !== void 0) {
		await (0, node_timers_promises.setTimeout)(fault.hang, void 0, { ref: false });
		message.socket.destroy();
		return;
	}
	const first = fault.duplicate ? await twice(exchange) : await exchange.carryOut(message);
	const answer = fault.otherwise !== void 0 && first.status === 404 ? await exchange.carryOut(elsewhere(message, fault.otherwise)) : first;
	if (fault.lose === "answer") {
		await bodyOf(answer);
		return reset(message);
	}
	const other = await changed(fault, answer);
	const cut = cutOf(fault);
	return cut ? sendCut(exchange, other, cut) : instead(other);
}
function cutOf(fault) {
	if (fault.reset !== void 0) return {
		after: fault.reset,
		how: "reset",
		length: "true"
	};
	if (fault.truncate !== void 0) return {
		after: fault.truncate,
		how: "end",
		length: "true"
	};
	if (fault.truncateUnsaid !== void 0) return {
		after: fault.truncateUnsaid,
		how: "end",
		length: "unsaid"
	};
	if (fault.length !== void 0) return {
		after: 1e400,
		how: "end",
		length: fault.length
	};
	if (fault.drop?.some((name) => name.toLowerCase() === "content-length")) return {
		after: 1e400,
		how: "end",
		length: "unsaid"
	};
}
async function changed(fault, answer) {
	if (fault.digest !== void 0) return {
		...answer,
		headers: withHeader(answer.headers, "docker-content-digest", fault.digest)
	};
	if (fault.set) return {
		...answer,
		headers: Object.entries(fault.set).reduce((all, [name, value]) => withHeader(all, name, value), answer.headers)
	};
	if (fault.drop) {
		const gone = new Set(fault.drop.map((name) => name.toLowerCase()));
		return {
			...answer,
			headers: Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !gone.has(name.toLowerCase())))
		};
	}
	if (fault.status !== void 0) return answer.status === fault.status.from ? {
		...answer,
		status: fault.status.to
	} : answer;
	if (fault.slow !== void 0) return withBody(answer, slowed(answer, fault.slow));
	if (fault.corrupt !== void 0) {
		const at = fault.corrupt;
		return withBody(answer, corrupted(answer, at));
	}
	if (fault.append !== void 0) {
		const more = Buffer.from(fault.append);
		return answer.body ? {
			...answer,
			body: Buffer.concat([await bodyOf(answer), more])
		} : answer;
	}
	return answer;
}
function withHeader(headers, name, value) {
	return {
		...Object.fromEntries(Object.entries(headers).filter(([other]) => other.toLowerCase() !== name.toLowerCase())),
		[name]: value
	};
}
async function* corrupted(answer, at) {
	let passed = 0;
	for await (const chunk of chunksOf(answer)) {
		const here = at - passed;
		const copy = Buffer.from(chunk);
		if (here >= 0 && here < copy.length) copy[here] = (copy[here] ?? 0) ^ 1;
		passed += chunk.length;
		yield copy;
	}
}
async function* chunksOf({ body }) {
	if (body && "chunks" in body) yield* body.chunks;
	else if (body) yield body;
}
function reset(message) {
	message.socket.resetAndDestroy();
}
async function resetUpload(message, after) {
	let came = 0;
	if (after > 0) for await (const chunk of message) {
		came += chunk.length;
		if (came >= after) break;
	}
	reset(message);
}
async function cutUpload({ message, carryOut }, after) {
	const cut = repeated(message, Buffer.alloc(0), Number(message.headers["content-length"] ?? 0));
	const part = async function* () {
		let came = 0;
		for await (const chunk of message) {
			yield chunk.subarray(0, after - came);
			came += chunk.length;
			if (came >= after) break;
		}
		throw new Error("the connection was cut");
	};
	Object.defineProperty(cut, Symbol.asyncIterator, { value: part });
	await carryOut(cut);
	reset(message);
}
async function twice({ message, carryOut }) {
	const bytes = await require_registry_serve.readWhole(message, LARGEST_REPEATED);
	if (!bytes) return require_registry_serve.refuse(413, "SIZE_INVALID", "the fault \"duplicate\" takes requests of at most 64 MiB");
	await carryOut(repeated(message, bytes));
	return carryOut(repeated(message, bytes));
}
function elsewhere(message, path) {
	const other = repeated(message, Buffer.alloc(0));
	other.url = path;
	return other;
}
function repeated(message, bytes, length = bytes.length) {
	const { IncomingMessage: Message } = process.getBuiltinModule("node:http");
	const again = new Message(message.socket);
	again.method = message.method;
	again.url = message.url;
	again.headers = {
		...message.headers,
		"content-length": String(length)
	};
	again.push(bytes);
	again.push(null);
	again.complete = true;
	return again;
}

exports.createDisturbance = createDisturbance;