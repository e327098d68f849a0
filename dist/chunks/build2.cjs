const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_failure = require("./failure.cjs");
const require_printable = require("./printable.cjs");
const require_suggest = require("./suggest.cjs");
const require_call = require("./call.cjs");
const require_digest = require("./digest.cjs");
const require_manifest = require("./manifest.cjs");
const require_image_config = require("./image-config.cjs");
const require_target = require("./target.cjs");
const require_signals = require("./signals.cjs");
const require_json = require("./json.cjs");
const require_annotations = require("./annotations.cjs");
const require_field = require("./field.cjs");
const require_step = require("./step.cjs");
const require_places = require("./places.cjs");
let node_fs = require("node:fs");
let node_crypto = require("node:crypto");
let node_fs_promises = require("node:fs/promises");
let node_path = require("node:path");
let node_os = require("node:os");
let node_zlib = require("node:zlib");
let node_buffer = require("node:buffer");
let node_stream_promises = require("node:stream/promises");

// src/build/layer/entry.ts
const ROOT = {
	uid: 0,
	gid: 0
};
const LARGEST_ID = 4294967294;
function readOwner(text) {
	const match = /^(\d{1,10})(?::(\d{1,10}))?$/.exec(text);
	const uid = Number(match?.[1]);
	const gid = Number(match?.[2] ?? match?.[1]);
	if (match && uid <= LARGEST_ID && gid <= LARGEST_ID) return {
		uid,
		gid
	};
	throw new require_failure.Failure("INPUT_INVALID", `"${text.slice(0, 80)}" is not an owner`, { hint: "Write uid:gid as numbers, e.g. 1000:1000; names are not known while a layer is written." });
}
function readMode(text) {
	if (/^0?[0-7]{3,4}$/.test(text)) return Number.parseInt(text, 8);
	throw new require_failure.Failure("INPUT_INVALID", `"${text.slice(0, 80)}" is not a mode`, { hint: "Write three or four octal digits, in quotes in YAML, e.g. \"0755\"." });
}
function directoryMode(mode) {
	return mode === void 0 ? 493 : mode | (mode & 292) >> 2;
}

// src/build/check.ts
function checkRecipe(recipe, problems) {
	const check = createCheck(problems);
	const layers = (recipe.layers ?? [{ from: "." }]).map((layer, index) => checkLayer(layer, `layers[${index}]`, check));
	const ports = (recipe.ports ?? []).map((port, index) => check(`ports[${index}]`, port, () => readPort(port)) ?? port);
	const workdir = recipe.workdir === void 0 ? void 0 : check("workdir", recipe.workdir, () => readPlace(recipe.workdir ?? "").path);
	for (const [index, volume] of (recipe.volumes ?? []).entries()) check(`volumes[${index}]`, volume, () => readPlace(volume));
	for (const [field, words] of Object.entries({
		entrypoint: recipe.entrypoint ?? [],
		cmd: recipe.cmd ?? []
	})) for (const [index, word] of words.entries()) check(`${field}[${index}]`, word, () => refuseIf(word.includes("\0"), "it has a zero byte", NO_ZERO));
	for (const [name, value] of Object.entries(recipe.env ?? {})) {
		check(`env.${name}`, name, () => refuseIf(!/^[^=\s\0]+$/.test(name), "a name has no spaces and no =", "Write NAME: value."));
		check(`env.${name}`, value, () => refuseIf(value.includes("\0"), "it has a zero byte", NO_ZERO));
	}
	for (const [field, map] of Object.entries({
		labels: recipe.labels ?? {},
		annotations: recipe.annotations ?? {}
	})) if (Object.hasOwn(map, "")) check(field, "", () => refuseIf(true, "a name is empty", "Write name: value."));
	const { user, stopSignal } = recipe;
	if (user !== void 0) check("user", user, () => refuseIf(!/^[^\s:\0]+(?::[^\s:\0]+)?$/.test(user), "it is not a user", "Write user, uid, user:group or uid:gid."));
	if (stopSignal !== void 0) check("stopSignal", stopSignal, () => refuseIf(!/^(?:SIG[A-Z0-9+-]+|[1-9]\d?)$/.test(stopSignal), "it is not a signal", "Write e.g. SIGTERM or 15."));
	const platforms = (recipe.platforms ?? []).map(require_manifest.printPlatform);
	for (const [index, platform] of platforms.entries()) check(`platforms[${index}]`, platform, () => {
		require_manifest.readPlatform(platform);
		refuseIf(platforms.indexOf(platform) !== index, "it stands there twice", "Name every platform once.");
	});
	if (recipe.platforms?.length === 0) check("platforms", "", () => refuseIf(true, "the list is empty", "Leave it out, or name one, e.g. linux/amd64."));
	return {
		layers,
		ports,
		workdir,
		created: checkCreated(recipe.created ?? /* @__PURE__ */ new Date(0), check)
	};
}
const NO_ZERO = "No program can be given a zero byte: take it out.";
function createCheck(problems) {
	return (field, value, read) => {
		try {
			return read();
		} catch (error) {
			if (!require_failure.isFailure(error)) throw error;
			const message = `${require_printable.printable(field, 120)} cannot be "${require_printable.printable(value, 160)}": ${error.message}`;
			problems.push(new require_failure.Failure("INPUT_INVALID", message, {
				facts: { field },
				...error.hint === void 0 ? {} : { hint: error.hint }
			}));
			return;
		}
	};
}
function refuseIf(wrong, why, hint) {
	if (wrong) throw new require_failure.Failure("INPUT_INVALID", why, { hint });
}
function checkLayer(layer, field, check) {
	const { from, to, owner, mode } = layer;
	const paths = typeof from === "string" ? [from] : from;
	if (paths.length === 0) check(`${field}.from`, "", () => refuseIf(true, "it names nothing", "Write a path inside the context, e.g. dist, or . for all of it."));
	return {
		from: paths.map((path) => check(`${field}.from`, path, () => readInside(path)) ?? ""),
		to: to === void 0 ? void 0 : check(`${field}.to`, to, () => readPlace(to)),
		owner: owner === void 0 ? ROOT : check(`${field}.owner`, owner, () => readOwner(owner)) ?? ROOT,
		mode: mode === void 0 ? void 0 : check(`${field}.mode`, mode, () => readMode(mode)),
		told: owner !== void 0 || mode !== void 0
	};
}
function readInside(path) {
	const hint = "Write a path inside the context, e.g. dist/app; what lies elsewhere must be copied into the context first.";
	refuseIf(path === "" || path.includes("\0"), "it is not a path", hint);
	refuseIf(node_path.posix.isAbsolute(path), "it is an absolute path", hint);
	refuseIf(path.split("/").includes(".."), "it leads out of the context", hint);
	const clean = node_path.posix.normalize(path).replace(/\/$/, "");
	return clean === "." ? "" : clean;
}
function readPlace(place) {
	const hint = "Write a path from the root of the image, e.g. /app/.";
	refuseIf(!place.startsWith("/"), "it does not begin with a slash", hint);
	refuseIf(place.split("/").includes(".."), "it has ..", hint);
	refuseIf(require_printable.printable(place, place.length) !== place, "it has control characters", hint);
	const clean = node_path.posix.normalize(place).replace(/\/+/g, "/");
	return {
		path: clean === "/" ? "/" : clean.replace(/\/$/, ""),
		directory: clean.endsWith("/") || place.endsWith("/.")
	};
}
function readPort(text) {
	const match = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/(tcp|udp|sctp))?$/.exec(text);
	const low = Number(match?.[1]);
	const high = Number(match?.[2] ?? match?.[1]);
	refuseIf(!match || low < 1 || high > 65535 || high < low, "it is not a port", "Write 8080, 8080/tcp, 53/udp or 8000-8010.");
	return `${match?.[1] ?? ""}${match?.[2] === void 0 ? "" : `-${match[2]}`}/${match?.[3] ?? "tcp"}`;
}
const LATEST = Date.UTC(9999, 11, 31);
function checkCreated(created, check) {
	const value = created.getTime();
	const right = value >= 0 && value <= LATEST;
	check("created", right ? created.toISOString() : String(value), () => refuseIf(!right, "it is not a time between 1970 and 9999", "SOURCE_DATE_EPOCH is in seconds since 1970-01-01."));
	return /* @__PURE__ */ new Date(right ? Math.floor(value / 1e3) * 1e3 : 0);
}

