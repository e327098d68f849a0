const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_failure = require("./failure.cjs");
const require_durable = require("./durable.cjs");
const require_printable = require("./printable.cjs");
const require_manifest = require("./manifest.cjs");
const require_store = require("./store.cjs");
const require_reference = require("./reference.cjs");
const require_digest = require("./digest.cjs");
const require_field = require("./field.cjs");
const require_step = require("./step.cjs");
let node_fs = require("node:fs");
let node_crypto = require("node:crypto");
let node_fs_promises = require("node:fs/promises");
let node_path = require("node:path");

// src/registry/target/serve/access.ts
const SHOWN = /* @__PURE__ */ new Set([
	"n",
	"last",
	"digest",
	"mount",
	"from",
	"artifactType",
	"tag",
	"ns",
	"digest-algorithm",
	"scope",
	"service"
]);
function shownPath(url) {
	const [path = "", query] = url.split("?", 2);
	if (query === void 0) return require_printable.printable(path);
	const shown = query.split("&").map((pair) => {
		const name = pair.split("=", 1)[0] ?? "";
		return SHOWN.has(name) ? pair : `${name}=***`;
	});
	return require_printable.printable(`${path}?${shown.join("&")}`, 1e3);
}
function logAccess(message, response, onAccess) {
	const time = (/* @__PURE__ */ new Date()).toISOString();
	const since = performance.now();
	let bytes = 0;
	response.once("close", () => {
		onAccess({
			time,
			method: require_printable.printable(message.method ?? "", 20),
			path: shownPath(message.url ?? ""),
			status: response.headersSent ? response.statusCode : 499,
			bytes,
			ms: Math.round((performance.now() - since) * 10) / 10,
			userAgent: require_printable.printable(message.headers["user-agent"] ?? "", 200)
		});
	});
	return (more) => {
		bytes += more;
	};
}

// src/registry/target/serve/answer.ts
function json(status, value, headers = {}) {
	return {
		status,
		headers: {
			"content-type": "application/json",
			...headers
		},
		body: Buffer.from(JSON.stringify(value))
	};
}
function empty(status, headers = {}) {
	return {
		status,
		headers: {
			"content-length": 0,
			...headers
		}
	};
}
function refuse(status, code, message, detail, headers = {}) {
	return json(status, { errors: [{
		code,
		message: require_printable.printable(message, 1e3),
		...detail === void 0 ? {} : { detail }
	}] }, headers);
}
function answerFailure(failure) {
	const message = [failure.message, ...require_failure.reasons(failure)].join(": ");
	const { code } = failure;
	if (code === "LAYOUT_BUSY") return refuse(503, "TOOMANYREQUESTS", message, void 0, { "retry-after": 1 });
	if (code === "STORAGE_FULL") return refuse(507, "UNKNOWN", message);
	if (code === "INTERRUPTED" || code === "DEADLINE") return refuse(503, "UNKNOWN", "the registry is stopping", void 0, { "retry-after": 1 });
	return refuse(500, "UNKNOWN", code === "CONTENT_INVALID" || code === "DIGEST_MISMATCH" || code === "CONTENT_MISSING" ? `the registry's own copy is damaged: ${message}` : message);
}

// src/registry/target/serve/invariant.ts
async function findViolations(store, repository, after) {
	const found = [];
	for (const tag of await store.tags()) {
		const root = await namedBy(store, tag);
		if (!root) continue;
		const missing = await missingBelow(store, root);
		if (missing.length > 0 && (await namedBy(store, tag))?.digest === root.digest) found.push({
			after,
			repository,
			tag,
			root: root.digest,
			missing
		});
	}
	return found;
}
async function namedBy(store, tag) {
	const index = await store.index();
	return index ? require_store.findTag(index, tag, `index.json of ${store.name}`) : void 0;
}
async function missingBelow(store, root) {
	const missing = /* @__PURE__ */ new Set();
	const seen = /* @__PURE__ */ new Set();
	const open = [root];
	for (let next = open.pop(); next; next = open.pop()) {
		if (seen.has(next.digest) || require_manifest.isForeignLayer(next.mediaType)) continue;
		seen.add(next.digest);
		if (await store.blobs.size(next.digest) !== next.size) missing.add(next.digest);
		else if (require_manifest.isManifestType(next.mediaType)) open.push(...(await store.graph.facts(next))?.children ?? []);
	}
	return [...missing];
}

// src/registry/target/serve/route.ts
function parseRoute(path) {
	if (path === "/v2" || path === "/v2/") return { kind: "ping" };
	if (path === "/v2/_catalog") return { kind: "catalog" };
	if (path === "/token") return { kind: "token" };
	if (!path.startsWith("/v2/")) return void 0;
	const parts = decoded(path.slice(4).split("/"));
	if (!parts) return void 0;
	const [third = "", second = "", last = ""] = parts.slice(-3);
	const above = (count) => parts.slice(0, -count).join("/");
	if (second === "blobs" && last === "uploads" && parts.length > 2) return {
		kind: "uploads",
		repository: above(2)
	};
	if (third === "blobs" && second === "uploads" && parts.length > 3) return last === "" ? {
		kind: "uploads",
		repository: above(3)
	} : {
		kind: "upload",
		repository: above(3),
		session: last
	};
	if (parts.length < 3) return void 0;
	const repository = above(2);
	if (second === "manifests") return {
		kind: "manifest",
		repository,
		reference: last
	};
	if (second === "blobs") return {
		kind: "blob",
		repository,
		digest: last
	};
	if (second === "referrers") return {
		kind: "referrers",
		repository,
		digest: last
	};
	if (second === "tags" && last === "list") return {
		kind: "tags",
		repository
	};
}
function decoded(parts) {
	try {
		return parts.map((part) => decodeURIComponent(part));
	} catch {
		return;
	}
}
function isRepositoryName(name) {
	try {
		const { path, tag, digest } = require_reference.parseReference(`registry.invalid/${name}`);
		return path === name && tag === void 0 && digest === void 0;
	} catch (error) {
		if (require_failure.isFailure(error, "REFERENCE_INVALID")) return false;
		throw error;
	}
}
function repositoryOf(url) {
	const route = parseRoute(url.split("?", 1)[0] ?? "");
	return route && "repository" in route ? route.repository : void 0;
}

