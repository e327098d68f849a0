const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_failure = require("./failure.cjs");
const require_call = require("./call.cjs");
const require_durable = require("./durable.cjs");
const require_store = require("./store.cjs");
const require_digest = require("./digest.cjs");
const require_manifest = require("./manifest.cjs");
const require_json = require("./json.cjs");
const require_field = require("./field.cjs");
const require_step = require("./step.cjs");
const require_units = require("./units.cjs");
let node_fs_promises = require("node:fs/promises");
let node_path = require("node:path");

// src/registry/target/layout/gc/garbage.ts
function isOld(touched, age) {
	return Date.now() - touched > age;
}
async function blobsIn(directory) {
	const found = [];
	let strange = 0;
	for (const algorithm of await (0, node_fs_promises.readdir)((0, node_path.join)(directory, "blobs"))) {
		const names = await (0, node_fs_promises.readdir)((0, node_path.join)(directory, "blobs", algorithm)).catch(() => []);
		for (const hex of names) {
			const digest = `${algorithm}:${hex}`;
			const path = `blobs/${algorithm}/${hex}`;
			const stats = require_digest.isDigest(digest) ? await (0, node_fs_promises.lstat)((0, node_path.join)(directory, path)).catch(() => void 0) : void 0;
			if (require_digest.isDigest(digest) && stats?.isFile() === true) found.push({
				digest,
				path,
				bytes: stats.size,
				touched: Math.max(stats.mtimeMs, stats.ctimeMs)
			});
			else strange += 1;
		}
	}
	return {
		found: found.toSorted((left, right) => left.digest < right.digest ? -1 : 1),
		strange
	};
}
async function leftovers(directory) {
	const found = [];
	for (const name of await require_store.leftoversIn((0, node_path.join)(directory, ".ferry", "incoming")).catch(() => [])) {
		const stats = await (0, node_fs_promises.lstat)((0, node_path.join)(directory, ".ferry", "incoming", name)).catch(() => void 0);
		if (stats) found.push({
			path: `.ferry/incoming/${name}`,
			bytes: stats.size,
			touched: stats.mtimeMs,
			why: "left by a process that ended"
		});
	}
	return found;
}

// src/registry/target/layout/gc/collect.ts
const BATCH = 32;
async function collectLayout(survey, age, call) {
	const { directory, name } = survey;
	const removed = [];
	if (survey.refused) return removed;
	try {
		await require_durable.makeBelow(directory, ".ferry", "incoming");
		for (let at = 0; at < survey.garbage.length; at += BATCH) {
			require_call.throwIfStopped(call);
			const lock = await require_store.acquireLock(directory, call);
			try {
				const index = await require_store.openStore(directory, { create: false }).index();
				if (!index) throw new require_failure.Failure("CONTENT_MISSING", `${name} went away while it was collected`);
				const needed = await survey.reach.from(index, survey.present, call);
				for (const one of survey.garbage.slice(at, at + BATCH)) {
					require_call.throwIfStopped(call);
					if (one.digest !== void 0 && needed.has(one.digest)) continue;
					if (await removeOne(directory, one, age, lock)) removed.push(one);
				}
			} finally {
				await lock.release();
			}
		}
		return removed;
	} catch (error) {
		throw require_durable.fileTrouble(error, `cannot collect ${name}`);
	}
}
async function removeOne(directory, { path, digest }, age, lock) {
	const file = (0, node_path.join)(directory, path);
	const before = await timesOf(file);
	if (before === void 0 || digest !== void 0 && !isOld(Math.max(before.modified, before.changed), age)) return false;
	if (!await lock.held()) throw new require_failure.Failure("LAYOUT_BUSY", `the lock of ${directory} was lost`, { hint: "Run the same command again." });
	const away = (0, node_path.join)(directory, ".ferry", "incoming", require_store.ownedName());
	try {
		await (0, node_fs_promises.rename)(file, away);
	} catch (error) {
		if (require_durable.systemCode(error) === "ENOENT") return false;
		throw error;
	}
	const after = await timesOf(away);
	if (digest !== void 0 && after !== void 0 && after.modified !== before.modified) {
		await (0, node_fs_promises.rename)(away, file);
		return false;
	}
	await (0, node_fs_promises.rm)(away, {
		recursive: true,
		force: true
	});
	return true;
}
async function timesOf(file) {
	try {
		const { mtimeMs, ctimeMs } = await (0, node_fs_promises.lstat)(file);
		return {
			modified: mtimeMs,
			changed: ctimeMs
		};
	} catch (error) {
		if (require_durable.systemCode(error) === "ENOENT") return void 0;
		throw error;
	}
}