// src/build/problems.ts
function throwAll(problems) {
	const [first, ...more] = new Map(problems.flatMap((problem) => [problem, ...problem.more]).map((problem) => [problem.message, problem])).values();
	if (first === void 0) return;
	throw alone(first, more.map((problem) => alone(problem, [])));
}
function alone({ code, message, cause, hint, facts }, more) {
	return new require_failure.Failure(code, message, {
		...cause === void 0 ? {} : { cause },
		...hint === void 0 ? {} : { hint },
		facts,
		more
	});
}

// src/build/context/pattern.ts
const LONGEST_PATTERN = 4096;
function isPattern(text) {
	return /[*?[\\]/.test(text);
}
function compilePattern(text) {
	const tokens = readTokens(text);
	const run = (path) => {
		let states = closure(tokens, start(tokens.length));
		for (const character of path) states = closure(tokens, step(tokens, states, character));
		return states;
	};
	return {
		matches: (path) => run(path)[tokens.length] === 1,
		mayMatchBelow: (directory) => directory === "" || run(`${directory}/`).includes(1)
	};
}
function start(length) {
	const states = new Uint8Array(length + 1);
	states[0] = 1;
	return states;
}
function closure(tokens, states) {
	for (const [index, token] of tokens.entries()) {
		if (states[index] !== 1) continue;
		if (token.kind === "star" || token.kind === "rest") states[index + 1] = 1;
		if (token.kind === "enter") {
			states[index + 1] = 1;
			states[index + 2] = 1;
		}
	}
	return states;
}
function step(tokens, states, character) {
	const next = new Uint8Array(states.length);
	for (const [index, token] of tokens.entries()) {
		if (states[index] !== 1) continue;
		if (token.kind === "one" && token.accepts(character)) next[index + 1] = 1;
		if (token.kind === "star" && character !== "/") next[index] = 1;
		if (token.kind === "rest") next[index] = 1;
		if (token.kind === "inside") {
			next[index] = 1;
			if (character === "/") next[index + 1] = 1;
		}
	}
	return next;
}
function readTokens(text) {
	const refuse = (why) => {
		throw new require_failure.Failure("INPUT_INVALID", `"${require_printable.printable(text, 200)}" is not a pattern: ${why}`, { hint: "Write \\[ for a bracket that stands for itself." });
	};
	const characters = [...text];
	if (characters.length > LONGEST_PATTERN) return refuse(`it is longer than ${LONGEST_PATTERN} characters`);
	const tokens = [];
	for (let at = 0; at < characters.length; at += 1) {
		const character = characters[at] ?? "";
		if (character === "*" && characters[at + 1] === "*") {
			at += characters[at + 2] === "/" ? 2 : 1;
			if (at === characters.length - 1) tokens.push({ kind: "rest" });
			else tokens.push({ kind: "enter" }, { kind: "inside" });
		} else if (character === "*") tokens.push({ kind: "star" });
		else if (character === "?") tokens.push({
			kind: "one",
			accepts: (other) => other !== "/"
		});
		else if (character === "[") {
			const end = endOfClass(characters, at);
			if (end === void 0) return refuse("a [ is not closed, or there is nothing in it");
			tokens.push({
				kind: "one",
				accepts: readClass(characters.slice(at + 1, end))
			});
			at = end;
		} else {
			if (character === "\\" && at + 1 < characters.length) at += 1;
			const wanted = characters[at];
			tokens.push({
				kind: "one",
				accepts: (other) => other === wanted
			});
		}
	}
	return tokens;
}
function endOfClass(characters, open) {
	const first = characters[open + 1] === "^" ? open + 2 : open + 1;
	for (let at = first; at < characters.length; at += 1) if (characters[at] === "\\") at += 1;
	else if (characters[at] === "]") return at === first ? void 0 : at;
}
function readClass(inner) {
	const negated = inner[0] === "^";
	const ranges = [];
	const point = (text) => text?.codePointAt(0) ?? -1;
	let at = negated ? 1 : 0;
	const read = () => {
		if (inner[at] === "\\" && at + 1 < inner.length) at += 1;
		const found = point(inner[at]);
		at += 1;
		return found;
	};
	while (at < inner.length) {
		const low = read();
		const isRange = inner[at] === "-" && at + 1 < inner.length;
		if (isRange) at += 1;
		ranges.push([low, isRange ? read() : low]);
	}
	return (character) => {
		const value = point(character);
		return character !== "/" && ranges.some(([low, high]) => low <= value && value <= high) !== negated;
	};
}

// src/build/context/ignore.ts
const IGNORE_FILES = [".ferryignore", ".dockerignore"];
const OWN_LINES = [
	"**/.git",
	...IGNORE_FILES,
	"ferry.yaml",
	".ferry"
];
function readIgnoreRules(text, name) {
	const problems = [];
	const rules = OWN_LINES.map((line) => ({
		takesBack: false,
		pattern: compilePattern(line)
	}));
	for (const [index, line] of text.replace(/^\uFEFF/, "").split("\n").entries()) try {
		const rule = readLine(line);
		if (rule) rules.push(rule);
	} catch (error) {
		if (!require_failure.isFailure(error)) throw error;
		problems.push(new require_failure.Failure("INPUT_INVALID", `line ${index + 1} of ${require_printable.printable(name)} cannot be used`, {
			cause: error,
			...error.hint === void 0 ? {} : { hint: error.hint }
		}));
	}
	throwAll(problems);
	return {
		top: {
			ignored: false,
			matched: rules.map(() => false)
		},
		judge(path, above) {
			const matched = rules.map(({ pattern }, index) => above.matched[index] === true || pattern.matches(path));
			const last = matched.lastIndexOf(true);
			return {
				ignored: last >= 0 && rules[last]?.takesBack === false,
				matched
			};
		},
		mayTakeBackBelow: (directory) => rules.some(({ takesBack, pattern }) => takesBack && pattern.mayMatchBelow(directory))
	};
}
function readLine(line) {
	if (line.startsWith("#")) return void 0;
	let pattern = line.trim();
	if (pattern === "") return void 0;
	const takesBack = pattern.startsWith("!");
	if (takesBack) pattern = pattern.slice(1).trim();
	if (pattern === "") throw new require_failure.Failure("INPUT_INVALID", "a ! stands alone", { hint: "Write the pattern to take back right after the !, e.g. !dist/app.js." });
	pattern = node_path.posix.normalize(pattern).replace(/^\/+/, "").replace(/\/+$/, "");
	return pattern === "" || pattern === "." ? void 0 : {
		takesBack,
		pattern: compilePattern(pattern)
	};
}

// src/build/context/context.ts
async function openContext(name, exclude) {
	const root = await (0, node_fs_promises.realpath)(name).catch((error) => {
		throw unreadable(`the context ${require_printable.printable(name)}`, error, "Name an existing directory.");
	});
	if (!(await (0, node_fs_promises.stat)(root)).isDirectory()) throw new require_failure.Failure("FILE_UNREADABLE", `the context ${require_printable.printable(name)} is not a directory`, { hint: "Name the directory the file is in." });
	const excluded = /* @__PURE__ */ new Set();
	for (const path of exclude) {
		const inside = (0, node_path.relative)(root, await settled((0, node_path.resolve)(root, path)));
		if (inside === "") throw new require_failure.Failure("INPUT_INVALID", `the context ${require_printable.printable(name)} is itself excluded`, { hint: "Write the image somewhere else: its files would be taken for files of the context." });
		if (inside !== ".." && !inside.startsWith(`..${node_path.sep}`) && !(0, node_path.isAbsolute)(inside)) excluded.add(inside.split(node_path.sep).join("/"));
	}
	const found = await readIgnoreFile(root);
	return {
		name,
		root,
		rules: readIgnoreRules(found?.text ?? "", found?.name ?? ""),
		excluded,
		ignored: /* @__PURE__ */ new Set(),
		...found ? { ignoreFile: found.name } : {}
	};
}
async function settled(path) {
	try {
		return await (0, node_fs_promises.realpath)(path);
	} catch {
		const parent = (0, node_path.resolve)(path, "..");
		return parent === path ? path : (0, node_path.join)(await settled(parent), (0, node_path.relative)(parent, path));
	}
}
async function readIgnoreFile(root) {
	for (const name of IGNORE_FILES) try {
		return {
			name,
			text: await (0, node_fs_promises.readFile)((0, node_path.join)(root, name), "utf8")
		};
	} catch (error) {
		if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw unreadable(name, error);
	}
}
function unreadable(what, error, hint = "Mend its owner or mode, or name it in .ferryignore when it is not needed.") {
	return new require_failure.Failure("FILE_UNREADABLE", `cannot read ${what}`, {
		cause: error,
		hint
	});
}

// src/build/image/base.ts
const CONFIG_TYPES = /* @__PURE__ */ new Set([require_manifest.MEDIA.config, "application/vnd.docker.container.image.v1+json"]);
const DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar";
const LANES = 4;
async function openBase$1(base, call) {
	const { source, descriptor: root } = base;
	const title = require_printable.printable(base.name ?? source.name);
	const manifest = require_manifest.parseManifest(await require_manifest.readBody(await source.fetch(root, call), require_manifest.LARGEST_MANIFEST_READ), root.mediaType);
	if (manifest.kind === "image") {
		const image = await readImage(base, manifest, title, call);
		const platform = platformOf(image.config);
		return {
			root,
			platforms: [platform],
			async image(wanted) {
				if (!fits(platform, wanted)) throw missing(title, wanted, [platform]);
				return image;
			}
		};
	}
	const children = manifest.manifests.filter(({ platform }) => platform !== void 0 && platform.os !== "unknown");
	const platforms = children.flatMap(({ platform }) => platform ?? []);
	return {
		root,
		platforms,
		async image(wanted) {
			const fitting = children.filter(({ platform }) => platform !== void 0 && fits(platform, wanted));
			const child = fitting.find(({ platform }) => platform?.variant === wanted.variant) ?? fitting[0];
			if (!child) throw missing(title, wanted, platforms);
			const found = require_manifest.parseManifest(await require_manifest.readBody(await source.fetch(child, call), require_manifest.LARGEST_MANIFEST_READ), child.mediaType);
			if (found.kind !== "image") throw new require_failure.Failure("UNSUPPORTED", `the base ${title} has an index inside its index`, { hint: "Name the inner index by its digest." });
			return await readImage(base, found, title, call);
		}
	};
}
function fits(have, wanted) {
	if (have.os !== wanted.os || have.architecture !== wanted.architecture) return false;
	const variant = (platform) => platform.variant ?? (platform.architecture === "arm64" ? "v8" : void 0);
	return wanted.variant === void 0 || variant(have) === variant(wanted);
}
function missing(title, wanted, have) {
	return new require_failure.Failure("INPUT_INVALID", `the base ${title} has no image for ${require_manifest.printPlatform(wanted)}`, { hint: `It has ${have.map(require_manifest.printPlatform).join(", ") || "none"}.` });
}
async function readImage(base, manifest, title, call) {
	if (!CONFIG_TYPES.has(manifest.config.mediaType)) throw new require_failure.Failure("UNSUPPORTED", `the base ${title} is not a container image but ${require_printable.printable(manifest.config.mediaType, 100)}`, { hint: "Name a container image as base." });
	if (manifest.layers.some(({ mediaType }) => require_manifest.isForeignLayer(mediaType))) throw new require_failure.Failure("UNSUPPORTED", `the base ${title} has layers that may not be passed on`, { hint: "Windows bases keep them elsewhere; build on another base." });
	const config = require_image_config.parseImageConfig(await require_manifest.readBody(await base.source.fetch(manifest.config, call), require_manifest.LARGEST_MANIFEST_READ));
	if (config.diffIds.length !== manifest.layers.length) throw new require_failure.Failure("CONTENT_INVALID", `the base ${title} lists ${manifest.layers.length} layers, but its config knows ${config.diffIds.length}`);
	const layers = manifest.layers.map((layer) => ({
		...layer,
		mediaType: ociLayerType(layer.mediaType)
	}));
	return {
		source: base.source,
		manifest,
		config,
		layers,
		...base.name === void 0 ? {} : { name: base.name }
	};
}
function platformOf({ os, architecture, variant }) {
	return {
		os,
		architecture,
		...variant === void 0 ? {} : { variant }
	};
}
function ociLayerType(mediaType) {
	if (!mediaType.startsWith(DOCKER_LAYER)) return mediaType;
	return `${require_manifest.MEDIA.layer}${mediaType.slice(44).replace(".", "+")}`;
}
async function carryLayers(base, into, call) {
	const carry = async (layer) => {
		if (await into.has(layer, call)) return;
		if (require_target.mounts(into) && await into.mount(layer, base.source, call)) return;
		await into.push(layer, await base.source.fetch(layer, call), call);
	};
	const distinct = new Map(base.layers.map((layer) => [layer.digest, layer]));
	await require_manifest.forEachLimited(distinct.values(), require_manifest.createLimit(LANES), carry, call);
}

// src/build/image/config.ts
function imageConfig(recipe, checked, platform, base, layers) {
	const json = base?.config.json ?? {};
	const created = require_signals.rfc3339(checked.created);
	const variant = platform.variant ?? base?.config.variant;
	return {
		created,
		...keep(json, ["author"]),
		architecture: platform.architecture,
		...variant === void 0 ? {} : { variant },
		os: platform.os,
		...keep(json, ["os.version", "os.features"]),
		config: runtime(recipe, checked, require_json.isObject(json["config"]) ? json["config"] : {}),
		rootfs: {
			type: "layers",
			diff_ids: [...base?.config.diffIds ?? [], ...layers.map(({ diffId }) => diffId)]
		},
		history: [...historyOf(base), ...layers.map(({ story }) => ({
			created,
			created_by: story
		}))]
	};
}
function runtime(recipe, checked, base) {
	const { OnBuild: _onBuild, ...inherited } = base;
	const { entrypoint, cmd, user, stopSignal } = recipe;
	const env = joinEnv(base["Env"], recipe.env ?? {});
	const ports = joinSet(base["ExposedPorts"], checked.ports);
	const volumes = joinSet(base["Volumes"], recipe.volumes ?? []);
	const labels = {
		...require_json.isObject(base["Labels"]) ? base["Labels"] : {},
		...sorted(recipe.labels ?? {})
	};
	const newCmd = cmd ?? (entrypoint === void 0 ? void 0 : null);
	return present({
		...inherited,
		...user === void 0 ? {} : { User: user },
		...Object.keys(ports).length === 0 ? {} : { ExposedPorts: ports },
		...env.length === 0 ? {} : { Env: env },
		...entrypoint === void 0 ? {} : { Entrypoint: [...entrypoint] },
		...newCmd === void 0 ? {} : { Cmd: newCmd === null ? null : [...newCmd] },
		...Object.keys(volumes).length === 0 ? {} : { Volumes: volumes },
		...checked.workdir === void 0 ? {} : { WorkingDir: checked.workdir },
		...Object.keys(labels).length === 0 ? {} : { Labels: labels },
		...stopSignal === void 0 ? {} : { StopSignal: stopSignal }
	});
}
function present(json) {
	return Object.fromEntries(Object.entries(json).filter(([, value]) => value !== null));
}
function keep(json, keys) {
	return present(Object.fromEntries(keys.map((key) => [key, json[key] ?? null])));
}
function joinEnv(base, own) {
	const values = /* @__PURE__ */ new Map();
	for (const line of Array.isArray(base) ? base : []) {
		if (typeof line !== "string") continue;
		const equals = line.indexOf("=");
		if (equals < 0) values.set(line, "");
		else values.set(line.slice(0, equals), line.slice(equals + 1));
	}
	for (const [name, value] of Object.entries(own)) values.set(name, value);
	return [...values].map(([name, value]) => `${name}=${value}`);
}
function joinSet(base, own) {
	return {
		...require_json.isObject(base) ? base : {},
		...Object.fromEntries(own.map((key) => [key, {}]))
	};
}
function sorted(map) {
	return Object.fromEntries(Object.entries(map).toSorted(([left], [right]) => left < right ? -1 : 1));
}
function historyOf(base) {
	if (!base) return [];
	const told = base.config.json["history"];
	const stories = Array.isArray(told) ? told : [];
	return stories.filter((story) => !(require_json.isObject(story) && story["empty_layer"] === true)).length === base.layers.length ? stories : base.layers.map(() => ({ created_by: "a layer of the base" }));
}

// src/build/image/documents.ts
function annotationsOf(recipe, checked, base) {
	return sorted({
		[require_annotations.ANNOTATION.created]: require_signals.rfc3339(checked.created),
		...base === void 0 ? {} : { [require_annotations.ANNOTATION.baseDigest]: base },
		...recipe.base?.name === void 0 ? {} : { [require_annotations.ANNOTATION.baseName]: recipe.base.name },
		...recipe.annotations
	});
}
function configDocument(json) {
	return document(require_manifest.MEDIA.config, json);
}
function manifestDocument(config, layers, annotations) {
	return document(require_manifest.MEDIA.manifest, {
		schemaVersion: 2,
		mediaType: require_manifest.MEDIA.manifest,
		config: require_manifest.descriptorJson(config),
		layers: layers.map(require_manifest.descriptorJson),
		annotations
	});
}
function indexDocument(manifests, annotations) {
	return document(require_manifest.MEDIA.index, {
		schemaVersion: 2,
		mediaType: require_manifest.MEDIA.index,
		manifests: manifests.map(require_manifest.descriptorJson),
		annotations
	});
}
function document(mediaType, json) {
	const bytes = Buffer.from(JSON.stringify(json));
	return {
		bytes,
		descriptor: {
			mediaType,
			digest: require_digest.digestOf(bytes),
			size: bytes.length
		}
	};
}

// src/build/context/read-file.ts
const CHUNK$1 = 262144;
const FLAGS = node_fs.constants.O_RDONLY | node_fs.constants.O_NOFOLLOW | node_fs.constants.O_NONBLOCK;
async function openFile(context, path) {
	const place = (0, node_path.join)(context.root, path);
	const handle = await (0, node_fs_promises.open)(place, FLAGS).catch((error) => {
		const code = error instanceof Error && "code" in error ? error.code : void 0;
		if (code === "ENOENT" || code === "ELOOP" || code === "ENOTDIR" || code === "ENXIO") throw changed(path, "it is not the file any more that was found");
		throw unreadable(require_printable.printable(path), error);
	});
	try {
		const before = await handle.stat();
		if (!before.isFile() || !await isAt(handle, place)) throw changed(path, "it is not the file any more that was found");
		return {
			size: before.size,
			executable: (before.mode & node_fs.constants.S_IXUSR) !== 0,
			close: () => handle.close(),
			async *chunks(call) {
				try {
					let read = 0;
					for (let end = false; !end;) {
						require_call.throwIfStopped(call);
						const chunk = Buffer.allocUnsafe(Math.min(CHUNK$1, before.size - read + 1));
						const { bytesRead } = await handle.read(chunk, 0, chunk.length, read).catch((error) => {
							throw unreadable(require_printable.printable(path), error);
						});
						read += bytesRead;
						if (read > before.size) throw changed(path, `it grew beyond ${before.size} bytes while it was read`);
						end = bytesRead === 0;
						if (!end) yield chunk.subarray(0, bytesRead);
					}
					if (read < before.size) throw changed(path, `it shrank from ${before.size} to ${read} bytes while it was read`);
					const after = await handle.stat();
					if (after.mtimeMs !== before.mtimeMs || after.size !== before.size) throw changed(path, "it was written to while it was read");
				} finally {
					await handle.close();
				}
			}
		};
	} catch (error) {
		await handle.close();
		throw error;
	}
}
async function isAt(handle, place) {
	try {
		return await (0, node_fs_promises.readlink)(`/proc/self/fd/${handle.fd}`) === place;
	} catch {
		return true;
	}
}
function changed(path, why) {
	return new require_failure.Failure("CONTEXT_CHANGED", `${require_printable.printable(path)} changed during the build`, {
		cause: why,
		hint: "Let whatever writes into the context finish first, or name the file in .ferryignore; then build again."
	});
}

// src/build/layer/suspicious.ts
const NAMES = /* @__PURE__ */ new Set([
	".env",
	".git-credentials",
	".netrc",
	".npmrc",
	".pypirc",
	".dockercfg",
	"id_rsa",
	"id_dsa",
	"id_ecdsa",
	"id_ed25519"
]);
const PRIVATE_KEY = /^\s*-----BEGIN (?<kind>[A-Z0-9 ]*)PRIVATE KEY-----/;
const SIGNING_KEY = /^ENCRYPTED (?:SIGSTORE|COSIGN) $/;
function judgeFile(path, head) {
	const kind = PRIVATE_KEY.exec(Buffer.from(head.subarray(0, 200)).toString("latin1"))?.groups?.["kind"];
	if (kind !== void 0) return SIGNING_KEY.test(kind) ? "signing-key" : "suspicious";
	return NAMES.has(path.slice(path.lastIndexOf("/") + 1)) ? "suspicious" : "fine";
}

// src/build/layer/tar.ts
const GATHERED = 262144;
async function* tarStream(options, call) {
	let gathered = [];
	let length = 0;
	for await (const piece of pieces(options, call)) {
		gathered.push(piece);
		length += piece.length;
		if (length < GATHERED) continue;
		yield Buffer.concat(gathered, length);
		gathered = [];
		length = 0;
	}
	yield Buffer.concat(gathered, length);
}
async function* pieces(options, call) {
	for (const entry of options.entries) {
		require_call.throwIfStopped(call);
		if (entry.kind === "file") yield* filePieces(entry, options, call);
		else yield require_signals.tarHeader(entry, entry.kind === "link" ? 511 : entry.mode, 0, options.time);
	}
	yield require_signals.TAR_END;
}
async function* filePieces(entry, { context, time, onSuspicious }, call) {
	const file = await openFile(context, entry.source);
	try {
		yield require_signals.tarHeader(entry, entry.mode ?? (file.executable ? 493 : 420), file.size, time);
		let head = true;
		for await (const chunk of file.chunks(call)) {
			if (head) judge$1(entry, chunk, onSuspicious);
			head = false;
			yield chunk;
		}
		yield require_signals.padding(file.size);
	} finally {
		await file.close();
	}
}
function judge$1(entry, head, onSuspicious) {
	const verdict = judgeFile(entry.source, head);
	if (verdict === "signing-key" && !entry.named) throw new require_failure.Failure("INPUT_INVALID", `refused to put ${require_printable.printable(entry.source)} into the image: it is a key that signs images`, { hint: `Move it out of the context, or name it in .ferryignore. If the image really needs it, name it: from: ${require_printable.printable(entry.source)}.` });
	if (verdict !== "fine") onSuspicious(entry.source);
}

// src/build/layer/pack.ts
const LEVEL = 6;
const CHUNK = 262144;
async function packLayer(options, directory, name, call) {
	const path = (0, node_path.join)(directory, name);
	const unpackedHash = (0, node_crypto.createHash)("sha256");
	const packedHash = (0, node_crypto.createHash)("sha256");
	let unpacked = 0;
	let packed = 0;
	const file = await (0, node_fs_promises.open)(path, "wx", 384).catch((error) => {
		throw require_failure.asFailure(error);
	});
	try {
		await (0, node_stream_promises.pipeline)(async function* () {
			for await (const chunk of tarStream(options, call)) {
				unpackedHash.update(chunk);
				unpacked += chunk.length;
				call.onProgress?.({
					what: "layer",
					done: unpacked
				});
				yield chunk;
			}
		}, (0, node_zlib.createGzip)({
			level: LEVEL,
			chunkSize: CHUNK
		}), async (chunks) => {
			for await (const chunk of withoutSystem(chunks)) {
				packedHash.update(chunk);
				packed += chunk.length;
				await file.writeFile(chunk);
			}
		}, { signal: call.signal });
	} catch (error) {
		throw call.signal.aborted ? require_call.stopReason(call.signal) : require_failure.asFailure(error);
	} finally {
		await file.close();
	}
	return {
		descriptor: {
			mediaType: require_manifest.MEDIA.layerGzip,
			digest: require_digest.finishDigest(packedHash, "sha256"),
			size: packed
		},
		body: fileBody(path, packed),
		diffId: require_digest.finishDigest(unpackedHash, "sha256"),
		unpacked,
		files: options.entries.filter(({ kind }) => kind === "file").length
	};
}
async function* withoutSystem(chunks) {
	let position = 0;
	for await (const chunk of chunks) {
		if (position <= 9 && position + chunk.length > 9) chunk[9 - position] = 255;
		position += chunk.length;
		yield chunk;
	}
}
function fileBody(path, size) {
	return {
		size,
		async *open(from = 0) {
			const file = await (0, node_fs_promises.open)(path);
			try {
				for (let position = from; position < size;) {
					const chunk = Buffer.allocUnsafe(Math.min(CHUNK, size - position));
					const { bytesRead } = await file.read(chunk, 0, chunk.length, position);
					if (bytesRead === 0) return;
					position += bytesRead;
					yield chunk.subarray(0, bytesRead);
				}
			} finally {
				await file.close();
			}
		}
	};
}

// src/build/context/walk.ts
async function locate(context, path, problems) {
	let verdict = context.rules.top;
	const parts = path === "" ? [] : path.split("/");
	let at = "";
	for (const [index, part] of parts.entries()) {
		at = at === "" ? part : `${at}/${part}`;
		verdict = judge(context, at, verdict);
		const stats = await (0, node_fs_promises.lstat)((0, node_path.join)(context.root, at)).catch((error) => {
			if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) return void 0;
			throw unreadable(require_printable.printable(at), error);
		});
		if (!stats) return void 0;
		if (index === parts.length - 1) {
			const found = await describe(context, at, stats, problems);
			return found && {
				...found,
				verdict
			};
		}
		if (stats.isSymbolicLink()) {
			problems.push(new require_failure.Failure("INPUT_INVALID", `cannot take ${require_printable.printable(path)}: ${require_printable.printable(at)} on the way is a symbolic link`, { hint: "Links are never followed, so that nothing from outside the context gets in. Name the real path." }));
			return;
		}
	}
	return {
		path: "",
		kind: "directory",
		verdict
	};
}
async function* walk(context, directory, problems, call, wants = () => true) {
	require_call.throwIfStopped(call);
	for (const entry of await entriesOf(context, directory.path)) {
		const name = entry.name.toString("utf8");
		const path = directory.path === "" ? name : `${directory.path}/${name}`;
		const verdict = judge(context, path, directory.verdict);
		const isDirectory = entry.isDirectory();
		if (!wants(path, isDirectory)) continue;
		if (verdict.ignored && !(isDirectory && !isExcluded(context, path) && context.rules.mayTakeBackBelow(path))) {
			context.ignored.add(path);
			continue;
		}
		if (!(0, node_buffer.isUtf8)(entry.name)) {
			problems.push(new require_failure.Failure("INPUT_INVALID", `cannot take ${require_printable.printable(path)}: its name is not UTF-8`, { hint: "Rename it, or name its directory in .ferryignore." }));
			continue;
		}
		const found = await describe(context, path, entry, problems);
		if (!found) continue;
		if (!isDirectory) yield found;
		else if (!verdict.ignored) {
			yield found;
			yield* walk(context, {
				...found,
				verdict
			}, problems, call, wants);
		} else {
			let named = false;
			for await (const below of walk(context, {
				...found,
				verdict
			}, problems, call, wants)) {
				if (!named) yield found;
				named = true;
				yield below;
			}
			if (!named) context.ignored.add(path);
		}
	}
}
function judge(context, path, above) {
	const verdict = context.rules.judge(path, above);
	return isExcluded(context, path) ? {
		...verdict,
		ignored: true
	} : verdict;
}
function isExcluded({ excluded }, path) {
	if (require_signals.isStaged(path.slice(path.lastIndexOf("/") + 1))) return true;
	for (const place of excluded) if (path === place || path.startsWith(`${place}/`)) return true;
	return false;
}
async function entriesOf(context, directory) {
	try {
		return (await (0, node_fs_promises.readdir)((0, node_path.join)(context.root, directory), {
			withFileTypes: true,
			encoding: "buffer"
		})).toSorted((left, right) => Buffer.compare(left.name, right.name));
	} catch (error) {
		throw unreadable(require_printable.printable(directory === "" ? context.name : directory), error);
	}
}
async function describe(context, path, kinds, problems) {
	const refuse = (why, hint) => {
		problems.push(new require_failure.Failure("INPUT_INVALID", `cannot take ${require_printable.printable(path)}: ${why}`, { hint }));
	};
	if (path.slice(path.lastIndexOf("/") + 1).startsWith(".wh.")) return refuse("in a layer its name means that a file is deleted", "Rename it, or name it in .ferryignore. OCI image-spec, layer.md, whiteouts.");
	if (kinds.isFile()) return {
		path,
		kind: "file"
	};
	if (kinds.isDirectory()) return {
		path,
		kind: "directory"
	};
	if (!kinds.isSymbolicLink()) return refuse(`it is a ${kinds.isFIFO() ? "named pipe" : kinds.isSocket() ? "socket" : "device"}`, "Only files, directories and symbolic links are stored. Remove it, or name it in .ferryignore.");
	const target = await (0, node_fs_promises.readlink)((0, node_path.join)(context.root, path), { encoding: "buffer" }).catch((error) => {
		throw unreadable(require_printable.printable(path), error);
	});
	if (!(0, node_buffer.isUtf8)(target)) return refuse("it is a link to a name that is not UTF-8", "Make the link again with another name, or name it in .ferryignore.");
	return {
		path,
		kind: "link",
		target: target.toString("utf8")
	};
}