// src/registry/target/serve/send.ts
const DRAIN_MS = 1e4;
async function send(message, response, answer, count) {
	const { status, headers, body } = answer;
	response.setHeader("docker-distribution-api-version", "registry/2.0");
	for (const [name, value] of Object.entries(headers)) response.setHeader(name, typeof value === "object" ? [...value] : value);
	if (body) response.setHeader("content-length", "chunks" in body ? body.size : body.length);
	response.writeHead(status);
	if (!message.complete) drain(message);
	if (!body || message.method === "HEAD") response.end();
	else if ("chunks" in body) {
		for await (const chunk of body.chunks) {
			if (response.destroyed) return;
			count(chunk.length);
			if (!response.write(chunk) && !response.destroyed) await drained(response);
		}
		response.end();
	} else {
		count(body.length);
		response.end(body);
	}
}
async function drained(response) {
	await new Promise((resolve) => {
		const done = () => {
			response.off("drain", done);
			response.off("close", done);
			resolve();
		};
		response.on("drain", done);
		response.on("close", done);
	});
}
function drain(message) {
	message.resume();
	const timer = setTimeout(() => message.destroy(), DRAIN_MS);
	timer.unref();
	message.once("close", () => clearTimeout(timer));
}

// src/registry/target/serve/attend.ts
function createAttendant(answerOf, history, { disturbed, onRequest }, assertion) {
	return async (message, response, count) => {
		const entry = history.note(message);
		const carryOut = async (one) => {
			const answer = await answerOf(one);
			entry.status = answer.status;
			const writes = message.method !== "GET" && message.method !== "HEAD";
			if (assertion && writes && answer.status < 400) await assertWhole(message, assertion);
			return answer;
		};
		await onRequest?.(entry);
		if (await disturbed?.({
			entry,
			message,
			response,
			carryOut,
			count
		})) return;
		await send(message, response, await carryOut(message), count);
	};
}
async function assertWhole({ method = "", url = "" }, { repositories, violated }) {
	const repository = repositoryOf(url);
	if (repository === void 0) return;
	for (const violation of await findViolations(repositories.store(repository), repository, `${method} ${url}`)) violated(violation);
}

// src/registry/target/serve/auth.ts
const noTokens = () => refuse(404, "UNSUPPORTED", "this registry gives no tokens");
const OPEN_GATE = {
	check: () => void 0,
	mayPull: () => true,
	token: noTokens
};
function createGate(auth) {
	if (!auth) return OPEN_GATE;
	const isUser = (message) => {
		const [, encoded = ""] = /^basic +([A-Za-z0-9+/=]+)$/i.exec(message.headers.authorization ?? "") ?? [];
		return same(Buffer.from(encoded, "base64").toString("utf8"), `${auth.username}:${auth.password.reveal()}`);
	};
	if (auth.mode !== "token") return {
		check: (message) => isUser(message) ? void 0 : refuse(401, "UNAUTHORIZED", "credentials are needed", void 0, { "www-authenticate": "Basic realm=\"ferry registry\"" }),
		mayPull: () => true,
		token: noTokens
	};
	return tokenGate(isUser, auth.tokenSeconds ?? 300);
}
function tokenGate(isUser, seconds) {
	const tokens = /* @__PURE__ */ new Map();
	const allows = (message, rights) => {
		const [, token = ""] = /^bearer +(\S+)$/i.exec(message.headers.authorization ?? "") ?? [];
		const found = tokens.get(token);
		return found !== void 0 && performance.now() < found.until && rights.every((right) => found.rights.has(right));
	};
	return {
		check(message, route) {
			const scope = scopeOf(message.method ?? "GET", route);
			if (route.kind === "token" || allows(message, scope === "" ? [] : rightsIn([scope]))) return void 0;
			const from = new URLSearchParams(message.url?.split("?")[1] ?? "").get("from");
			const wanted = route.kind === "uploads" && from !== null && isRepositoryName(from) ? `${scope} repository:${from}:pull` : scope;
			const error = message.headers.authorization === void 0 ? "" : ",error=\"insufficient_scope\"";
			const challenge = `Bearer realm="http://${message.headers.host ?? ""}/token",service="ferry"${wanted === "" ? "" : `,scope="${wanted}"`}${error}`;
			return refuse(401, "UNAUTHORIZED", "a token with the right scope is needed", void 0, { "www-authenticate": challenge });
		},
		mayPull: (message, repository) => allows(message, [`repository:${repository}:pull`]),
		token(message, query) {
			if (!isUser(message)) return refuse(401, "UNAUTHORIZED", "credentials are needed", void 0, { "www-authenticate": "Basic realm=\"ferry registry\"" });
			const now = performance.now();
			for (const [token, { until }] of tokens) if (until < now) tokens.delete(token);
			const token = (0, node_crypto.randomBytes)(24).toString("base64url");
			const scopes = query.getAll("scope").flatMap((scope) => scope.split(" "));
			tokens.set(token, {
				rights: new Set(rightsIn(scopes)),
				until: now + seconds * 1e3
			});
			return json(200, {
				token,
				access_token: token,
				expires_in: seconds,
				issued_at: (/* @__PURE__ */ new Date()).toISOString()
			});
		}
	};
}
function rightsIn(scopes) {
	return scopes.flatMap((scope) => {
		const end = scope.lastIndexOf(":");
		return scope.slice(end + 1).split(",").map((action) => `${scope.slice(0, end)}:${action}`);
	});
}
function scopeOf(method, route) {
	if (route.kind === "catalog") return "registry:catalog:*";
	if (!("repository" in route)) return "";
	const reads = method === "GET" || method === "HEAD";
	if (route.kind === "upload" || route.kind === "uploads") return `repository:${route.repository}:pull,push`;
	return `repository:${route.repository}:${reads ? "pull" : method === "DELETE" ? "delete" : "pull,push"}`;
}
function same(left, right) {
	const hash = (text) => (0, node_crypto.createHash)("sha256").update(text).digest();
	return (0, node_crypto.timingSafeEqual)(hash(left), hash(right));
}

