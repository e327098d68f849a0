const require_failure = require("./failure.cjs");
const require_call = require("./call.cjs");
const require_digest = require("./digest.cjs");
const require_manifest = require("./manifest.cjs");
const require_durable = require("./durable.cjs");
const require_json = require("./json.cjs");
const require_reference = require("./reference.cjs");
let node_fs = require("node:fs");
let node_crypto = require("node:crypto");
let node_fs_promises = require("node:fs/promises");
let node_path = require("node:path");
let node_os = require("node:os");

// src/registry/target/layout/regular.ts
const READ_BYTES = 131072;
const READ_FLAGS = node_fs.constants.O_RDONLY | (node_fs.constants.O_NOFOLLOW ?? 0);
const MOST_TRIES$1 = 5;
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
	for (let tries = 0; tries < MOST_TRIES$1; tries += 1) {
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
		if (require_durable.systemCode(error) === "ENOENT" || require_durable.systemCode(error) === "ENOTDIR") return void 0;
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
function openBlobs(directory, incoming, name = `oci:${directory}`) {
	const place = (digest) => (0, node_path.join)(directory, "blobs", require_digest.algorithmOf(digest));
	const path = (digest) => (0, node_path.join)(place(digest), require_digest.hexOf(digest));
	const checked = /* @__PURE__ */ new Set();
	const checkPlace = async (digest) => {
		if (checked.has(place(digest))) return;
		if (await realDirectory((0, node_path.join)(directory, "blobs")) && await realDirectory(place(digest))) checked.add(place(digest));
	};
	const publish = async (digest, file) => {
		await require_durable.makeBelow(directory, "blobs", require_digest.algorithmOf(digest));
		await checkPlace(digest);
		await (0, node_fs_promises.rename)(file, path(digest));
		await require_durable.syncDirectory(place(digest));
	};
	const blobs = {
		path,
		async size(digest) {
			try {
				await checkPlace(digest);
				const stats = await regularFile(path(digest), `${digest} in ${name}`);
				return stats === void 0 ? void 0 : Number(stats.size);
			} catch (error) {
				throw require_durable.fileTrouble(error, `cannot read ${digest} in ${name}`);
			}
		},
		async raw(digest, from, to) {
			try {
				await checkPlace(digest);
				const handle = await openRegular(path(digest), `${digest} in ${name}`);
				if (!handle) throw missing(digest, name);
				return chunksOf(handle, from, to);
			} catch (error) {
				throw require_durable.fileTrouble(error, `cannot read ${digest} in ${name}`);
			}
		},
		async *read(descriptor, from = 0) {
			yield* provenFrom(descriptor, await blobs.raw(descriptor.digest), from, name);
		},
		async store(descriptor, chunks, call) {
			try {
				const { path: file, handle } = await incoming.create();
				try {
					try {
						for await (const chunk of require_manifest.proven(descriptor, chunks, name)) {
							require_call.throwIfStopped(call);
							await require_durable.writeAll(handle, chunk);
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
				throw require_durable.fileTrouble(error, `cannot write ${descriptor.digest} to ${name}`);
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
				throw require_durable.fileTrouble(error, `cannot write ${digest} to ${name}`);
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
				for await (const _chunk of require_manifest.proven(descriptor, chunksOf(handle), name)) require_call.throwIfStopped(call);
				await publish(descriptor.digest, linked);
			} catch (error) {
				throw require_durable.fileTrouble(error, `cannot take ${descriptor.digest} into ${name}`);
			} finally {
				await (0, node_fs_promises.rm)(linked, { force: true });
			}
		},
		async touch(digest) {
			const now = /* @__PURE__ */ new Date();
			try {
				await (0, node_fs_promises.utimes)(path(digest), now, now);
				return true;
			} catch (error) {
				if (require_durable.systemCode(error) === "ENOENT" || require_durable.systemCode(error) === "ENOTDIR") return false;
				return !await (0, node_fs_promises.access)(place(digest), node_fs_promises.constants.W_OK).then(() => true, () => false);
			}
		},
		async remove(digest) {
			try {
				await (0, node_fs_promises.rm)(path(digest), { force: true });
				await require_durable.syncDirectory(place(digest));
			} catch (error) {
				if (require_durable.systemCode(error) !== "ENOENT") throw require_durable.fileTrouble(error, `cannot remove ${digest} from ${name}`);
			}
		}
	};
	return blobs;
}
async function* provenFrom(descriptor, chunks, from, where) {
	let skip = from;
	for await (const chunk of require_manifest.proven(descriptor, chunks, where)) {
		if (skip < chunk.length) yield skip === 0 ? chunk : chunk.subarray(skip);
		skip = Math.max(0, skip - chunk.length);
	}
}
function missing(digest, name) {
	return new require_failure.Failure("CONTENT_MISSING", `${digest} is not in ${name}`, { facts: { digest } });
}

// src/registry/target/layout/entries.ts
const REF_NAME = "org.opencontainers.image.ref.name";
const EMPTY_INDEX = {
	frame: {
		schemaVersion: 2,
		mediaType: require_manifest.MEDIA.index,
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
		return { descriptor: require_manifest.parseDescriptor(json, where) };
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

// src/registry/target/layout/graph.ts
const READERS = 16;
const LARGEST_KEPT = 262144;
function createGraph(blobs) {
	const known = /* @__PURE__ */ new Map();
	const limit = require_manifest.createLimit(READERS);
	const reached = /* @__PURE__ */ new WeakMap();
	const facts = async (descriptor) => {
		if (!require_manifest.isManifestType(descriptor.mediaType)) return void 0;
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
		await require_manifest.forEachLimited((await graph.reachable(index)).values(), limit, work, require_call.freeCall());
		return found;
	};
	const walk = async (index) => {
		const seen = /* @__PURE__ */ new Map();
		const open = [...rootsOf(index).values()];
		for (let next = open.pop(); next; next = open.pop()) {
			if (!require_manifest.isManifestType(next.mediaType) || seen.has(next.digest)) continue;
			seen.set(next.digest, next);
			if (require_manifest.isIndexType(next.mediaType)) open.push(...((await facts(next))?.children ?? []).map(({ mediaType, digest, size }) => ({
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
		async userOf(index, digest, except) {
			for (const { descriptor, facts: of } of await everything(index)) if (descriptor.digest !== digest && of.children.some((child) => child.digest === digest) && await except?.(descriptor) !== true) return descriptor;
		}
	};
	return graph;
}
async function readFacts(descriptor, blobs) {
	const chunks = [];
	for await (const chunk of blobs.read(descriptor)) chunks.push(chunk);
	try {
		return factsOf(require_manifest.parseManifest(Buffer.concat(chunks), descriptor.mediaType, require_digest.algorithmOf(descriptor.digest)));
	} catch (error) {
		if (require_failure.isFailure(error, "CONTENT_INVALID") || require_failure.isFailure(error, "UNSUPPORTED") || require_failure.isFailure(error, "LIMIT_REACHED")) return "not a manifest";
		throw error;
	}
}
function factsOf(manifest) {
	const artifactType = require_manifest.artifactTypeOf(manifest);
	const annotations = Object.keys(manifest.annotations).length > 0 ? { annotations: manifest.annotations } : {};
	return {
		listed: {
			...manifest.descriptor,
			...artifactType === void 0 ? {} : { artifactType },
			...annotations
		},
		...manifest.subject ? { subject: manifest.subject.digest } : {},
		children: require_manifest.childrenOf(manifest)
	};
}

// src/registry/target/layout/reading.ts
async function findManifest({ graph, blobs }, index, digest) {
	const descriptor = rootsOf(index).get(digest) ?? (await graph.reachable(index)).get(digest);
	if (!descriptor || !require_manifest.isManifestType(descriptor.mediaType)) return void 0;
	return await blobs.size(digest) === void 0 ? void 0 : descriptor;
}
async function resolveIn(place, ref) {
	const index = await place.index();
	if (!index) return void 0;
	if (require_digest.isDigest(ref)) return findManifest(place, index, ref);
	const named = findTag(index, ref, `index.json of ${place.name}`);
	if (named && await place.blobs.size(named.digest) === void 0) throw new require_failure.Failure("CONTENT_MISSING", `${place.name} names ${named.digest} as ${ref} but does not have it`, {
		hint: "The layout is not complete: copy or push the image to it again.",
		facts: { digest: named.digest }
	});
	return named;
}
async function tagsIn(place) {
	const index = await place.index();
	return index ? tagsOf(index) : [];
}
async function fetchFrom(place, descriptor) {
	const { blobs, name } = place;
	const size = await place.index() ? await blobs.size(descriptor.digest) : void 0;
	if (size === void 0) throw missing(descriptor.digest, name);
	if (size !== descriptor.size) throw new require_failure.Failure("DIGEST_MISMATCH", `${descriptor.digest} in ${name} has ${size} bytes instead of the promised ${descriptor.size}`, {
		hint: "Either the descriptor is wrong or the file is damaged: push the image again, or take it from another place.",
		facts: { digest: descriptor.digest }
	});
	return {
		size,
		open: (from = 0) => blobs.read(descriptor, from)
	};
}
function readingOf(place) {
	return {
		resolve: (ref) => resolveIn(place, ref),
		async has(descriptor) {
			const index = await place.index();
			if (!index) return false;
			if (require_manifest.isManifestType(descriptor.mediaType) && !await findManifest(place, index, descriptor.digest)) return false;
			return await place.blobs.size(descriptor.digest) === descriptor.size;
		},
		fetch: (descriptor) => fetchFrom(place, descriptor),
		async *tags() {
			yield* await tagsIn(place);
		},
		async *referrers(subject) {
			const index = await place.index();
			if (index) yield* await place.graph.referrers(index, subject);
		}
	};
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
		await sweep(await require_durable.makeBelow(directory, ".ferry", "incoming"));
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
				if (require_durable.systemCode(error) !== "ENOENT") throw error;
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
	for (const name of await leftoversIn(place, prefix)) await (0, node_fs_promises.rm)((0, node_path.join)(place, name), {
		recursive: true,
		force: true
	});
}
async function leftoversIn(place, prefix = "") {
	const found = [];
	for (const name of await (0, node_fs_promises.readdir)(place)) {
		if (!name.startsWith(prefix)) continue;
		const owner = parseOwner(name.slice(prefix.length).split(".")[0] ?? "");
		if (owner && (isNear(owner) ? isGone(owner) : await isOld((0, node_path.join)(place, name)))) found.push(name);
	}
	return found;
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
		if (require_durable.systemCode(error) === "ENOENT") return void 0;
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
		if (require_durable.systemCode(error) === "ENOENT") return false;
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
	const prepared = (0, node_path.join)(await require_durable.makeBelow(directory, ".ferry", "incoming"), ownedName());
	await (0, node_fs_promises.mkdir)(prepared);
	try {
		await (0, node_fs_promises.writeFile)((0, node_path.join)(prepared, "free"), "");
		await (0, node_fs_promises.rename)(prepared, place);
	} catch (error) {
		await (0, node_fs_promises.rm)(prepared, {
			recursive: true,
			force: true
		});
		if (!["ENOTEMPTY", "EEXIST"].includes(require_durable.systemCode(error))) throw error;
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

// src/registry/target/layout/directories.ts
async function makeDirectories(directory) {
	if (await made(directory)) return;
	const parent = (0, node_path.dirname)(directory);
	if (parent !== directory) await makeDirectories(parent);
	await (0, node_fs_promises.mkdir)(directory).catch((error) => {
		if (require_durable.systemCode(error) !== "EEXIST") throw error;
	});
}
async function made(directory) {
	try {
		await (0, node_fs_promises.mkdir)(directory);
		return true;
	} catch (error) {
		if (require_durable.systemCode(error) === "EEXIST") return true;
		if (require_durable.systemCode(error) === "ENOENT") return false;
		throw error;
	}
}

// src/registry/target/layout/create.ts
const MARK = "oci-layout";
const MARK_TEXT = "{\"imageLayoutVersion\":\"1.0.0\"}";
const PREPARED = ".ferry-new-";
const LOST_AND_FOUND = "lost+found";
async function isLayout(directory) {
	try {
		checkMark(await (0, node_fs_promises.readFile)((0, node_path.join)(directory, MARK)), `oci:${directory}`);
		return true;
	} catch (error) {
		if (require_durable.systemCode(error) !== "ENOENT") throw require_durable.fileTrouble(error, `cannot read oci:${directory}`);
	}
	const names = await namesIn(directory);
	if (names === void 0 || names.length === 0 || names.includes(".ferry")) return false;
	if (names.includes("oci-layout")) return isLayout(directory);
	throw notLayout(directory);
}
async function namesIn(directory) {
	try {
		return (await (0, node_fs_promises.readdir)(directory)).filter((name) => name !== LOST_AND_FOUND);
	} catch (error) {
		if (require_durable.systemCode(error) === "ENOENT") return void 0;
		throw require_durable.fileTrouble(error, `cannot read oci:${directory}`);
	}
}
function notLayout(directory) {
	return new require_failure.Failure("FILE_UNREADABLE", `${directory} is not an OCI image layout`, {
		cause: `it has no file ${MARK}`,
		hint: "Name the directory of a layout (it has the files oci-layout and index.json), or a new one to write to.",
		facts: { directory }
	});
}
function checkMark(bytes, where) {
	const mark = require_json.parseStrictJson(bytes, `${MARK} of ${where}`);
	const version = require_json.isObject(mark) ? mark["imageLayoutVersion"] : void 0;
	if (version === "1.0.0") return;
	throw new require_failure.Failure("UNSUPPORTED", `${where} is a layout of a version that is not known`, { cause: `imageLayoutVersion is ${JSON.stringify(version)?.slice(0, 40) ?? "missing"}; 1.0.0 is known` });
}
async function createLayout(directory, incoming, call) {
	try {
		const names = await namesIn(directory);
		if (names === void 0) await createWhole(directory);
		else if (names.length > 0 && !names.includes(".ferry") && !names.includes("oci-layout")) throw notLayout(directory);
		if (await hasMark(directory)) return;
		const lock = await acquireLock(directory, call);
		try {
			if (!await hasMark(directory)) await fill(directory, incoming);
		} finally {
			await lock.release();
		}
	} catch (error) {
		throw require_durable.fileTrouble(error, `cannot create oci:${directory}`);
	}
}
async function hasMark(directory) {
	try {
		await (0, node_fs_promises.stat)((0, node_path.join)(directory, MARK));
		return true;
	} catch (error) {
		if (require_durable.systemCode(error) === "ENOENT") return false;
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
		await require_durable.syncDirectory(prepared);
		await require_durable.renameDurably(prepared, directory, parent);
	} catch (error) {
		await (0, node_fs_promises.rm)(prepared, {
			recursive: true,
			force: true
		});
		if (![
			"ENOTEMPTY",
			"EEXIST",
			"EBUSY"
		].includes(require_durable.systemCode(error))) throw error;
	}
}
async function fill(directory, incoming) {
	await require_durable.makeBelow(directory, "blobs", "sha256");
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
	await require_durable.syncDirectory(directory);
}
async function writeSynced(file, text) {
	const handle = await (0, node_fs_promises.open)(file, "wx", 420);
	try {
		await require_durable.writeAll(handle, Buffer.from(text));
		await handle.sync();
	} finally {
		await handle.close();
	}
}

// src/registry/target/layout/index-file.ts
const LARGEST_INDEX = 67108864;
const MOST_TRIES = 5;
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
			if (require_durable.systemCode(error) === "ENOENT") return void 0;
			throw require_durable.fileTrouble(error, `cannot read index.json of ${what}`);
		}
	};
	const write = async (index, lock) => {
		const { path, handle } = await incoming.create();
		try {
			await require_durable.writeAll(handle, Buffer.from(printIndex(index)));
			await handle.chmod(420);
			await handle.sync();
			if (!await lock.held()) {
				await (0, node_fs_promises.rm)(path, { force: true });
				return false;
			}
			await (0, node_fs_promises.rename)(path, file);
			await require_durable.syncDirectory(directory);
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
					if (tries === MOST_TRIES) throw new require_failure.Failure("LAYOUT_BUSY", `cannot keep the lock of ${what} long enough to write index.json`);
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
				for (const one of batch) one.failed(require_durable.fileTrouble(error, `cannot write index.json of ${what}`));
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
	const base = others[at]?.json ?? require_manifest.descriptorJson(bare(descriptor));
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
		entries: [...index.entries, ...added.map((descriptor) => readEntry(require_manifest.descriptorJson(bare(descriptor)), "the new entry"))]
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
	const find = (index, digest) => findManifest({
		graph,
		blobs
	}, index, digest);
	const needChildren = async (index, descriptor, children) => {
		const lacking = [];
		for (const child of children) {
			if (require_manifest.isForeignLayer(child.mediaType)) continue;
			if (!(require_manifest.isManifestType(child.mediaType) ? await find(index, child.digest) : await blobs.size(child.digest) === child.size)) lacking.push(child.digest);
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
			const manifest = require_manifest.parseManifest(bytes, descriptor.mediaType, require_digest.algorithmOf(descriptor.digest));
			const children = require_manifest.childrenOf(manifest);
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
				const subject = facts?.subject;
				await refuseUsed(index, digest, (user) => subject === void 0 ? Promise.resolve(false) : listsAttachments(index, user, subject));
				const without = withoutDigest(index, digest);
				const still = await graph.reachable(without);
				const orphans = [];
				for (const child of facts?.children ?? []) if (require_manifest.isManifestType(child.mediaType) && !still.has(child.digest) && await blobs.size(child.digest) !== void 0) orphans.push(child);
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
	async function listsAttachments(index, user, subject) {
		const entries = index.entries.filter(({ descriptor }) => descriptor?.digest === user.digest);
		if (entries.some((entry) => entry.name === require_digest.fallbackTag(subject))) return true;
		if (entries.length === 0 || entries.some((entry) => entry.name !== void 0)) return false;
		for (const child of (await graph.facts(user))?.children ?? []) {
			const facts = await graph.facts(child);
			if (facts && facts.subject !== subject) return false;
		}
		return true;
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

// src/registry/target/layout/overlay.ts
function overlay(own, { blobs: beneath, removed }) {
	const holder = async (digest) => removed.has(digest) || await own.size(digest) !== void 0 ? own : beneath;
	return {
		path: own.path,
		touch: async (digest) => await own.touch(digest) || !removed.has(digest) && await beneath.size(digest) !== void 0,
		async size(digest) {
			return await own.size(digest) ?? (removed.has(digest) ? void 0 : await beneath.size(digest));
		},
		async raw(digest, from, to) {
			return (await holder(digest)).raw(digest, from, to);
		},
		async *read(descriptor, from) {
			yield* (await holder(descriptor.digest)).read(descriptor, from);
		},
		async store(descriptor, chunks, call) {
			await own.store(descriptor, chunks, call);
			removed.delete(descriptor.digest);
		},
		async adopt(digest, file) {
			await own.adopt(digest, file);
			removed.delete(digest);
		},
		async take(descriptor, from, call) {
			await own.take(descriptor, from, call);
			removed.delete(descriptor.digest);
		},
		async remove(digest) {
			removed.add(digest);
			await own.remove(digest);
		}
	};
}

// src/registry/target/layout/store.ts
function openStore(path, options = {}) {
	const directory = path.length > 1 ? path.replace(/\/+$/, "") : path;
	const name = options.name ?? `oci:${directory}`;
	const incoming = openIncoming(directory);
	const own = openBlobs(directory, incoming, name);
	const blobs = options.beneath ? overlay(own, options.beneath) : own;
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
		resolve: (ref) => resolveIn(store, ref),
		tags: () => tagsIn(store),
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

Object.defineProperty(exports, "EMPTY_INDEX", {
  enumerable: true,
  get: function () {
    return EMPTY_INDEX;
  }
});
Object.defineProperty(exports, "MARK", {
  enumerable: true,
  get: function () {
    return MARK;
  }
});
Object.defineProperty(exports, "MARK_TEXT", {
  enumerable: true,
  get: function () {
    return MARK_TEXT;
  }
});
Object.defineProperty(exports, "REF_NAME", {
  enumerable: true,
  get: function () {
    return REF_NAME;
  }
});
Object.defineProperty(exports, "acquireLock", {
  enumerable: true,
  get: function () {
    return acquireLock;
  }
});
Object.defineProperty(exports, "checkMark", {
  enumerable: true,
  get: function () {
    return checkMark;
  }
});
Object.defineProperty(exports, "chunksOf", {
  enumerable: true,
  get: function () {
    return chunksOf;
  }
});
Object.defineProperty(exports, "createGraph", {
  enumerable: true,
  get: function () {
    return createGraph;
  }
});
Object.defineProperty(exports, "findTag", {
  enumerable: true,
  get: function () {
    return findTag;
  }
});
Object.defineProperty(exports, "leftoversIn", {
  enumerable: true,
  get: function () {
    return leftoversIn;
  }
});
Object.defineProperty(exports, "makeDirectories", {
  enumerable: true,
  get: function () {
    return makeDirectories;
  }
});
Object.defineProperty(exports, "missing", {
  enumerable: true,
  get: function () {
    return missing;
  }
});
Object.defineProperty(exports, "openRegular", {
  enumerable: true,
  get: function () {
    return openRegular;
  }
});
Object.defineProperty(exports, "openStore", {
  enumerable: true,
  get: function () {
    return openStore;
  }
});
Object.defineProperty(exports, "ownedName", {
  enumerable: true,
  get: function () {
    return ownedName;
  }
});
Object.defineProperty(exports, "parseIndex", {
  enumerable: true,
  get: function () {
    return parseIndex;
  }
});
Object.defineProperty(exports, "parseOwner", {
  enumerable: true,
  get: function () {
    return parseOwner;
  }
});
Object.defineProperty(exports, "printIndex", {
  enumerable: true,
  get: function () {
    return printIndex;
  }
});
Object.defineProperty(exports, "provenFrom", {
  enumerable: true,
  get: function () {
    return provenFrom;
  }
});
Object.defineProperty(exports, "readEntry", {
  enumerable: true,
  get: function () {
    return readEntry;
  }
});
Object.defineProperty(exports, "readingOf", {
  enumerable: true,
  get: function () {
    return readingOf;
  }
});
Object.defineProperty(exports, "sweep", {
  enumerable: true,
  get: function () {
    return sweep;
  }
});
Object.defineProperty(exports, "tagsOf", {
  enumerable: true,
  get: function () {
    return tagsOf;
  }
});