// src/build/layer/directories.ts
const SYSTEM_TREES = /* @__PURE__ */ new Set([
	"bin",
	"boot",
	"dev",
	"etc",
	"home",
	"lib",
	"lib32",
	"lib64",
	"libx32",
	"proc",
	"root",
	"run",
	"sbin",
	"sys",
	"tmp",
	"usr",
	"var"
]);
const TOPS_OF_OTHERS = [
	"opt",
	"srv",
	"mnt",
	"media"
];
const SYSTEM_DIRECTORIES = /* @__PURE__ */ new Set([
	...SYSTEM_TREES,
	...TOPS_OF_OTHERS,
	...[
		"bin",
		"games",
		"include",
		"lib",
		"lib32",
		"lib64",
		"libexec",
		"libx32",
		"local",
		"sbin",
		"share",
		"src"
	].map((name) => `usr/${name}`),
	...[
		"bin",
		"etc",
		"games",
		"include",
		"lib",
		"man",
		"sbin",
		"share",
		"src"
	].map((name) => `usr/local/${name}`),
	...[
		"cache",
		"lib",
		"local",
		"lock",
		"log",
		"mail",
		"opt",
		"run",
		"spool",
		"tmp"
	].map((name) => `var/${name}`),
	"run/lock"
]);
function namesParent(path, base) {
	if (base === void 0) return true;
	const top = path.split("/", 1)[0] ?? "";
	return !SYSTEM_TREES.has(top) && !SYSTEM_DIRECTORIES.has(path) && !leadsTo(path, base.workdir);
}
function namesContent(path, told, base) {
	if (base === void 0) return true;
	return !SYSTEM_DIRECTORIES.has(path) && (told || !leadsTo(path, base.workdir));
}
function* parentsOf(path) {
	for (let slash = path.indexOf("/"); slash >= 0; slash = path.indexOf("/", slash + 1)) yield path.slice(0, slash);
}
function leadsTo(path, workdir) {
	return `${workdir}/`.startsWith(`/${path}/`);
}