// src/registry/target/serve/range.ts
function readRange(header, size) {
	const match = /^bytes=([0-9]{0,15})-([0-9]{0,15})$/.exec(header?.replaceAll(" ", "") ?? "");
	if (!match) return void 0;
	const [, from = "", to = ""] = match;
	if (from === "" && to === "") return void 0;
	const first = from === "" ? Math.max(0, size - Number(to)) : Number(from);
	const last = from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1);
	if (first >= size || last < first) return "unsatisfiable";
	return {
		first,
		last
	};
}
function writeRange(header) {
	const [, first, last] = /^(?:bytes[= ])?([0-9]{1,15})-([0-9]{1,15})(?:\/(?:[0-9]+|\*))?$/.exec(header.trim()) ?? [];
	return first === void 0 || last === void 0 ? void 0 : {
		first: Number(first),
		last: Number(last)
	};
}

// src/registry/target/serve/blobs.ts
async function answerBlob(ask, repository, digest) {
	if (!require_digest.isDigest(digest)) return refuse(400, "DIGEST_INVALID", "the digest is not sha256: or sha512: with lower-case hexadecimal digits");
	const store = ask.repositories.store(repository);
	const size = await store.index() ? await store.blobs.size(digest) : void 0;
	if (size === void 0 || ask.message.method === "HEAD" && !await store.blobs.touch(digest)) return refuse(404, "BLOB_UNKNOWN", `the blob is not in ${repository}`, { digest });
	if (ask.method === "DELETE") try {
		await store.manifests.removeBlob(digest, ask.call);
		return empty(202);
	} catch (error) {
		if (require_failure.isFailure(error, "UNSUPPORTED")) return refuse(405, "DENIED", `${error.message}: ${String(error.cause)}`);
		throw error;
	}
	if (ask.method !== "GET") return refuse(405, "UNSUPPORTED", "a blob knows GET, HEAD and DELETE");
	const etag = `"${digest}"`;
	const headers = {
		"content-type": "application/octet-stream",
		"docker-content-digest": digest,
		etag,
		"accept-ranges": "bytes",
		"cache-control": "max-age=31536000"
	};
	const ifRange = ask.message.headers["if-range"];
	const range = ask.message.method === "GET" && (ifRange === void 0 || ifRange === etag) ? readRange(ask.message.headers.range, size) : void 0;
	if (range === "unsatisfiable") return refuse(416, "SIZE_INVALID", `the blob has ${size} bytes`, void 0, { "content-range": `bytes */${size}` });
	if (ask.message.method === "HEAD") return {
		status: 200,
		headers: {
			...headers,
			"content-length": size
		}
	};
	if (!range) return {
		status: 200,
		headers,
		body: {
			size,
			chunks: await store.blobs.raw(digest)
		}
	};
	const { first, last } = range;
	return {
		status: 206,
		headers: {
			...headers,
			"content-range": `bytes ${first}-${last}/${size}`
		},
		body: {
			size: last - first + 1,
			chunks: await store.blobs.raw(digest, first, last)
		}
	};
}