// src/registry/target/layout/gc/directory.ts
async function layoutsIn(directory) {
	try {
		if (await isMarked(directory)) return [directory];
		const names = (await (0, node_fs_promises.readdir)(directory, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
		const found = [];
		for (const name of names.toSorted()) if (await isMarked((0, node_path.join)(directory, name))) found.push((0, node_path.join)(directory, name));
		if (found.length > 0) return found;
	} catch (error) {
		throw require_durable.fileTrouble(error, `cannot look into ${directory}`);
	}
	throw new require_failure.Failure("FILE_UNREADABLE", `there is no OCI layout in ${directory}`, { hint: "Name the directory of a layout (it has a file oci-layout), or the one that ferry registry serve is started with." });
}
async function isMarked(directory) {
	return (0, node_fs_promises.stat)((0, node_path.join)(directory, require_store.MARK)).then((stats) => stats.isFile(), () => false);
}
async function staleUploads(directory, age) {
	const found = [];
	for (const repository of await namesIn((0, node_path.join)(directory, ".ferry", "uploads"))) for (const id of await namesIn((0, node_path.join)(directory, ".ferry", "uploads", repository))) {
		const path = `.ferry/uploads/${repository}/${id}`;
		const stats = await (0, node_fs_promises.lstat)((0, node_path.join)(directory, path)).catch(() => void 0);
		if (stats?.isFile() === true && isOld(stats.mtimeMs, age)) found.push({
			path,
			bytes: stats.size,
			touched: stats.mtimeMs,
			why: "an upload that nobody goes on with"
		});
	}
	return found;
}
async function namesIn(directory) {
	return (0, node_fs_promises.readdir)(directory).catch(() => []);
}
async function removeUploads(directory, uploads, age) {
	const removed = [];
	for (const upload of uploads) {
		const stats = await (0, node_fs_promises.lstat)((0, node_path.join)(directory, upload.path)).catch(() => void 0);
		if (!stats || !isOld(stats.mtimeMs, age)) continue;
		await (0, node_fs_promises.rm)((0, node_path.join)(directory, upload.path), { force: true });
		removed.push(upload);
	}
	return removed;
}

// src/registry/target/layout/gc/mentions.ts
const NONE = { digests: /* @__PURE__ */ new Set() };
function looksLikeJson(start) {
	return /^[ \t\r\n]*[[{]/.test(Buffer.from(start).toString("latin1"));
}
function mentionsIn(bytes) {
	if (!looksLikeJson(bytes.subarray(0, 64))) return NONE;
	const text = Buffer.from(bytes).toString("utf8");
	const digests = /* @__PURE__ */ new Set();
	for (const [found] of text.matchAll(/sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128})/g)) if (require_digest.isDigest(found)) digests.add(found);
	const value = parsed(text);
	for (const said of textsOf(value)) if (require_digest.isDigest(said)) digests.add(said);
	const subject = require_json.isObject(value) && require_json.isObject(value["subject"]) ? value["subject"]["digest"] : void 0;
	return {
		digests,
		...typeof subject === "string" && require_digest.isDigest(subject) ? { subject } : {}
	};
}
function parsed(text) {
	try {
		return JSON.parse(text);
	} catch {
		return;
	}
}
function* textsOf(value) {
	const open = value === void 0 ? [] : [value];
	for (let next = open.pop(); next !== void 0; next = open.pop()) if (typeof next === "string") yield next;
	else if (Array.isArray(next)) open.push(...next);
	else if (require_json.isObject(next)) {
		yield* Object.keys(next);
		open.push(...Object.values(next));
	}
}

// src/registry/target/layout/gc/reach.ts
function createReach(name, blobs) {
	const known = /* @__PURE__ */ new Map();
	const checked = /* @__PURE__ */ new Set();
	const manifests = /* @__PURE__ */ new Set();
	const mentionsOf = async (digest, proven) => {
		const found = known.get(digest);
		if (found && (checked.has(digest) || !proven)) return found;
		const size = await blobs.size(digest);
		const bytes = size === void 0 || size > 8388608 ? /* @__PURE__ */ new Uint8Array() : await documentAt(digest, size, proven);
		const mentions = mentionsIn(bytes);
		known.set(digest, mentions);
		if (proven) checked.add(digest);
		return mentions;
	};
	async function documentAt(digest, size, proven) {
		if (!looksLikeJson(await whole(await blobs.raw(digest, 0, 63)))) return /* @__PURE__ */ new Uint8Array();
		return whole(proven ? blobs.read({
			mediaType: "application/octet-stream",
			digest,
			size
		}) : await blobs.raw(digest));
	}
	async function checkEntries(index) {
		for (const { descriptor } of index.entries) {
			if (!descriptor) throw unclear(name, "an entry of index.json is not a descriptor that is understood");
			const { digest, mediaType } = descriptor;
			if (!require_manifest.isManifestType(mediaType)) continue;
			const size = await blobs.size(digest);
			if (size === void 0) throw unclear(name, `index.json names ${digest}, which is not there`);
			if (size > 8388608) throw unclear(name, `${digest} is too large for a manifest`);
			await checkManifest(digest, size, mediaType);
		}
	}
	async function checkManifest(digest, size, mediaType) {
		if (manifests.has(digest)) return;
		const bytes = await whole(blobs.read({
			mediaType,
			digest,
			size
		}));
		const manifest = require_manifest.parseManifest(bytes, mediaType, require_digest.algorithmOf(digest));
		manifests.add(digest);
		for (const child of manifest.kind === "index" ? manifest.manifests : []) {
			const there = require_manifest.isManifestType(child.mediaType) ? await blobs.size(child.digest) : void 0;
			if (there !== void 0) await checkManifest(child.digest, there, child.mediaType);
		}
	}
	let last;
	return { async from(index, present, call) {
		const text = require_store.printIndex(index);
		if (last?.text === text && last.present === present) return last.reached;
		await checkEntries(index);
		const reached = /* @__PURE__ */ new Set();
		const follow = async (first) => {
			const open = [...first];
			for (let next = open.pop(); next !== void 0; next = open.pop()) {
				if (reached.has(next)) continue;
				require_call.throwIfStopped(call);
				reached.add(next);
				open.push(...(await mentionsOf(next, true)).digests);
			}
		};
		await follow(mentionsIn(Buffer.from(text)).digests);
		for (let before = -1; before !== reached.size;) {
			before = reached.size;
			for (const digest of present) {
				if (reached.has(digest)) continue;
				require_call.throwIfStopped(call);
				const { subject } = await mentionsOf(digest, false);
				if (subject !== void 0 && reached.has(subject)) await follow([digest]);
			}
		}
		last = {
			text,
			present,
			reached
		};
		return reached;
	} };
}
async function whole(chunks) {
	const all = [];
	for await (const chunk of chunks) all.push(chunk);
	return Buffer.concat(all);
}
function unclear(name, why) {
	return new require_failure.Failure("CONTENT_INVALID", `${name} cannot be understood as a whole`, {
		cause: why,
		hint: "Nothing was removed there. ferry check and ferry repair find and mend what is wrong; then collect again."
	});
}

// src/registry/target/layout/gc/survey.ts
const MOST_LOOKS = 20;
async function surveyLayout(directory, age, call) {
	const name = `oci:${directory}`;
	const refusal = (refused) => {
		const { blobs } = require_store.openStore(directory, { create: false });
		return {
			directory,
			name,
			reach: createReach(name, blobs),
			present: /* @__PURE__ */ new Set(),
			needed: 0,
			young: 0,
			strange: 0,
			garbage: [],
			refused
		};
	};
	for (let looks = 1;; looks += 1) {
		require_call.throwIfStopped(call);
		const store = require_store.openStore(directory, { create: false });
		let index;
		try {
			index = await store.index();
			if (!index) throw new require_failure.Failure("CONTENT_INVALID", `${name} is not a whole layout`, { hint: "Nothing was removed there. Write to it, or remove it." });
			return await lookAt(store, index, age, call);
		} catch (error) {
			const refused = require_failure.asFailure(require_durable.fileTrouble(error, `cannot look at ${name}`));
			if (call.signal.aborted) throw refused;
			const now = await require_store.openStore(directory, { create: false }).index().catch(() => void 0);
			if (index === void 0 || now === void 0 || require_store.printIndex(index) === require_store.printIndex(now) || looks === MOST_LOOKS) return refusal(refused);
		}
	}
}
async function lookAt({ directory, name, blobs }, index, age, call) {
	const reach = createReach(name, blobs);
	const { found, strange } = await blobsIn(directory);
	const present = new Set(found.map((blob) => blob.digest));
	const needed = await reach.from(index, present, call);
	const unused = found.filter((blob) => !needed.has(blob.digest));
	const old = unused.filter((blob) => isOld(blob.touched, age));
	const garbage = [...old.map((blob) => ({
		...blob,
		why: "nothing names it"
	})), ...await leftovers(directory)];
	return {
		directory,
		name,
		reach,
		present,
		needed: found.length - unused.length,
		young: unused.length - old.length,
		strange,
		garbage
	};
}

// src/entry/garbage-report.ts
function leftAlone(touched) {
	const hours = Math.floor((Date.now() - touched) / 36e5);
	if (hours >= 48) return `${Math.floor(hours / 24)} days`;
	return hours >= 2 ? `${hours} h` : require_units.formatDuration(Math.max(0, Date.now() - touched));
}
const MOST_ROWS = 500;
function shownGarbage(surveys, gone, apply) {
	const bytes = gone.reduce((sum, one) => sum + one.bytes, 0);
	const rows = gone.slice(0, MOST_ROWS).map((one) => [
		one.name,
		one.digest ?? one.path,
		require_units.formatBytes(one.bytes),
		leftAlone(one.touched),
		one.why
	]);
	const lines = [...gone.length > MOST_ROWS ? [`and ${gone.length - MOST_ROWS} more files`] : [], `${apply ? "freed" : "would free"} ${require_units.formatBytes(bytes)} in ${gone.length} files${apply || gone.length === 0 ? "" : "; give --apply to do it"}`];
	return {
		name: "gc",
		title: apply ? "What was removed" : "What would be removed",
		data: {
			applied: apply,
			bytes,
			layouts: surveys.map(({ name, needed, young, strange, refused }) => ({
				name,
				needed,
				young,
				strange,
				...refused ? { refused: refused.message } : {}
			})),
			removed: gone.map(({ name, path, digest, bytes: size, touched, why }) => ({
				layout: name,
				path,
				...digest === void 0 ? {} : { digest },
				bytes: size,
				touched: new Date(touched).toISOString(),
				why
			}))
		},
		tables: [{
			columns: [
				"layout",
				"needed",
				"too young",
				"not ours"
			],
			rows: surveys.map((one) => [
				one.name,
				String(one.needed),
				String(one.young),
				String(one.strange)
			])
		}, ...rows.length > 0 ? [{
			columns: [
				"layout",
				"what",
				"size",
				"left alone for",
				"why"
			],
			rows
		}] : []],
		lines
	};
}

// src/entry/commands/registry-gc.ts
const registryGcCommand = require_step.defineStep({
	name: "registry gc",
	summary: "Free the space of content that nothing names any more, in an OCI layout or a directory of registry serve",
	details: "Shows what would go; apply carries it out. Kept is everything that index.json mentions, everything those documents mention, whatever is attached to any of it, and everything younger than older-than, since a push that is under way names it last. A layout of which one manifest cannot be read is left alone. Others may push meanwhile.",
	since: "0.1.0",
	chinese: {
		title: "清理镜像仓库",
		summary: "释放 OCI layout 或 registry serve 目录中不再被引用的内容所占空间"
	},
	needs: [],
	inputs: {
		directory: require_field.field.directory({
			about: "The layout, or the directory that registry serve is started with",
			example: "./reg",
			positional: true
		}),
		olderThan: require_field.field.duration({
			about: "Only what nobody has written or wanted for so long; longer than any push takes",
			example: "24h",
			fallback: "24h"
		}),
		apply: require_field.field.switch({ about: "Carry the plan out; without it the plan is only shown" })
	},
	outputs: {
		files: require_step.out.number({ about: "Files that were removed, or would be" }),
		bytes: require_step.out.number({ about: "Bytes that were freed, or would be" }),
		applied: require_step.out.switch({ about: "Whether the plan was carried out" })
	},
	examples: [{
		title: "What would go",
		inputs: { directory: "./reg" }
	}, {
		title: "Carried out",
		inputs: {
			directory: "./reg",
			olderThan: "48h",
			apply: true
		}
	}],
	async run({ directory, olderThan, apply }, { call, log, show }) {
		const surveys = [];
		for (const layout of await layoutsIn(directory)) surveys.push(await surveyLayout(layout, olderThan, call));
		const uploads = await staleUploads(directory, olderThan);
		const gone = [];
		const add = (name, garbage) => void gone.push(...garbage.map((one) => ({
			name,
			...one
		})));
		try {
			for (const survey of surveys) add(survey.name, apply ? await collectLayout(survey, olderThan, call) : survey.garbage);
			add(directory, apply ? await removeUploads(directory, uploads, olderThan) : uploads);
		} finally {
			show(shownGarbage(surveys, gone, apply));
		}
		const refused = surveys.flatMap(({ name, refused: why }) => why ? [{
			name,
			why
		}] : []);
		for (const { name, why } of refused) log.warn("left alone", {
			layout: name,
			why: why.message
		});
		const [first] = refused;
		if (first) throw new require_failure.Failure("CONTENT_INVALID", `${refused.length} of ${surveys.length} layouts cannot be understood, and nothing was removed there`, {
			cause: first.why,
			hint: first.why.hint ?? "Mend them, then collect again.",
			more: refused.slice(0, 20).map(({ why }) => why)
		});
		return {
			files: gone.length,
			bytes: gone.reduce((sum, { bytes }) => sum + bytes, 0),
			applied: apply
		};
	}
});

exports.registryGcCommand = registryGcCommand;