// src/build/layer/collect.ts
async function collect(context, plan, setting, call) {
	const problems = [];
	const matches = [];
	for (const from of plan.from) matches.push(...await lookUp(context, from, problems, call));
	throwAll(problems);
	const contents = matches.filter(({ named, place }) => named && place.kind === "directory");
	const others = matches.filter((match) => !contents.includes(match));
	const directory = plan.directory || others.length === 0 || plan.from.every((from) => isPattern(from) && from.includes("**"));
	if (!directory && (matches.length > 1 || others[0]?.place.kind === "directory")) throw new require_failure.Failure("INPUT_INVALID", `${plan.from.map((from) => require_printable.printable(from)).join(", ")} is more than one file, but to: ${require_printable.printable(plan.to)} is one name`, { hint: `Write to: ${require_printable.printable(plan.to)}/ to put them into a directory.` });
	const tree = createTree(plan, setting);
	for (const { place, below } of contents) {
		for (const found of below) tree.put(found, relativeTo(found.path, place.path), false);
		tree.putTop();
	}
	for (const { place, name, named, below } of others) {
		tree.put(place, directory ? name : "", named);
		for (const found of below) tree.put(found, `${name}/${relativeTo(found.path, place.path)}`, false);
	}
	return tree.finish();
}
async function lookUp(context, from, problems, call) {
	const before = problems.length;
	const place = await locate(context, from, problems);
	if (problems.length > before) return [];
	if (place) {
		const below = [];
		if (place.kind === "directory") for await (const found of walk(context, place, problems, call)) below.push(found);
		if (place.verdict.ignored && below.length === 0) problems.push(new require_failure.Failure("INPUT_INVALID", `cannot take ${require_printable.printable(from)}: it is left out by ${context.ignoreFile ?? "the rules of the house"}`, { hint: `Write !${require_printable.printable(from)} as the last line of ${context.ignoreFile ?? ".ferryignore"} to take it back.` }));
		else if (from === "" && below.length === 0) problems.push(new require_failure.Failure("INPUT_INVALID", `nothing to build from in ${require_printable.printable(context.name)}`, { hint: "The context is empty, or everything in it is left out by the ignore rules." }));
		return [{
			place,
			name: node_path.posix.basename(from),
			named: true,
			below
		}];
	}
	const found = isPattern(from) ? await lookUpPattern(context, from, problems, call) : [];
	if (found.length === 0 && problems.length === before) problems.push(new require_failure.Failure("INPUT_INVALID", `there is no ${require_printable.printable(from)} in ${require_printable.printable(context.name)}`, { hint: "Paths are relative to the context; {os}, {arch}, {variant} and {platform} stand for the platform. Was it built before this step?" }));
	return found;
}
async function lookUpPattern(context, from, problems, call) {
	const parts = from.split("/");
	const prefix = parts.slice(0, Math.min(parts.length - 1, parts.findIndex((part) => isPattern(part)))).join("/");
	const start = await locate(context, prefix, problems);
	if (start?.kind !== "directory") return [];
	const pattern = compilePattern(from);
	const matches = [];
	const wants = (path, isDirectory) => [...parentsOf(path), path].some((part) => pattern.matches(part)) || isDirectory && pattern.mayMatchBelow(path);
	for await (const found of walk(context, start, problems, call, wants)) {
		const last = matches.at(-1);
		if (last && last.place.kind === "directory" && found.path.startsWith(`${last.place.path}/`)) last.below.push(found);
		else if (pattern.matches(found.path)) matches.push({
			place: found,
			name: relativeTo(found.path, prefix),
			named: false,
			below: []
		});
	}
	return matches;
}
function relativeTo(path, directory) {
	return directory === "" ? path : path.slice(directory.length + 1);
}
function createTree({ to, owner, mode, told }, { base, known }) {
	const entries = /* @__PURE__ */ new Map();
	const top = to.slice(1);
	const put = (found, name, named) => {
		const path = [top, name].filter((part) => part !== "").join("/");
		if (found.kind === "file") entries.set(path, {
			kind: "file",
			path,
			source: found.path,
			owner,
			mode,
			named
		});
		else if (found.kind === "link") entries.set(path, {
			kind: "link",
			path,
			target: found.target ?? "",
			owner
		});
		else if (namesContent(path, told, base)) entries.set(path, {
			kind: "directory",
			path,
			mode: directoryMode(mode),
			owner
		});
	};
	return {
		put,
		putTop() {
			const wanted = told ? namesContent(top, true, base) : namesParent(top, base) && !known.has(top);
			if (top !== "" && wanted) entries.set(top, {
				kind: "directory",
				path: top,
				mode: directoryMode(mode),
				owner
			});
		},
		finish() {
			for (const path of entries.keys()) for (const parent of parentsOf(path)) {
				const above = entries.get(parent);
				if (above && above.kind !== "directory") throw new require_failure.Failure("INPUT_INVALID", `"/${require_printable.printable(parent)}" would be a ${above.kind} and a directory at once`, { hint: "Two things go to the same place: change `to` of one of them." });
				if (!above && !known.has(parent) && namesParent(parent, base)) entries.set(parent, {
					kind: "directory",
					path: parent,
					mode: 493,
					owner: ROOT
				});
			}
			return [...entries.values()].toSorted((left, right) => Buffer.compare(Buffer.from(left.path), Buffer.from(right.path)));
		}
	};
}