// src/registry/target/serve/listings.ts
const LARGEST_PAGE = 3145728;
async function listTags(ask, repository) {
	const store = ask.repositories.store(repository);
	if (!await store.index()) return refuse(404, "NAME_UNKNOWN", `there is no repository ${repository}`);
	return page(ask, await store.tags(), `/v2/${repository}/tags/list`, (tags) => ({
		name: repository,
		tags
	}));
}
async function listRepositories(ask) {
	return page(ask, await ask.repositories.names(), "/v2/_catalog", (repositories) => ({ repositories }));
}
function page(ask, sorted, path, body) {
	const wanted = ask.query.get("n");
	if (wanted !== null && !/^[0-9]{1,9}$/.test(wanted)) return refuse(400, "PAGINATION_NUMBER_INVALID", "n is a whole number");
	const last = ask.query.get("last");
	const rest = last === null ? sorted : sorted.filter((name) => name > last);
	const names = wanted === null ? rest : rest.slice(0, Number(wanted));
	const end = names.at(-1);
	const more = end !== void 0 && names.length < rest.length;
	return json(200, body(names), more ? link(path, {
		n: wanted ?? "",
		last: end
	}) : {});
}
function link(path, query) {
	return { link: `<${path}?${new URLSearchParams(query).toString()}>; rel="next"` };
}
async function listReferrers(ask, repository, digest) {
	if (!require_digest.isDigest(digest)) return refuse(400, "DIGEST_INVALID", "the digest is not sha256: or sha512: with lower-case hexadecimal digits");
	const store = ask.repositories.store(repository);
	const index = await store.index();
	const wanted = ask.query.get("artifactType");
	const last = ask.query.get("last") ?? "";
	const { manifests, more } = fill((index ? await store.graph.referrers(index, digest) : []).filter((descriptor) => (wanted === null || wanted === "" || descriptor.artifactType === wanted) && descriptor.digest > last).toSorted((left, right) => left.digest < right.digest ? -1 : 1));
	const filtered = wanted === null || wanted === "" ? {} : { "oci-filters-applied": "artifactType" };
	const query = {
		...wanted === null || wanted === "" ? {} : { artifactType: wanted },
		last: manifests.at(-1)?.digest ?? ""
	};
	const next = more ? link(`/v2/${repository}/referrers/${digest}`, query) : {};
	return json(200, {
		schemaVersion: 2,
		mediaType: require_manifest.MEDIA.index,
		manifests: manifests.map(require_manifest.descriptorJson)
	}, {
		"content-type": require_manifest.MEDIA.index,
		...filtered,
		...next
	});
}
function fill(found) {
	let bytes = 0;
	const end = found.findIndex((descriptor, at) => {
		bytes += JSON.stringify(descriptor).length;
		return at > 0 && bytes > LARGEST_PAGE;
	});
	return end < 0 ? {
		manifests: found,
		more: false
	} : {
		manifests: found.slice(0, end),
		more: true
	};
}

// src/registry/target/serve/ask.ts
function lengthOf(message) {
	const text = message.headers["content-length"];
	return text !== void 0 && /^[0-9]{1,15}$/.test(text) ? Number(text) : void 0;
}
async function readWhole(message, largest) {
	if ((lengthOf(message) ?? 0) > largest) return void 0;
	const chunks = [];
	let length = 0;
	for await (const chunk of message) {
		length += chunk.length;
		if (length > largest) return void 0;
		chunks.push(chunk);
	}
	return Buffer.concat(chunks, length);
}

// src/registry/target/serve/manifests.ts
const MOST_TAGS = 100;
async function answerManifest(ask, repository, reference) {
	if (ask.method === "GET") return getManifest(ask, repository, reference);
	if (ask.method === "PUT") return answered(() => putManifest(ask, repository, reference));
	if (ask.method === "DELETE") return answered(() => deleteManifest(ask, repository, reference));
	return refuse(405, "UNSUPPORTED", "a manifest knows GET, HEAD, PUT and DELETE");
}
async function answered(work) {
	try {
		return await work();
	} catch (error) {
		if (require_failure.isFailure(error, "PLAN_STALE")) return refuse(412, "DENIED", error.message);
		if (require_failure.isFailure(error, "UNSUPPORTED")) return refuse(405, "DENIED", [error.message, ...require_failure.reasons(error)].join(": "));
		throw error;
	}
}
async function getManifest(ask, repository, reference) {
	const store = ask.repositories.store(repository);
	const found = require_digest.isDigest(reference) || require_reference.isTag(reference) ? await store.resolve(reference) : void 0;
	if (!found) return unknown$1(repository, reference);
	const headers = {
		"content-type": found.mediaType,
		"docker-content-digest": found.digest,
		etag: `"${found.digest}"`
	};
	if (matches(ask.message.headers["if-none-match"], found)) return {
		status: 304,
		headers
	};
	if (ask.message.method === "HEAD") return {
		status: 200,
		headers: {
			...headers,
			"content-length": found.size
		}
	};
	const body = {
		size: found.size,
		open: () => store.blobs.read(found)
	};
	return {
		status: 200,
		headers,
		body: await require_manifest.readBody(body, require_manifest.LARGEST_MANIFEST_READ)
	};
}
async function putManifest(ask, repository, reference) {
	const bytes = await readWhole(ask.message, require_manifest.LARGEST_MANIFEST_PUSHED);
	if (!bytes) return refuse(413, "SIZE_INVALID", `a manifest has at most ${require_manifest.LARGEST_MANIFEST_PUSHED} bytes`, void 0, { connection: "close" });
	const byDigest = require_digest.isDigest(reference);
	if (!byDigest && reference.includes(":")) return refuse(400, "DIGEST_INVALID", "the digest is not sha256: or sha512: with lower-case hexadecimal digits");
	const names = byDigest ? ask.query.getAll("tag") : [reference, ...ask.query.getAll("tag")];
	const tags = names.filter((name) => require_reference.isTag(name));
	if (tags.length < names.length) return refuse(400, "TAG_INVALID", "a tag has 1 to 128 letters, digits, dots, dashes and underscores and starts with none of . and -");
	if (tags.length > MOST_TAGS) return refuse(414, "TAG_INVALID", `at most ${MOST_TAGS} tags at once`);
	const algorithm = byDigest ? require_digest.algorithmOf(reference) : "sha256";
	const digest = require_digest.digestOf(bytes, algorithm);
	if (byDigest && digest !== reference) return refuse(400, "DIGEST_INVALID", "the manifest has another digest", {
		expected: reference,
		found: digest
	});
	let manifest;
	try {
		manifest = require_manifest.parseManifest(bytes, announcedType(ask), algorithm);
	} catch (error) {
		if (error instanceof require_failure.Failure) return refuse(400, "MANIFEST_INVALID", [error.message, ...require_failure.reasons(error)].join(": "));
		throw error;
	}
	const store = ask.repositories.store(repository);
	try {
		await store.ready(ask.call);
		await store.manifests.put(manifest.descriptor, bytes, tags, ask.call, guardOf(ask));
	} catch (error) {
		if (!require_failure.isFailure(error, "CONTENT_MISSING")) throw error;
		return refuse(400, "MANIFEST_BLOB_UNKNOWN", error.message, error.facts);
	}
	return empty(201, {
		location: `/v2/${repository}/manifests/${digest}`,
		"docker-content-digest": digest,
		etag: `"${digest}"`,
		...manifest.subject ? { "oci-subject": manifest.subject.digest } : {},
		...ask.query.has("tag") ? { "oci-tag": tags } : {}
	});
}
function announcedType(ask) {
	return ask.message.headers["content-type"]?.split(";")[0]?.trim();
}
function guardOf(ask) {
	const { "if-match": ifMatch, "if-none-match": ifNoneMatch } = ask.message.headers;
	return (current) => {
		const moved = ifMatch !== void 0 && !matches(ifMatch, current);
		const taken = ifNoneMatch !== void 0 && matches(ifNoneMatch, current);
		if (moved || taken) throw new require_failure.Failure("PLAN_STALE", `the tag names ${current?.digest ?? "nothing"} now`, { facts: { current: current?.digest ?? "" } });
	};
}
function matches(header, current) {
	if (header === void 0 || !current) return false;
	return header.split(",").some((one) => [
		"*",
		`"${current.digest}"`,
		current.digest
	].includes(one.trim().replace(/^W\//, "")));
}
async function deleteManifest(ask, repository, reference) {
	const store = ask.repositories.store(repository);
	if (!require_digest.isDigest(reference) && !require_reference.isTag(reference)) return unknown$1(repository, reference);
	const index = await store.index();
	if (!index) return unknown$1(repository, reference);
	if (require_digest.isDigest(reference)) {
		const found = await store.manifests.find(index, reference);
		if (!found) return unknown$1(repository, reference);
		await store.manifests.remove(found, ask.call);
		return empty(202);
	}
	if (!(await store.tags()).includes(reference)) return unknown$1(repository, reference);
	await store.manifests.untag(reference, ask.call, guardOf(ask));
	return empty(202);
}
function unknown$1(repository, reference) {
	return refuse(404, "MANIFEST_UNKNOWN", `${reference.slice(0, 200)} is not in ${repository}`);
}

// src/registry/target/serve/uploads.ts
async function startUpload(ask, repository) {
	const mount = ask.query.get("mount");
	if (mount !== null) {
		if (!require_digest.isDigest(mount)) return badDigest(mount);
		if (await mountBlob(ask, repository, mount)) return created(repository, mount);
	}
	const digest = ask.query.get("digest");
	if (digest !== null && !require_digest.isDigest(digest)) return badDigest(digest);
	const wanted = ask.query.get("digest-algorithm") ?? (digest === null ? "sha256" : require_digest.algorithmOf(digest));
	if (wanted !== "sha256" && wanted !== "sha512") return refuse(400, "UNSUPPORTED", `digest algorithm ${wanted} is not known; sha256 and sha512 are`);
	const session = await ask.sessions.begin(repository, wanted);
	return digest === null ? empty(202, progress(repository, session.id, 0)) : finish(ask, repository, session, digest);
}
async function continueUpload(ask, repository, id) {
	const session = await ask.sessions.find(repository, id);
	if (!session) return unknown();
	return session.alone(async () => {
		const received = await session.received();
		if (received === void 0) return unknown();
		if (ask.method === "GET") return empty(204, progress(repository, id, received));
		if (ask.method === "DELETE") {
			await session.end();
			return empty(204);
		}
		const wrong = checkChunk(ask.message, repository, id, received);
		if (wrong) return wrong;
		if (ask.method === "PATCH") {
			await session.append(ask.message);
			return empty(202, progress(repository, id, await session.received() ?? 0));
		}
		if (ask.method !== "PUT") return refuse(405, "UNSUPPORTED", "an upload knows GET, PATCH, PUT and DELETE");
		const digest = ask.query.get("digest");
		if (digest === null || !require_digest.isDigest(digest)) return badDigest(digest);
		return finish(ask, repository, session, digest);
	});
}
function checkChunk(message, repository, id, received) {
	const header = message.headers["content-range"];
	if (header === void 0) return void 0;
	const range = writeRange(header);
	if (!range || range.last < range.first) return refuse(400, "BLOB_UPLOAD_INVALID", "Content-Range has the form FIRST-LAST");
	if (range.first !== received) return refuse(416, "BLOB_UPLOAD_INVALID", `the next byte is ${received}`, void 0, progress(repository, id, received));
	const length = lengthOf(message);
	if (length === void 0 || length === range.last - range.first + 1) return void 0;
	return refuse(400, "SIZE_INVALID", `Content-Range names ${range.last - range.first + 1} bytes, Content-Length ${length}`);
}
async function finish(ask, repository, session, digest) {
	await session.append(ask.message);
	const found = await session.digest(require_digest.algorithmOf(digest));
	if (found !== digest) {
		await session.end();
		return refuse(400, "DIGEST_INVALID", "what was uploaded has another digest", {
			expected: digest,
			found
		});
	}
	const store = ask.repositories.store(repository);
	await store.ready(ask.call);
	await store.blobs.adopt(digest, session.file);
	await session.end();
	return created(repository, digest);
}
async function mountBlob(ask, repository, digest) {
	const from = ask.query.get("from");
	const target = ask.repositories.store(repository);
	if (from !== null) return isRepositoryName(from) && ask.mayPull(from) && takeFrom(ask, target, from, digest);
	if (await hasBlob(target, digest)) return true;
	for (const name of await ask.repositories.names()) if (ask.mayPull(name) && await takeFrom(ask, target, name, digest)) return true;
	return false;
}
async function takeFrom(ask, target, from, digest) {
	const source = ask.repositories.store(from);
	const size = await source.blobs.size(digest);
	if (size === void 0) return false;
	if (!await hasBlob(target, digest)) {
		await target.ready(ask.call);
		await target.blobs.take({
			mediaType: "application/octet-stream",
			digest,
			size
		}, source.blobs, ask.call);
	}
	return true;
}
async function hasBlob(store, digest) {
	return await store.blobs.size(digest) !== void 0 && await store.blobs.touch(digest);
}
function progress(repository, id, received) {
	return {
		location: `/v2/${repository}/blobs/uploads/${id}`,
		range: `0-${Math.max(0, received - 1)}`,
		"docker-upload-uuid": id
	};
}
function created(repository, digest) {
	return empty(201, {
		location: `/v2/${repository}/blobs/${digest}`,
		"docker-content-digest": digest
	});
}
function unknown() {
	return refuse(404, "BLOB_UPLOAD_UNKNOWN", "there is no such upload; it was finished, cancelled or is too old");
}
function badDigest(text) {
	return refuse(400, "DIGEST_INVALID", text === null ? "the parameter digest is missing" : "the digest is not sha256: or sha512: with lower-case hexadecimal digits");
}

// src/registry/target/serve/dispatch.ts
async function dispatch(message, gate, base) {
	const url = message.url ?? "";
	const mark = url.indexOf("?");
	const route = parseRoute(mark < 0 ? url : url.slice(0, mark));
	if (!route) return refuse(404, "UNSUPPORTED", "this path is not part of the distribution API");
	const refused = gate.check(message, route);
	if (refused) return refused;
	const query = new URLSearchParams(mark < 0 ? "" : url.slice(mark + 1));
	if (route.kind === "token") return gate.token(message, query);
	if ("repository" in route && !isRepositoryName(route.repository)) return refuse(400, "NAME_INVALID", "the repository name does not follow the grammar");
	const method = message.method === "HEAD" ? "GET" : message.method ?? "GET";
	return answerRoute({
		...base,
		method,
		query,
		message,
		mayPull: (repository) => gate.mayPull(message, repository)
	}, route);
}
async function answerRoute(ask, route) {
	const onlyGet = (work) => ask.method === "GET" ? work() : Promise.resolve(refuse(405, "UNSUPPORTED", "this can only be read", void 0, { allow: "GET, HEAD" }));
	switch (route.kind) {
		case "manifest": return answerManifest(ask, route.repository, route.reference);
		case "blob": return answerBlob(ask, route.repository, route.digest);
		case "uploads": return ask.method === "POST" ? startUpload(ask, route.repository) : refuse(405, "UNSUPPORTED", "an upload is started by POST", void 0, { allow: "POST" });
		case "upload": return continueUpload(ask, route.repository, route.session);
		case "tags": return onlyGet(() => listTags(ask, route.repository));
		case "referrers": return onlyGet(() => listReferrers(ask, route.repository, route.digest));
		case "catalog": return onlyGet(() => listRepositories(ask));
		default: return onlyGet(() => Promise.resolve(json(200, {})));
	}
}

// src/registry/target/serve/history.ts
const MOST_KEPT = 1e4;
function createHistory() {
	const entries = [];
	let number = 0;
	return {
		entries,
		note(message) {
			number += 1;
			const entry = {
				number,
				method: require_printable.printable(message.method ?? "", 20),
				path: require_printable.printable(message.url ?? "", 2e3)
			};
			entries.push(entry);
			if (entries.length > MOST_KEPT) entries.shift();
			return entry;
		}
	};
}

// src/registry/target/serve/repositories.ts
const MOST_OPEN = 500;
function flatName(repository) {
	return repository.replaceAll("/", "+");
}
async function openRepositories(directory) {
	try {
		await require_store.makeDirectories(directory);
	} catch (error) {
		throw require_durable.fileTrouble(error, `cannot serve ${directory}`);
	}
	if (await isFile((0, node_path.join)(directory, "oci-layout"))) throw new require_failure.Failure("FILE_UNREADABLE", `${directory} is one OCI layout, not a directory of repositories`, { hint: "Name a new or empty directory; each repository becomes a layout inside of it." });
	const open = /* @__PURE__ */ new Map();
	return {
		directory,
		store(name) {
			const found = open.get(name) ?? require_store.openStore((0, node_path.join)(directory, flatName(name)));
			open.delete(name);
			open.set(name, found);
			const [oldest] = open.keys();
			if (open.size > MOST_OPEN && oldest !== void 0) open.delete(oldest);
			return found;
		},
		async names() {
			const found = [];
			for (const entry of await (0, node_fs_promises.readdir)(directory, { withFileTypes: true })) {
				const name = entry.name.replaceAll("+", "/");
				if (entry.isDirectory() && !entry.name.includes("/") && isRepositoryName(name) && await isFile((0, node_path.join)(directory, entry.name, "oci-layout"))) found.push(name);
			}
			return found.toSorted();
		}
	};
}
async function isFile(path) {
	try {
		return (await (0, node_fs_promises.stat)(path)).isFile();
	} catch (error) {
		if (require_durable.systemCode(error) === "ENOENT" || require_durable.systemCode(error) === "ENOTDIR") return false;
		throw error;
	}
}

// src/registry/target/serve/sessions.ts
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
function openSessions(directory) {
	const place = (0, node_path.join)(directory, ".ferry", "uploads");
	const live = /* @__PURE__ */ new Map();
	const remember = (file, id, algorithm) => {
		const session = openSession(file, id, algorithm, () => live.delete(file));
		live.set(file, session);
		return session;
	};
	return {
		async begin(repository, algorithm = "sha256") {
			const id = (0, node_crypto.randomUUID)();
			const folder = (0, node_path.join)(place, flatName(repository));
			try {
				await require_store.makeDirectories(folder);
				await (await (0, node_fs_promises.open)((0, node_path.join)(folder, id), "wx", 384)).close();
			} catch (error) {
				throw require_durable.fileTrouble(error, `cannot start an upload in ${directory}`);
			}
			return remember((0, node_path.join)(folder, id), id, algorithm);
		},
		async find(repository, id) {
			if (!ID.test(id)) return void 0;
			const file = (0, node_path.join)(place, flatName(repository), id);
			const session = live.get(file) ?? remember(file, id, void 0);
			if (await session.received() !== void 0) return session;
			live.delete(file);
		},
		async expire(idle) {
			for (const folder of await (0, node_fs_promises.readdir)(place).catch(() => [])) {
				for (const id of await (0, node_fs_promises.readdir)((0, node_path.join)(place, folder)).catch(() => [])) {
					const file = (0, node_path.join)(place, folder, id);
					if (Date.now() - ((await (0, node_fs_promises.stat)(file).catch(() => void 0))?.mtimeMs ?? Date.now()) <= idle) continue;
					await (0, node_fs_promises.rm)(file, { force: true });
					live.delete(file);
				}
				await (0, node_fs_promises.rmdir)((0, node_path.join)(place, folder)).catch(() => void 0);
			}
		}
	};
}
function openSession(file, id, algorithm, forget) {
	let running;
	if (algorithm !== void 0) running = {
		algorithm,
		hash: (0, node_crypto.createHash)(algorithm),
		length: 0
	};
	let queue = Promise.resolve();
	const session = {
		id,
		file,
		async received() {
			try {
				return (await (0, node_fs_promises.stat)(file)).size;
			} catch (error) {
				if (require_durable.systemCode(error) === "ENOENT" || require_durable.systemCode(error) === "ENOTDIR") return void 0;
				throw require_durable.fileTrouble(error, `cannot read upload ${id}`);
			}
		},
		async append(chunks) {
			const handle = await (0, node_fs_promises.open)(file, "a").catch((error) => {
				throw require_durable.fileTrouble(error, `cannot go on with upload ${id}`);
			});
			try {
				for await (const chunk of chunks) {
					await require_durable.writeAll(handle, chunk).catch((error) => {
						running = void 0;
						throw require_durable.fileTrouble(error, `cannot store what was received of upload ${id}`);
					});
					running?.hash.update(chunk);
					if (running) running.length += chunk.length;
				}
			} finally {
				await handle.close();
			}
		},
		async digest(wanted) {
			if (running?.algorithm === wanted && running.length === await session.received()) return require_digest.finishDigest(running.hash.copy(), wanted);
			const hash = (0, node_crypto.createHash)(wanted);
			for await (const chunk of (0, node_fs.createReadStream)(file, { highWaterMark: 262144 })) hash.update(chunk);
			return require_digest.finishDigest(hash, wanted);
		},
		async end() {
			forget();
			await (0, node_fs_promises.rm)(file, { force: true });
		},
		async alone(work) {
			const turn = queue.then(work, work);
			queue = turn.catch(() => void 0);
			return turn;
		}
	};
	return session;
}

// src/registry/target/serve/serve.ts
const UPLOAD_IDLE_MS = 864e5;
const EXPIRE_EVERY_MS = 6e5;
const GRACE_MS = 2e3;
const SOCKET_IDLE_MS = 12e4;
async function serveRegistry(options) {
	const repositories = await openRepositories(options.directory);
	const sessions = openSessions(options.directory);
	const gate = createGate(options.auth);
	const stop = new AbortController();
	const base = {
		call: { signal: stop.signal },
		repositories,
		sessions
	};
	const history = createHistory();
	const violations = [];
	const disturbed = options.faults ? (await Promise.resolve().then(() => require("./disturb.cjs"))).createDisturbance(options.faults) : void 0;
	const violated = (violation) => {
		violations.push(violation);
		options.onViolation?.(violation);
	};
	const attend = createAttendant((message) => answerOf(message, gate, base), history, {
		...disturbed ? { disturbed } : {},
		...options.onRequest ? { onRequest: options.onRequest } : {}
	}, options.invariant ? {
		repositories,
		violated
	} : void 0);
	const { createServer } = process.getBuiltinModule("node:http");
	const server = createServer((message, response) => {
		const count = options.onAccess ? logAccess(message, response, options.onAccess) : () => void 0;
		attend(message, response, count).catch(() => response.destroy());
	});
	server.requestTimeout = 0;
	server.headersTimeout = 3e4;
	server.keepAliveTimeout = 65e3;
	server.timeout = SOCKET_IDLE_MS;
	const idle = options.uploadIdle ?? UPLOAD_IDLE_MS;
	await sessions.expire(idle);
	const timer = setInterval(() => void sessions.expire(idle), Math.min(EXPIRE_EVERY_MS, Math.max(idle, 100)));
	timer.unref();
	const host = options.host ?? "127.0.0.1";
	const port = await new Promise((resolve, reject) => {
		server.once("error", reject);
		server.listen(options.port ?? 0, host, () => {
			const address = server.address();
			resolve(typeof address === "object" && address ? address.port : 0);
		});
	}).catch((error) => {
		clearInterval(timer);
		throw cannotListen(error, `${host}:${options.port ?? 0}`);
	});
	const shown = `${host.includes(":") ? `[${host}]` : host}:${port}`;
	return {
		url: `http://${shown}`,
		host: shown,
		history: history.entries,
		violations,
		async close() {
			clearInterval(timer);
			const closed = new Promise((resolve) => server.close(() => resolve()));
			server.closeIdleConnections();
			const cut = setTimeout(() => {
				stop.abort();
				server.closeAllConnections();
			}, GRACE_MS);
			await closed;
			clearTimeout(cut);
		}
	};
}
async function answerOf(message, gate, base) {
	try {
		return await dispatch(message, gate, base);
	} catch (error) {
		if (!require_failure.isFailure(error) && message.destroyed && !message.complete) return refuse(400, "SIZE_INVALID", "the body ended too early");
		return answerFailure(require_failure.asFailure(error));
	}
}
function cannotListen(error, where) {
	const code = require_durable.systemCode(error);
	return new require_failure.Failure("INPUT_INVALID", `cannot listen on ${where}`, {
		cause: error,
		hint: code === "EADDRINUSE" ? "Another program has this port: name another one, or 0 for any that is free." : "Name an address of this machine and a port above 1023."
	});
}

// src/entry/commands/registry-serve.ts
const registryServeCommand = require_step.defineStep({
	name: "registry serve",
	summary: "Serve a directory of OCI layouts as a registry, on loopback unless told otherwise",
	details: "distribution-spec 1.1. Each repository is one layout in the directory: team/hello is DIR/team+hello. One JSON line per request on stderr. Stops on SIGINT and SIGTERM. With --faults it is a registry that fails as the plan says, to try a pipeline with.",
	since: "0.1.0",
	chinese: {
		title: "启动内置镜像仓库",
		summary: "把 OCI layout 目录作为镜像仓库提供，默认只监听回环地址"
	},
	needs: [],
	inputs: {
		directory: require_field.field.directory({
			about: "Where the layouts are; made when it is not there",
			example: "./reg",
			positional: true
		}),
		faults: require_field.field.file({
			about: "A fault plan: which requests go wrong on purpose, and how (reference: faults)",
			example: "faults.yaml",
			optional: true
		}),
		check: require_field.field.switch({ about: "Assert after each write that no tag names an image of which something is missing; end with an error when one did" }),
		listen: require_field.field.text({
			about: "Address and port; port 0 takes a free one",
			example: "127.0.0.1:5055",
			fallback: "127.0.0.1:0"
		})
	},
	outputs: { url: require_step.out.text({ about: "Where it was served" }) },
	examples: [{
		title: "On a port of its own",
		inputs: {
			directory: "./reg",
			listen: "127.0.0.1:5055"
		}
	}, {
		title: "One that fails on purpose",
		inputs: {
			directory: "./reg",
			listen: "127.0.0.1:5055",
			faults: "faults.yaml",
			check: true
		}
	}],
	async run({ directory, listen, faults, check }, { call, log }) {
		const { host, port } = readListen(listen);
		const write = (line) => void process.stderr.write(`${JSON.stringify(line)}\n`);
		const plan = faults === void 0 ? {} : { faults: await (await Promise.resolve().then(() => require("./read-plan.cjs"))).readFaultPlan(faults) };
		const registry = await serveRegistry({
			directory,
			host,
			port,
			invariant: check,
			onAccess: write,
			onViolation: write,
			...plan
		});
		if (!isLoopback(host)) log.warn("everyone who reaches this address can read and write: there is no login", { listen: registry.host });
		log.info("serving", {
			url: registry.url,
			directory
		});
		await new Promise((resolve) => {
			if (call.signal.aborted) resolve();
			else call.signal.addEventListener("abort", () => resolve(), { once: true });
		});
		await registry.close();
		const [first] = registry.violations;
		if (first) throw new require_failure.Failure("CONTENT_MISSING", `after ${first.after} the tag ${first.tag} of ${first.repository} named an incomplete image`, {
			cause: `${first.missing.length} of what ${first.root} needs is missing`,
			hint: "This is a defect of the registry, or something beside it changes the directory: report what stands on stderr.",
			facts: {
				violations: registry.violations.length,
				missing: first.missing
			}
		});
		return { url: registry.url };
	}
});
function readListen(text) {
	const found = /^(\[[0-9a-fA-F:]+\]|[^:]+):([0-9]{1,5})$/.exec(text);
	const port = Number(found?.[2]);
	if (found?.[1] === void 0 || port > 65535) throw new require_failure.Failure("INPUT_INVALID", `--listen is "${text.slice(0, 80)}", which is not address:port`, { hint: "Write for example 127.0.0.1:5055." });
	return {
		host: found[1].replace(/^\[|\]$/g, ""),
		port
	};
}
function isLoopback(host) {
	return host === "localhost" || host === "::1" || host.startsWith("127.");
}

exports.empty = empty;
exports.readWhole = readWhole;
exports.refuse = refuse;
exports.registryServeCommand = registryServeCommand;
exports.repositoryOf = repositoryOf;
exports.send = send;