// src/build/layer/plan.ts
async function planLayers(context, checked, platform, base, call) {
	const inherited = base === void 0 ? void 0 : workdirOf(base);
	const known = /* @__PURE__ */ new Set();
	const problems = [];
	const planned = [];
	for (const layer of checked.layers) {
		const from = layer.from.map((path) => fillIn(path, platform));
		const to = layer.to ?? {
			path: checked.workdir ?? inherited ?? "/",
			directory: true
		};
		const plan = {
			from,
			to: to.path,
			directory: to.directory,
			owner: layer.owner,
			mode: layer.mode,
			told: layer.told
		};
		try {
			const entries = await collect(context, plan, {
				base: inherited === void 0 ? void 0 : { workdir: inherited },
				known
			}, call);
			const story = `ferry build: ${from.map((path) => path === "" ? "." : path).join(" ")} to ${to.path}`;
			if (entries.length === 0) throw new require_failure.Failure("INPUT_INVALID", `the layer "${require_printable.printable(story)}" would be empty`, { hint: "It names only directories that the base has already. Leave it out." });
			for (const entry of entries) if (entry.kind === "directory") known.add(entry.path);
			planned.push({
				entries,
				key: require_digest.digestOf(Buffer.from(JSON.stringify(entries))),
				story
			});
		} catch (error) {
			if (!require_failure.isFailure(error, "INPUT_INVALID")) throw error;
			problems.push(error);
		}
	}
	throwAll(problems);
	return planned;
}
function workdirOf({ json }) {
	const config = json["config"];
	const workdir = require_json.isObject(config) ? config["WorkingDir"] : void 0;
	return typeof workdir === "string" && workdir.startsWith("/") ? workdir.replace(/(?<=.)\/+$/, "") : "/";
}
function fillIn(path, { os, architecture, variant }) {
	const words = {
		os,
		arch: architecture,
		variant: variant ?? "",
		platform: [
			os,
			architecture,
			variant
		].filter((word) => word !== void 0).join("-")
	};
	return path.replace(/\{(os|arch|variant|platform)\}/g, (whole, word) => words[word] ?? whole);
}

// src/build/builders/files.ts
const files = {
	name: "files",
	summary: "Layers from files, on a base or on scratch: no daemon, no root, the same bytes every time",
	async build(recipe, into, call) {
		const problems = [];
		const checked = checkRecipe(recipe, problems);
		const context = await collectProblem(problems, () => openContext(recipe.context, recipe.exclude ?? []));
		throwAll(problems);
		if (!context) throw new require_failure.Failure("INTERNAL", "the context was neither opened nor refused");
		const images = await planImages(recipe, checked, context, call);
		const temporary = await (0, node_fs_promises.mkdtemp)((0, node_path.join)((0, node_os.tmpdir)(), "ferry-build-")).catch((error) => {
			throw require_failure.asFailure(error);
		});
		try {
			return await make({
				recipe,
				checked,
				context,
				into,
				images,
				temporary
			}, call);
		} finally {
			await (0, node_fs_promises.rm)(temporary, {
				recursive: true,
				force: true
			});
		}
	}
};
const DEFAULT_PLATFORM = {
	os: "linux",
	architecture: "amd64"
};
async function planImages(recipe, checked, context, call) {
	const base = recipe.base && await openBase$1(recipe.base, call);
	const only = base?.platforms.length === 1 ? base.platforms[0] : void 0;
	const problems = [];
	const plans = [];
	for (const platform of recipe.platforms ?? [only ?? DEFAULT_PLATFORM]) await collectProblem(problems, async () => {
		const image = await base?.image(platform);
		plans.push({
			platform,
			base: image,
			layers: await planLayers(context, checked, platform, image?.config, call)
		});
	});
	throwAll(problems);
	return plans;
}
async function make(work, call) {
	const { recipe, checked, context, into, images } = work;
	const suspicious = /* @__PURE__ */ new Set();
	const packed = await packAll(work, suspicious, call);
	const built = [];
	const pushed = /* @__PURE__ */ new Set();
	const store = async ({ descriptor, bytes }) => {
		require_call.throwIfStopped(call);
		await into.push(descriptor, require_manifest.bytesBody(bytes), call);
	};
	for (const { platform, base, layers } of images) {
		if (base) await carryLayers(base, into, call);
		const own = layers.flatMap(({ key, story }) => ({
			story,
			layer: packed.get(key)
		})).flatMap(({ story, layer }) => layer ? [{
			...layer,
			story
		}] : []);
		for (const layer of own) {
			require_call.throwIfStopped(call);
			if (!pushed.has(layer.descriptor.digest)) await into.push(layer.descriptor, layer.body, call);
			pushed.add(layer.descriptor.digest);
		}
		const config = configDocument(imageConfig(recipe, checked, platform, base, own));
		const annotations = annotationsOf(recipe, checked, base?.manifest.descriptor.digest);
		const manifest = manifestDocument(config.descriptor, [...base?.layers ?? [], ...own.map(({ descriptor }) => descriptor)], annotations);
		await store(config);
		await store(manifest);
		built.push({
			platform,
			descriptor: manifest.descriptor,
			layers: own.map(({ descriptor, diffId, unpacked, files: count }) => ({
				descriptor,
				diffId,
				unpacked,
				files: count
			}))
		});
	}
	const [first] = built;
	if (!first) throw new require_failure.Failure("INTERNAL", "no image was planned");
	let root = first.descriptor;
	if (built.length > 1) {
		const children = built.map(({ descriptor, platform }) => ({
			...descriptor,
			platform
		}));
		const index = indexDocument(children, annotationsOf(recipe, checked, recipe.base?.descriptor.digest));
		await store(index);
		root = index.descriptor;
	}
	return {
		root,
		images: built,
		...recipe.base ? { base: {
			digest: recipe.base.descriptor.digest,
			...recipe.base.name === void 0 ? {} : { name: recipe.base.name }
		} } : {},
		files: [...packed.values()].reduce((sum, layer) => sum + layer.files, 0),
		ignored: [...context.ignored].toSorted(),
		...context.ignoreFile === void 0 ? {} : { ignoreFile: context.ignoreFile },
		suspicious: [...suspicious].toSorted()
	};
}
async function packAll({ images, context, checked, temporary }, suspicious, call) {
	const packed = /* @__PURE__ */ new Map();
	const time = checked.created.getTime() / 1e3;
	for (const { key, entries } of images.flatMap(({ layers }) => layers)) {
		if (packed.has(key)) continue;
		const options = {
			context,
			entries,
			time,
			onSuspicious: (source) => suspicious.add(source)
		};
		packed.set(key, await packLayer(options, temporary, require_digest.digestOf(Buffer.from(key)).slice(7), call));
	}
	return packed;
}
async function collectProblem(problems, work) {
	try {
		return await work();
	} catch (error) {
		if (!require_failure.isFailure(error)) throw error;
		if (error.code !== "INPUT_INVALID" && error.code !== "FILE_UNREADABLE") throw error;
		problems.push(error);
		return;
	}
}

// src/build/builders/index.ts
var builders_exports = /* @__PURE__ */ require_rolldown_runtime.__exportAll({ files: () => files });

// src/build/build.ts
const BUILDERS = Object.values(builders_exports);
async function buildImage(recipe, builderName, into, call) {
	const builder = BUILDERS.find(({ name }) => name === builderName);
	if (builder) return await builder.build(recipe, into, call);
	const names = BUILDERS.map(({ name }) => name);
	const near = require_suggest.suggest(builderName, names);
	throw new require_failure.Failure("INPUT_INVALID", `there is no builder "${require_printable.printable(builderName, 80)}"`, { hint: near === void 0 ? `Known: ${names.join(", ")}.` : `Did you mean ${near}? Known: ${names.join(", ")}.` });
}

// src/steps/parts/layers.ts
function readLayers(inputs, settings) {
	if (inputs.length > 0) return inputs.map(readLayer);
	return settings?.map(({ from, to, owner, mode }) => ({
		from,
		to,
		...owner === void 0 ? {} : { owner },
		...mode === void 0 ? {} : { mode }
	}));
}
function readLayer(text) {
	const refuse = (why) => {
		throw new require_failure.Failure("INPUT_INVALID", `"${text.slice(0, 120)}" is not a layer: ${why}`, { hint: "Write FROM=/TO, e.g. bin/app=/usr/bin/app,owner=0:0,mode=0755." });
	};
	const [mapping = "", ...options] = text.split(",");
	const equals = mapping.indexOf("=");
	if (equals < 1 || mapping.length === equals + 1) return refuse("FROM=/TO is missing");
	const known = new Map(options.map((option) => [option.slice(0, option.indexOf("=")), option.slice(option.indexOf("=") + 1)]));
	for (const name of known.keys()) if (name !== "owner" && name !== "mode") return refuse(`it has the option "${name}"; owner and mode are known`);
	const owner = known.get("owner");
	const mode = known.get("mode");
	return {
		from: mapping.slice(0, equals),
		to: mapping.slice(equals + 1),
		...owner === void 0 ? {} : { owner },
		...mode === void 0 ? {} : { mode }
	};
}

// src/steps/build.ts
const build = require_step.defineStep({
	name: "build",
	summary: "Make an image out of a directory: no daemon, no root, the same bytes every time",
	details: "Puts files on top of a base image, or on nothing. One platform gives an image, several give an index. What .ferryignore (or else .dockerignore) names stays out, and nothing from outside the directory gets in. The tag is written last.",
	since: "0.1.0",
	chinese: {
		title: "构建镜像",
		summary: "把目录构建成镜像：无需守护进程，无需 root，每次结果相同"
	},
	needs: ["registry", "files"],
	inputs: {
		context: require_field.field.directory({
			about: "The directory to build; its ferry.yaml is used when there is none where you stand",
			example: "./app",
			positional: true,
			fallback: ".",
			setting: "build.context",
			holdsSettings: true
		}),
		to: require_field.field.image({
			about: "Where the image goes, with its tag",
			writes: true,
			example: "oci:./out:dev-v1.0-1"
		}),
		base: require_field.field.image({
			about: "The image to build on; nothing when not given",
			example: "docker.io/library/alpine:3.22",
			optional: true,
			setting: "build.base"
		}),
		layers: require_field.field.list({
			about: "What goes where: FROM=/TO, with ,owner=UID:GID and ,mode=OCTAL when wanted; the whole directory when not given",
			example: "bin/app=/usr/bin/app,mode=0755"
		}),
		platforms: require_field.field.list({
			about: "os/architecture[/variant]; several give an index",
			example: "linux/arm64",
			setting: "build.platforms"
		}),
		entrypoint: require_field.field.list({
			about: "What is started, word by word",
			example: "/usr/bin/app",
			setting: "build.entrypoint"
		}),
		cmd: require_field.field.list({
			about: "Words after the entrypoint",
			example: "serve",
			setting: "build.cmd"
		}),
		environmentVariables: require_field.field.map({
			about: "Variables that the program finds",
			example: "PORT=8080",
			flag: "env",
			setting: "build.env"
		}),
		user: require_field.field.text({
			about: "User the program runs as",
			example: "65532:65532",
			optional: true,
			setting: "build.user"
		}),
		workdir: require_field.field.text({
			about: "Directory the program starts in",
			example: "/app",
			optional: true,
			setting: "build.workdir"
		}),
		ports: require_field.field.list({
			about: "Ports the program listens on",
			example: "8080",
			setting: "build.ports"
		}),
		labels: require_field.field.map({
			about: "Labels of the image",
			example: "team=pay",
			setting: "build.labels"
		}),
		annotations: require_field.field.map({
			about: "Annotations of the manifest",
			example: "org.example.ticket=PAY-7",
			setting: "build.annotations"
		}),
		source: require_field.field.text({
			about: "URL of the source, for the annotation",
			example: "https://git.example.com/pay/api",
			optional: true,
			fact: "source"
		}),
		revision: require_field.field.text({
			about: "Commit, for the annotation",
			example: "8f2c0f4e",
			optional: true,
			fact: "revision"
		}),
		imageVersion: require_field.field.text({
			about: "Version, for the annotation",
			example: "v1.2",
			optional: true
		}),
		builder: require_field.field.choice({
			about: "What builds it",
			of: ["files"],
			fallback: "files"
		})
	},
	outputs: {
		image: require_step.out.image({ about: "The image under its tag" }),
		digest: require_step.out.digest({ about: "Digest of the image or index" }),
		digests: require_step.out.list({ about: "Digest of each platform, in the order of the platforms" })
	},
	examples: [{
		title: "A directory to a layout on disk",
		inputs: {
			context: "examples/hello",
			to: "oci:./out:dev-v1.0-1"
		}
	}, {
		title: "One program on a base, for two platforms",
		inputs: {
			context: ".",
			to: "oci:./out:dev-v1.2-7",
			base: "docker.io/library/alpine:3.22",
			layers: ["dist/{arch}/app=/usr/bin/app,mode=0755"],
			platforms: ["linux/amd64", "linux/arm64"]
		}
	}],
	async run({ context: directory, to, base, layers, platforms, builder, ...more }, context) {
		const { log, call, opener, settings } = context;
		if (to.tag === void 0) throw new require_failure.Failure("INPUT_INVALID", "the image that is built needs a tag, not a digest", { hint: "Write to as PLACE:TAG." });
		const { target } = opener.open(to);
		const found = base === void 0 ? void 0 : await openBase(base, context);
		const given = readLayers(layers, settings.build.layers);
		const { source, revision, imageVersion } = more;
		const built = await buildImage({
			context: directory,
			...to.kind === "remote" ? {} : { exclude: [to.kind === "layout" ? to.directory : to.file] },
			...given === void 0 ? {} : { layers: given },
			...found === void 0 ? {} : { base: found },
			...platforms.length === 0 ? {} : { platforms: platforms.map(require_manifest.readPlatform) },
			...more.entrypoint.length === 0 ? {} : { entrypoint: more.entrypoint },
			...more.cmd.length === 0 ? {} : { cmd: more.cmd },
			...more.user === void 0 ? {} : { user: more.user },
			...more.workdir === void 0 ? {} : { workdir: more.workdir },
			env: more.environmentVariables,
			ports: more.ports,
			labels: more.labels,
			annotations: {
				...source === void 0 ? {} : { [require_annotations.ANNOTATION.source]: source },
				...revision === void 0 ? {} : { [require_annotations.ANNOTATION.revision]: revision },
				...imageVersion === void 0 ? {} : { [require_annotations.ANNOTATION.version]: imageVersion },
				...more.annotations
			},
			...context.frozen === void 0 ? {} : { created: context.frozen }
		}, builder, target, call);
		for (const path of built.suspicious) log.warn("a file that looks like a secret is in the image", { path });
		await target.tag(built.root, to.tag, call);
		log.info("built", {
			files: built.files,
			ignored: built.ignored.length,
			digest: built.root.digest
		});
		return {
			image: require_field.printLocation({
				...to,
				tag: to.tag
			}),
			digest: built.root.digest,
			digests: built.images.map((image) => image.descriptor.digest)
		};
	}
});
async function openBase(base, context) {
	const { target, descriptor, name } = await require_places.findImage(base, context);
	return {
		source: target,
		descriptor,
		name
	};
}

exports.build = build;