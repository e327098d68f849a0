const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_failure = require("./failure.cjs");
const require_reference = require("./reference.cjs");
const require_secret = require("./secret.cjs");
const require_addresses = require("./addresses.cjs");
const require_printable = require("./printable.cjs");
let node_fs = require("node:fs");
let node_path = require("node:path");

// src/registry/http/mirrors/hosts-toml.ts
const NOT_OURS$1 = ["dial_timeout"];
const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;
function readHostsToml(top, file) {
	const hosts = top.table("host");
	const places = (hosts?.keys() ?? []).flatMap((address) => {
		const entry = hosts?.table(address);
		return entry === void 0 || hosts === void 0 ? [] : placeOf(address, entry, file, () => hosts.refuse(address.split("@").at(-1) ?? "", NO_ADDRESS));
	});
	const server = top.text("server");
	const last = placeOf(server ?? "", top, file, () => top.refuse("server", NO_ADDRESS), server !== void 0);
	return [...places, ...last];
}
const NO_ADDRESS = "must be the address of a registry (https://mirror.example.com), without user, password, query or fragment";
function placeOf(address, entry, file, bad, wanted = true) {
	const capabilities = entry.texts("capabilities");
	const trust = trustOf(entry, (0, node_path.dirname)(file));
	const headers = headersOf(entry.table("header"));
	const overrides = entry.flag("override_path") ?? false;
	entry.passOver(...NOT_OURS$1);
	if (!wanted || capabilities.length > 0 && !capabilities.includes("pull")) return [];
	const url = addressOf$1(address);
	if (!url) throw bad();
	const path = url.pathname.replace(/\/+$/, "");
	const base = overrides || path.endsWith("/v2") ? path : `${path}/v2`;
	return [{
		origin: new URL(url.origin),
		base,
		registry: url.host,
		trust,
		headers,
		from: file
	}];
}
function addressOf$1(address) {
	const hasScheme = /^https?:\/\//.test(address);
	const text = hasScheme ? address : `http://${address}`;
	if (address === "" || !hasScheme && address.includes("://") || !URL.canParse(text)) return void 0;
	const url = new URL(text);
	if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") return void 0;
	return hasScheme || require_addresses.isLoopbackHost(url.hostname) ? url : new URL(`https://${address}`);
}
function trustOf(entry, directory) {
	const client = entry.any("client");
	const first = (Array.isArray(client) ? client : client === void 0 ? [] : [client])[0];
	const [cert, key] = (Array.isArray(first) ? first : [first]).filter((name) => typeof name === "string" && name !== "").map((name) => (0, node_path.resolve)(directory, name));
	if (first !== void 0 && cert === void 0) throw entry.refuse("client", "must be a file, a list of files, or a list of [certificate, key]");
	return {
		authorities: entry.texts("ca").map((name) => (0, node_path.resolve)(directory, name)),
		unverified: entry.flag("skip_verify") ?? false,
		...cert === void 0 ? {} : { client: {
			cert,
			key: key ?? cert
		} }
	};
}
function headersOf(table) {
	const headers = /* @__PURE__ */ new Map();
	for (const name of table?.keys() ?? []) {
		const value = table?.texts(name).join(", ") ?? "";
		if (table && (!HEADER_NAME.test(name) || /[^\t\x20-\x7e]/.test(value))) throw table.refuse(name, "is not a header that can be sent");
		headers.set(name.toLowerCase(), new require_secret.Secret(value));
	}
	return headers;
}

// src/registry/http/mirrors/place.ts
const PLAIN_TRUST = {
	authorities: [],
	unverified: false
};

// src/registry/http/mirrors/registries-conf.ts
const NOT_OURS = [
	"unqualified-search-registries",
	"short-name-mode",
	"aliases",
	"credential-helpers",
	"additional-layer-store-auth-helper"
];
function readRegistriesConf(top, file) {
	top.passOver(...NOT_OURS);
	return top.tables("registry").map((entry) => {
		const location = place(entry, "location");
		const prefix = place(entry, "prefix") || location;
		if (prefix === "") throw entry.refuse("location", "or prefix must be there");
		if (location === "" && !prefix.startsWith("*.")) throw entry.refuse("location", "must be there, since the prefix does not begin with *.");
		const onlyDigests = entry.flag("mirror-by-digest-only") ?? false;
		const mirrors = entry.tables("mirror").map((mirror) => {
			const own = mirror.text("pull-from-mirror") ?? "";
			if (own !== "" && onlyDigests) throw mirror.refuse("pull-from-mirror", "and mirror-by-digest-only cannot both be there");
			if (own !== "" && own !== "all" && own !== "digest-only" && own !== "tag-only") throw mirror.refuse("pull-from-mirror", "must be all, digest-only or tag-only");
			const where = place(mirror, "location");
			if (where === "") throw mirror.refuse("location", "must be there");
			return {
				location: where,
				insecure: mirror.flag("insecure") ?? false,
				pulls: own === "" ? "all" : own
			};
		});
		return {
			prefix,
			location,
			insecure: entry.flag("insecure") ?? false,
			blocked: entry.flag("blocked") ?? false,
			pulls: "all",
			mirrors,
			from: file
		};
	});
}
function place(entry, key) {
	const text = (entry.text(key) ?? "").replace(/\/+$/, "");
	if (text.includes("://")) throw entry.refuse(key, "must not have a scheme: write host[:port][/path]");
	if (text.includes("@") || /\s/.test(text)) throw entry.refuse(key, "must be host[:port][/path]");
	return text;
}
function mergeEntries(files) {
	const byPrefix = /* @__PURE__ */ new Map();
	for (const entries of files) {
		const own = /* @__PURE__ */ new Set();
		for (const entry of entries) {
			if (own.has(entry.prefix)) throw new require_failure.Failure("CONFIG_INVALID", `cannot use ${entry.from}`, {
				cause: `two [[registry]] have the prefix ${entry.prefix}`,
				hint: "Leave one of them."
			});
			own.add(entry.prefix);
			byPrefix.set(entry.prefix, entry);
		}
	}
	return [...byPrefix.values()];
}
function covered(name, prefix) {
	const wild = prefix.startsWith("*.");
	const tail = wild ? prefix.slice(1) : prefix;
	const at = wild ? name.indexOf(tail) : name.startsWith(tail) ? 0 : -1;
	if (at < 0 || name.slice(0, at).includes("/")) return void 0;
	const end = at + tail.length;
	return end === name.length || name[end] === "/" || name[end] === ":" ? end : void 0;
}
function matchEntry(entries, name) {
	let best;
	for (const entry of entries) {
		const end = covered(name, entry.prefix);
		if (end !== void 0 && entry.prefix.length > (best?.entry.prefix.length ?? -1)) best = {
			entry,
			rest: name.slice(end)
		};
	}
	return best;
}

// node_modules/smol-toml/dist/error.js
function getLineColFromPtr(string, ptr) {
	let lines = string.slice(0, ptr).split(/\r?\n/);
	return [lines.length, lines.pop().length + 1];
}
function makeCodeBlock(string, line, column) {
	let lines = string.split(/\r?\n/);
	let codeblock = "";
	let numberLen = (Math.log10(line + 1) | 0) + 1;
	for (let i = line - 1; i <= line + 1; i++) {
		let l = lines[i - 1];
		if (!l) continue;
		codeblock += i.toString().padEnd(numberLen, " ");
		codeblock += ":  ";
		codeblock += l;
		codeblock += "\n";
		if (i === line) {
			codeblock += " ".repeat(numberLen + column + 2);
			codeblock += "^\n";
		}
	}
	return codeblock;
}
var TomlError = class TomlError extends Error {
	line;
	column;
	codeblock;
	constructor(message, options) {
		const [line, column] = getLineColFromPtr(options.toml, options.ptr);
		const codeblock = makeCodeBlock(options.toml, line, column);
		super(`Invalid TOML document: ${message}\n\n${codeblock}`, options);
		this.line = line;
		this.column = column;
		this.codeblock = codeblock;
	}
	static x(message, ctx, ptr) {
		throw new TomlError(message, {
			toml: ctx.s,
			ptr: ptr ?? ctx.p
		});
	}
};

// node_modules/smol-toml/dist/primitive.js
function parseString(ctx) {
	let startPtr = ctx.p;
	let c = ctx.s.charCodeAt(ctx.p++);
	let first = c;
	let isLiteral = c === 39;
	let isMultiline = c === ctx.s.charCodeAt(ctx.p) && c === ctx.s.charCodeAt(ctx.p + 1);
	if (isMultiline) {
		if ((c = ctx.s.charCodeAt(ctx.p += 2)) === 10) ctx.p++;
		else if (c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10) ctx.p += 2;
	}
	let parsed = "";
	let sliceStart = ctx.p;
	let state = 0;
	for (; ctx.p < ctx.s.length; ctx.p++) {
		c = ctx.s.charCodeAt(ctx.p);
		if (isMultiline && (c === 10 || c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10)) state = state && 3;
		else if (c < 32 && c !== 9 || c === 127) TomlError.x("control characters are not allowed in strings", ctx);
		else if ((!state || state === 3) && c === first && (!isMultiline || ctx.s.charCodeAt(ctx.p + 1) === first && ctx.s.charCodeAt(ctx.p + 2) === first)) {
			if (isMultiline) {
				if (ctx.s.charCodeAt(ctx.p + 3) === first) ctx.p++;
				if (ctx.s.charCodeAt(ctx.p + 3) === first) ctx.p++;
			}
			if (!state) {
				let s = ctx.s.slice(sliceStart, ctx.p);
				parsed = parsed ? parsed + s : s;
			}
			ctx.p += isMultiline ? 3 : 1;
			return parsed;
		} else if (!state) {
			if (!isLiteral && c === 92) {
				parsed += ctx.s.slice(sliceStart, sliceStart = ctx.p);
				state = 1;
			}
		} else if (state === 1) {
			if (c === 120 || c === 117 || c === 85) {
				let errPtr = ctx.p++ - 1;
				let value = 0;
				let len = c === 120 ? 2 : c === 117 ? 4 : 8;
				for (let j = 0; j < len; j++, ctx.p++) {
					let hex = ctx.s.charCodeAt(ctx.p);
					let digit = hex >= 48 && hex <= 57 ? hex - 48 : hex >= 65 && hex <= 70 ? hex - 65 + 10 : hex >= 97 && hex <= 102 ? hex - 97 + 10 : -1;
					if (digit < 0) TomlError.x("invalid non-hex character in unicode escape", ctx);
					value = value << 4 | digit;
				}
				if (value < 0 || value > 1114111 || value >= 55296 && value <= 57343) TomlError.x("invalid unicode escape", ctx, errPtr);
				parsed += String.fromCodePoint(value);
				sliceStart = ctx.p--;
				state = 0;
			} else if (isMultiline && (c === 32 || c === 9)) state = 2;
			else {
				if (c === 98) parsed += "\b";
				else if (c === 116) parsed += "	";
				else if (c === 110) parsed += "\n";
				else if (c === 102) parsed += "\f";
				else if (c === 114) parsed += "\r";
				else if (c === 101) parsed += "\x1B";
				else if (c === 34) parsed += "\"";
				else if (c === 92) parsed += "\\";
				else TomlError.x("unrecognised escape sequence", ctx);
				sliceStart = ctx.p + 1;
				state = 0;
			}
		} else if (c !== 32 && c !== 9) {
			if (state === 2) TomlError.x("invalid escape: only line-ending whitespace may be escaped", ctx, sliceStart);
			state = !isLiteral && c === 92 ? 1 : 0;
			sliceStart = ctx.p;
		}
	}
	TomlError.x("unfinished string", ctx, startPtr);
}

// node_modules/smol-toml/dist/date.js
let DATE_TIME_RE = /^(\d{4}-\d{2}-\d{2})?[Tt ]?(?:(\d{2}):\d{2}(?::\d{2}(?:\.\d+)?)?)?(Z|z|[-+]\d{2}:\d{2})?$/i;
var TomlDate = class TomlDate extends Date {
	#hasDate = false;
	#hasTime = false;
	#offset = null;
	constructor(date, fasttype, unsafeDelim) {
		let hasDate = true;
		let hasTime = true;
		let offset = "Z";
		let c;
		if (typeof date === "string") {
			if (fasttype) prep: {
				if (fasttype < 3) {
					if (+date.slice(11, 13) > 23) {
						date = "";
						break prep;
					}
					if (fasttype === 2) {
						offset = null;
						date += "Z";
					} else if ((c = date.charCodeAt(date.length - 1)) !== 90 && c !== 122) offset = date.slice(date.length - 6);
					if (unsafeDelim) date = date.slice(0, 10) + "T" + date.slice(11);
				} else if (fasttype === 4) date = +date.slice(0, 2) > 23 ? "" : `0000-01-01T${date}Z`;
				hasDate = fasttype !== 4;
				hasTime = fasttype !== 3;
			}
			else {
				let match = date.match(DATE_TIME_RE);
				if (match) {
					if (!match[1]) {
						hasDate = false;
						date = `0000-01-01T${date}`;
					}
					hasTime = !!match[2];
					hasTime && date[10] === " " && (date = date.replace(" ", "T"));
					if (match[2] && +match[2] > 23) date = "";
					else {
						offset = match[3] || null;
						if (!offset && hasTime) date += "Z";
					}
				} else date = "";
			}
		}
		super(date);
		if (!isNaN(this.getTime())) {
			this.#hasDate = hasDate;
			this.#hasTime = hasTime;
			this.#offset = offset;
		}
	}
	isDateTime() {
		return this.#hasDate && this.#hasTime;
	}
	isLocal() {
		return !this.#hasDate || !this.#hasTime || !this.#offset;
	}
	isDate() {
		return this.#hasDate && !this.#hasTime;
	}
	isTime() {
		return this.#hasTime && !this.#hasDate;
	}
	isValid() {
		return this.#hasDate || this.#hasTime;
	}
	toISOString() {
		let iso = super.toISOString();
		if (this.isDate()) return iso.slice(0, 10);
		if (this.isTime()) return iso.slice(11, 23);
		if (this.#offset === null) return iso.slice(0, -1);
		if (this.#offset === "Z" || this.#offset === "z") return iso;
		let offset = +this.#offset.slice(1, 3) * 60 + +this.#offset.slice(4, 6);
		offset = this.#offset[0] === "-" ? offset : -offset;
		return (/* @__PURE__ */ new Date(this.getTime() - offset * 6e4)).toISOString().slice(0, -1) + this.#offset;
	}
	static wrapAsOffsetDateTime(jsDate, offset = "Z") {
		let date = new TomlDate(jsDate);
		date.#offset = offset;
		return date;
	}
	static wrapAsLocalDateTime(jsDate) {
		let date = new TomlDate(jsDate);
		date.#offset = null;
		return date;
	}
	static wrapAsLocalDate(jsDate) {
		let date = new TomlDate(jsDate);
		date.#hasTime = false;
		date.#offset = null;
		return date;
	}
	static wrapAsLocalTime(jsDate) {
		let date = new TomlDate(jsDate);
		date.#hasDate = false;
		date.#offset = null;
		return date;
	}
};

// node_modules/smol-toml/dist/extract.js
function isDigit(char, base = 10) {
	return base === 16 ? char > 47 && char < 58 || char > 64 && char < 71 || char > 96 && char < 103 : char > 47 && char < 48 + base;
}
function isEndOfValue(char, delim) {
	return char === 32 || char === 9 || char === 10 || char === 13 || delim && (char === delim || char === 44) || char === 35;
}
function extractValue(ctx, end) {
	let errPtr = ctx.p;
	let c = ctx.s.charCodeAt(ctx.p);
	if (c === 91 || c === 123) {
		ctx.d-- || TomlError.x("document contains excessively nested structures. aborting.", ctx);
		let value = c === 91 ? parseArray(ctx) : parseInlineTable(ctx);
		ctx.d++;
		return value;
	}
	if (c === 34 || c === 39) return parseString(ctx);
	if (c === 116) {
		if (ctx.s.charCodeAt(++ctx.p) !== 114 || ctx.s.charCodeAt(++ctx.p) !== 117 || ctx.s.charCodeAt(++ctx.p) !== 101) TomlError.x("invalid value", ctx, errPtr);
		return ctx.p++, true;
	}
	if (c === 102) {
		if (ctx.s.charCodeAt(++ctx.p) !== 97 || ctx.s.charCodeAt(++ctx.p) !== 108 || ctx.s.charCodeAt(++ctx.p) !== 115 || ctx.s.charCodeAt(++ctx.p) !== 101) TomlError.x("invalid value", ctx, errPtr);
		return ctx.p++, false;
	}
	if (c === 43 || c === 45) return parseNumber(ctx, ctx.p, ctx.s.charCodeAt(++ctx.p), 44 - c, end);
	if (ctx.s.charCodeAt(ctx.p + 4) === 45 && ctx.s.charCodeAt(ctx.p + 7) === 45) return parseDate(ctx, c, end);
	if (ctx.s.charCodeAt(ctx.p + 2) === 58) return parseTime(ctx, c, end);
	return parseNumber(ctx, ctx.p, c, 0, end);
}
function parseNumber(ctx, startPtr, startChr, sign, endChr) {
	let c = startChr;
	let state = 0;
	let hasUnderscores = false;
	if (c === 105) {
		if (ctx.s.charCodeAt(++ctx.p) !== 110 || ctx.s.charCodeAt(++ctx.p) !== 102) TomlError.x("invalid value", ctx, startPtr);
		return ctx.p++, (sign || 1) / 0;
	}
	if (c === 110) {
		if (ctx.s.charCodeAt(++ctx.p) !== 97 || ctx.s.charCodeAt(++ctx.p) !== 110) TomlError.x("invalid value", ctx, startPtr);
		return ctx.p++, NaN;
	}
	if (c === 48) {
		if (++ctx.p >= ctx.s.length || isEndOfValue(c = ctx.s.charCodeAt(ctx.p), endChr)) return ctx.bi === true ? 0n : 0;
		if (!sign) {
			if (c === 120) return parseIntegerBaseN(ctx, startPtr, 16, endChr);
			else if (c === 98) return parseIntegerBaseN(ctx, startPtr, 2, endChr);
			else if (c === 111) return parseIntegerBaseN(ctx, startPtr, 8, endChr);
		}
		if (c === 46) state = 2;
		else if (c === 101 || c === 69) state = 4;
		else TomlError.x("illegal leading zero", ctx, startPtr);
	} else if (!isDigit(c)) TomlError.x("invalid value", ctx, startPtr);
	while (++ctx.p < ctx.s.length && (c = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c, endChr))) {
		if (!state) state = 1;
		if (c === 95) {
			if (!(state & 1)) TomlError.x("illegal underscore", ctx);
			state += 11;
			hasUnderscores = true;
		} else if (state === 1 && c === 46) state = 2;
		else if ((state === 1 || state === 3) && (c === 101 || c === 69)) state = 4;
		else if (state === 4 && (c === 43 || c === 45)) state = 6;
		else if (!isDigit(c)) TomlError.x(`illegal character in numeric literal`, ctx);
		else if (state > 9) state -= 11;
		else if (!(state & 1)) state++;
	}
	if (!state) {
		let val = (startChr - 48) * (sign || 1);
		return ctx.bi === true ? BigInt(val) : val;
	}
	if (!(state & 1)) TomlError.x("unfinished numeric value", ctx, startPtr);
	let str = ctx.s.slice(startPtr, ctx.p);
	if (hasUnderscores) str = str.replaceAll("_", "");
	return state > 1 ? parseFloat(str) : parseInteger(ctx, str, 10, startPtr);
}
function parseIntegerBaseN(ctx, startPtr, base, endChr) {
	let c, underscore = 1;
	while (++ctx.p < ctx.s.length && (c = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c, endChr))) if (c === 95) {
		if (underscore & 1) TomlError.x("illegal underscore", ctx);
		underscore = 3;
	} else if (!isDigit(c, base)) TomlError.x(`illegal character in numeric literal`, ctx);
	else if (underscore & 1) underscore--;
	if (underscore & 1) TomlError.x("unfinished numeric value", ctx);
	let str = ctx.s.slice(startPtr + 2, ctx.p);
	if (underscore) str = str.replaceAll("_", "");
	return parseInteger(ctx, str, base, startPtr);
}
function parseInteger(ctx, str, base, startPtr) {
	if (ctx.bi !== true) int: {
		let val = parseInt(str, base);
		if (!Number.isSafeInteger(val)) {
			if (ctx.bi) break int;
			TomlError.x("integer value cannot be represented losslessly", ctx, startPtr);
		}
		return val;
	}
	return base === 10 ? BigInt(str) : BigInt((base === 2 ? "0b" : base === 8 ? "0o" : "0x") + str);
}
function parseDate(ctx, c, endChr) {
	let startPtr = ctx.p++, unsafeSeparator;
	if (!isDigit(c) || !isDigit(ctx.s.charCodeAt(ctx.p++)) || !isDigit(ctx.s.charCodeAt(ctx.p++)) || !isDigit(ctx.s.charCodeAt(ctx.p++))) return parseNumber(ctx, ctx.p = startPtr, c, 0, endChr);
	ctx.p += 5;
	if (!isDigit(ctx.s.charCodeAt(ctx.p++))) TomlError.x("invalid date-time: date part is malformed", ctx, startPtr);
	if (ctx.p >= ctx.s.length || ((c = ctx.s.charCodeAt(ctx.p)) !== 32 || (unsafeSeparator = true, !isDigit(ctx.s.charCodeAt(ctx.p + 1)))) && c !== 84 && c !== 116) return readDate(ctx, ctx.s.slice(startPtr, ctx.p), 3, false, startPtr);
	if (ctx.s.charCodeAt(ctx.p += 3) !== 58) TomlError.x("invalid date-time: time part is malformed", ctx, startPtr);
	if (ctx.s.charCodeAt(ctx.p += 3) === 58) ctx.p += 3;
	if (ctx.s.charCodeAt(ctx.p) === 46) while (isDigit(ctx.s.charCodeAt(++ctx.p)));
	if (c = ctx.s.charCodeAt(ctx.p)) {
		if (c === 90 || c === 122) return readDate(ctx, ctx.s.slice(startPtr, ++ctx.p), 1, unsafeSeparator, startPtr, "[+00:00]");
		if (c === 43 || c === 45) return readDate(ctx, ctx.s.slice(startPtr, ctx.p += 6), 1, unsafeSeparator, startPtr, !ctx.ld && "[" + ctx.s.slice(ctx.p - 6, ctx.p) + "]");
	}
	return readDate(ctx, ctx.s.slice(startPtr, ctx.p), 2, unsafeSeparator, startPtr);
}
function parseTime(ctx, c, endChr) {
	let start = ctx.p;
	if (!isDigit(c) || !isDigit(ctx.s.charCodeAt(++ctx.p))) return parseNumber(ctx, --ctx.p, c, 0, endChr);
	if (ctx.s.charCodeAt(ctx.p += 4) === 58) ctx.p += 3;
	if (ctx.s.charCodeAt(ctx.p) === 46) while (isDigit(ctx.s.charCodeAt(++ctx.p)));
	return readDate(ctx, ctx.s.slice(start, ctx.p), 4, false, start);
}
function readDate(ctx, str, type, unsafeDelim, errPtr, temporalSuffix) {
	if (ctx.ld) {
		let date = new TomlDate(str, type, unsafeDelim);
		if (!date.isValid()) TomlError.x("invalid date", ctx, errPtr);
		return date;
	}
	try {
		if (temporalSuffix) str += temporalSuffix;
		switch (type) {
			case 1: return Temporal.ZonedDateTime.from(str);
			case 2: return Temporal.PlainDateTime.from(str);
			case 3: return Temporal.PlainDate.from(str);
			case 4: return Temporal.PlainTime.from(str);
		}
	} catch (e) {
		TomlError.x(e instanceof Error ? e.message : "" + e, ctx, errPtr);
	}
}

// node_modules/smol-toml/dist/util.js
function skipComment(ctx) {
	for (; ctx.p < ctx.s.length; ctx.p++) {
		let c = ctx.s.charCodeAt(ctx.p);
		if (c === 10) break;
		if (c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10) {
			ctx.p++;
			break;
		}
		if (c < 32 && c !== 9 || c === 127) TomlError.x("control characters are not allowed in comments", ctx);
	}
}
function skipVoid(ctx, banNewLines, banComments) {
	let c;
	while (ctx.p < ctx.s.length) {
		while (ctx.p < ctx.s.length && ((c = ctx.s.charCodeAt(ctx.p)) === 32 || c === 9 || !banNewLines && (c === 10 || c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10))) ctx.p++;
		if (banComments || c !== 35) break;
		skipComment(ctx);
	}
}

// node_modules/smol-toml/dist/struct.js
function parseKey(ctx, end = 61) {
	let startPtr;
	let state = 0;
	let parsed = [];
	let sliceStart;
	let c = ctx.s.charCodeAt(startPtr = ctx.p);
	do
		if (c === end) {
			if (!state) TomlError.x("unexpected end of key", ctx);
			if (state === 1) parsed.push(ctx.s.slice(sliceStart, ctx.p));
			return ctx.p++, parsed;
		} else if (c === 46) {
			if (!state) TomlError.x("illegal empty bare key", ctx);
			if (state === 1) parsed.push(ctx.s.slice(sliceStart, ctx.p));
			state = 0;
		} else if (!state && (c === 34 || c === 39)) {
			if (c === ctx.s.charCodeAt(ctx.p + 1) && c === ctx.s.charCodeAt(ctx.p + 2)) TomlError.x("illegal quoted key: multiline strings are not allowed", ctx);
			parsed.push(parseString(ctx));
			state = 2;
			ctx.p--;
		} else if (c === 32 || c === 9) {
			if (state === 1) {
				parsed.push(ctx.s.slice(sliceStart, ctx.p));
				state = 2;
			}
		} else if (state === 2 || c < 48 && c !== 45 || c > 57 && c < 65 || c > 90 && c < 97 && c !== 95 || c > 122) TomlError.x("illegal character in key", ctx);
		else if (!state) {
			state = 1;
			sliceStart = ctx.p;
		}
	while (c = ctx.s.charCodeAt(++ctx.p));
	TomlError.x("incomplete key-value: cannot find end of key", ctx, startPtr);
}
function parseInlineTable(ctx) {
	let startPtr = ctx.p++;
	let res = Object.create(null);
	let seen = /* @__PURE__ */ new Set();
	let c;
	while (ctx.p < ctx.s.length) {
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p)) === 125) {
			ctx.p++;
			return res;
		}
		let k;
		let t = res;
		let hasOwn = false;
		let errPtr = ctx.p;
		let key = parseKey(ctx);
		for (let i = 0; i < key.length; i++) {
			if (i) t = hasOwn ? t[k] : t[k] = Object.create(null);
			k = key[i];
			if ((hasOwn = Object.hasOwn(t, k)) && (typeof t[k] !== "object" || seen.has(t[k]))) TomlError.x("trying to redefine an already defined value", ctx, errPtr);
			let unsafe = k === "__proto__";
			if (ctx.uk && (unsafe || k === "constructor")) {
				t = ctx.uk !== 1 && TomlError.x("document contains an unsafe property", ctx, errPtr);
				break;
			}
			if (!hasOwn && unsafe) Object.defineProperty(t, k, {
				enumerable: true,
				configurable: true,
				writable: true
			});
		}
		if (hasOwn) TomlError.x("trying to redefine an already defined value", ctx, errPtr);
		skipVoid(ctx, true, true);
		let value = extractValue(ctx, 125);
		if (t && typeof (t[k] = value) === "object") seen.add(value);
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p++)) === 125) return res;
		if (c !== 44) TomlError.x("expected comma or end of structure", ctx, ctx.p - 1);
	}
	TomlError.x("unfinished table", ctx, startPtr);
}
function parseArray(ctx) {
	let startPtr = ctx.p++;
	let res = [];
	let c;
	while (ctx.p < ctx.s.length) {
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p)) === 93) {
			ctx.p++;
			return res;
		}
		res.push(extractValue(ctx, 93));
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p++)) === 93) return res;
		if (c !== 44) TomlError.x("expected comma or end of structure", ctx, ctx.p - 1);
	}
	TomlError.x("unfinished array", ctx, startPtr);
}

// node_modules/smol-toml/dist/parse.js
function peekTable(ctx, key, table, meta, type) {
	let t = table;
	let m = meta;
	let k;
	let hasOwn = false;
	let state;
	for (let i = 0; i < key.length; i++) {
		if (i) {
			t = hasOwn ? t[k] : t[k] = Object.create(null);
			m = (state = m[k]).c;
			if (type === 0 && (state.t === 1 || state.t === 2)) return null;
			if (state.t === 2) {
				let l = t.length - 1;
				t = t[l];
				m = m[l].c;
			}
		}
		k = key[i];
		if ((hasOwn = Object.hasOwn(t, k)) && m[k]?.t === 0 && m[k]?.d) return null;
		if (!hasOwn) {
			let unsafe = k === "__proto__";
			if (ctx.uk && (unsafe || k === "constructor")) return false;
			if (unsafe) {
				Object.defineProperty(t, k, {
					enumerable: true,
					configurable: true,
					writable: true
				});
				Object.defineProperty(m, k, {
					enumerable: true,
					configurable: true,
					writable: true
				});
			}
			m[k] = {
				t: i < key.length - 1 && type === 2 ? 3 : type,
				d: false,
				i: 0,
				c: Object.create(null)
			};
		}
	}
	state = m[k];
	if (state.t !== type && !(type === 1 && state.t === 3)) return null;
	if (type === 2) {
		if (!state.d) {
			state.d = true;
			t[k] = [];
		}
		t[k].push(t = Object.create(null));
		state.c[state.i++] = state = {
			t: 1,
			d: false,
			i: 0,
			c: Object.create(null)
		};
	}
	if (state.d) return null;
	state.d = true;
	if (type === 1) t = hasOwn ? t[k] : t[k] = Object.create(null);
	else if (type === 0 && hasOwn) return null;
	return [
		k,
		t,
		state.c
	];
}
function validateTablePeek(ctx, peek, ptr) {
	if (peek === null || ctx.uk === 2) TomlError.x(peek === null ? "trying to redefine an already defined table or value" : "document contains an unsafe property", ctx, ptr);
}
function parse(toml, options = {}) {
	let ctx = {
		s: toml,
		p: 0,
		d: options.maxDepth ?? 1e3,
		bi: options.integersAsBigInt ?? false,
		ld: options.useLegacyDate ?? true,
		uk: options.unsafeKeyBehaviour === "throw" ? 2 : options.unsafeKeyBehaviour === "drop" ? 1 : 0
	};
	let res = Object.create(null);
	let meta = Object.create(null);
	let tmp;
	let skipping = false;
	let tbl = res;
	let m = meta;
	if (toml.charCodeAt(0) === 65279) ctx.p++;
	skipVoid(ctx);
	while (ctx.p < toml.length) {
		if (toml.charCodeAt(ctx.p) === 91) {
			let isTableArray = toml.charCodeAt(++ctx.p) === 91;
			tmp = ctx.p += +isTableArray;
			skipping = false;
			let k = parseKey(ctx, 93);
			if (isTableArray) {
				if (toml.charCodeAt(ctx.p) !== 93) TomlError.x("expected end of table array declaration", ctx);
				ctx.p++;
			}
			let p = peekTable(ctx, k, res, meta, isTableArray ? 2 : 1);
			if (!p) {
				validateTablePeek(ctx, p, tmp);
				skipping = true;
			} else {
				m = p[2];
				tbl = p[1];
			}
		} else {
			tmp = ctx.p;
			let p = peekTable(ctx, parseKey(ctx), tbl, m, 0);
			if (!p && !skipping) validateTablePeek(ctx, p, tmp);
			skipVoid(ctx, true, true);
			let v = extractValue(ctx, void 0);
			if (p && !skipping) p[1][p[0]] = v;
		}
		skipVoid(ctx, true);
		if (ctx.p < toml.length && (tmp = toml.charCodeAt(ctx.p)) !== 10 && (tmp !== 13 || toml.charCodeAt(ctx.p + 1) !== 10)) TomlError.x("each key-value declaration must be followed by an end-of-line", ctx);
		skipVoid(ctx);
	}
	return res;
}

// node_modules/smol-toml/dist/stringify.js
let HAS_WELLFORMED = !!"".isWellFormed;

// src/registry/http/mirrors/toml-file.ts
const LARGEST = 1048576;
const HINT = "Mend the file, or name another one; docs/mirrors.md says which files are read.";
function readTomlFile(file) {
	try {
		return parseToml((0, node_fs.readFileSync)(file, "utf8"), file);
	} catch (error) {
		if (error instanceof require_failure.Failure) throw error;
		const code = error instanceof Error && "code" in error ? error.code : "";
		if (code === "ENOENT" || code === "ENOTDIR") return void 0;
		throw new require_failure.Failure("FILE_UNREADABLE", `cannot read ${file}, which says where images come from`, {
			cause: error,
			hint: "Make the file readable for this user, or take it away."
		});
	}
}
function parseToml(text, file) {
	if (text.length > LARGEST) throw new require_failure.Failure("CONFIG_INVALID", `cannot use ${file}`, {
		cause: "it is larger than 1 MiB",
		hint: HINT
	});
	let value;
	try {
		value = parse(text);
	} catch (error) {
		const where = error instanceof TomlError ? `: line ${error.line}, column ${error.column}` : "";
		const facts = error instanceof TomlError ? {
			file,
			line: error.line,
			column: error.column
		} : { file };
		throw new require_failure.Failure("CONFIG_INVALID", `cannot use ${file}`, {
			cause: `it is not TOML${where}`,
			hint: HINT,
			facts
		});
	}
	return tableOf(value, file, "");
}
function isRecord(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
function tableOf(value, file, path) {
	const refuse = (key, why) => new require_failure.Failure("CONFIG_INVALID", `cannot use ${file}`, {
		cause: `${require_printable.printable(`${path}${key}`, 160)} ${why}`,
		hint: HINT,
		facts: { file }
	});
	const record = isRecord(value) ? value : {};
	const asked = /* @__PURE__ */ new Set();
	const below = [];
	const get = (key) => {
		asked.add(key);
		return Object.hasOwn(record, key) ? record[key] : void 0;
	};
	const child = (inner, name, key) => {
		if (!isRecord(inner)) throw refuse(key, "must be a table");
		const made = tableOf(inner, file, `${path}${name}.`);
		below.push(made);
		return made;
	};
	return {
		text(key) {
			const found = get(key);
			if (found !== void 0 && typeof found !== "string") throw refuse(key, "must be a text in quotes");
			return found;
		},
		flag(key) {
			const found = get(key);
			if (found !== void 0 && typeof found !== "boolean") throw refuse(key, "must be true or false");
			return found;
		},
		texts(key) {
			const found = get(key) ?? [];
			return (Array.isArray(found) ? found : [found]).map((one) => {
				if (typeof one !== "string") throw refuse(key, "must be a text in quotes, or a list of them");
				return one;
			});
		},
		any: get,
		table(key) {
			const found = get(key);
			return found === void 0 ? void 0 : child(found, key, key);
		},
		tables(key) {
			const found = get(key) ?? [];
			if (!Array.isArray(found)) throw refuse(key, `must be written as [[${key}]]`);
			return found.map((one, index) => child(one, `${key}[${index}]`, key));
		},
		keys: () => Object.keys(record),
		passOver(...keys) {
			for (const key of keys) asked.add(key);
		},
		unknown: () => [...Object.keys(record).flatMap((key) => asked.has(key) ? [] : [require_printable.printable(`${path}${key}`, 160)]), ...below.flatMap((table) => table.unknown())],
		refuse
	};
}

// src/registry/http/mirrors/find-places.ts
function createPlaces(files, originOf, warn) {
	const hosts = /* @__PURE__ */ new Map();
	const found = /* @__PURE__ */ new Map();
	let entries;
	const told = (file, read) => {
		const table = readTomlFile(file);
		if (!table) return void 0;
		const value = read(table);
		for (const key of table.unknown()) warn(`${file}: ${key} is not known here and is passed over`);
		return value;
	};
	const readEntries = () => {
		const first = files.registries.find((file) => readTomlFile(file) !== void 0);
		const all = [...first === void 0 ? [] : [first], ...files.registriesDirectories.flatMap(dropIns)];
		return mergeEntries(all.map((file) => told(file, (table) => readRegistriesConf(table, file)) ?? []));
	};
	const match = (repository) => {
		entries ??= readEntries();
		return matchEntry(entries, require_reference.printRepository(repository));
	};
	const hostPlaces = (registry) => {
		const known = hosts.get(registry);
		if (known) return known;
		const port = /:(\d+)$/.exec(registry)?.[1];
		const names = [
			...port === void 0 ? [] : [`${registry.slice(0, -port.length - 1)}_${port}_`],
			registry,
			"_default"
		];
		const tried = files.hostsDirectories.flatMap((directory) => names.map((name) => (0, node_path.join)(directory, name, "hosts.toml")));
		let places = [];
		for (const file of tried) {
			const read = told(file, (table) => readHostsToml(table, file));
			if (!read) continue;
			places = read;
			break;
		}
		hosts.set(registry, places);
		return places;
	};
	return {
		blocked(repository) {
			const entry = match(repository)?.entry;
			return entry?.blocked === true ? entry : void 0;
		},
		of(repository) {
			const name = require_reference.printRepository(repository);
			const known = found.get(name);
			if (known) return known;
			const home = originOf(repository.registry);
			const ofHost = hostPlaces(repository.registry).map((place) => ({
				...place,
				path: repository.path,
				namespace: repository.registry
			}));
			const matched = match(repository);
			const ofEntry = matched === void 0 ? [] : byEntry(matched.entry, matched.rest, repository, originOf);
			const all = [...ofHost, ...ofEntry].filter((place, index, list) => !isHome(place, home, repository) && list.findIndex((other) => addressOf(other) === addressOf(place)) === index);
			found.set(name, all);
			return all;
		}
	};
}
function addressOf({ origin, base, path }) {
	return `${origin.origin}${base}/${path}`;
}
function isHome({ origin, base, path }, home, repository) {
	return origin.origin === home.origin && base === "/v2" && path === repository.path;
}
function byEntry(entry, rest, repository, originOf) {
	const mirrors = entry.mirrors.filter(({ pulls }) => pulls !== "tag-only");
	const moved = entry.location === "" || entry.location === entry.prefix ? [] : [entry];
	return [...mirrors, ...moved].flatMap((mirror) => rewritten(mirror, rest, repository, entry.from, originOf));
}
function rewritten(mirror, rest, repository, from, originOf) {
	const { registry, path } = parsedPlace(`${mirror.location}${rest}`, mirror.location, from);
	if (registry === repository.registry && path === repository.path) return [];
	const usual = originOf(registry);
	const place = {
		base: "/v2",
		registry,
		path,
		headers: /* @__PURE__ */ new Map(),
		from
	};
	if (!mirror.insecure) return [{
		...place,
		origin: usual,
		trust: PLAIN_TRUST
	}];
	return [{
		...place,
		origin: new URL(`https://${usual.host}`),
		trust: {
			...PLAIN_TRUST,
			unverified: true
		}
	}, {
		...place,
		origin: new URL(`http://${usual.host}`),
		trust: PLAIN_TRUST
	}];
}
function parsedPlace(text, location, from) {
	try {
		const parsed = require_reference.parseReference(text);
		if (parsed.tag === void 0 && parsed.digest === void 0 && text.startsWith(parsed.registry)) return parsed;
	} catch {}
	throw new require_failure.Failure("CONFIG_INVALID", `cannot use ${from}`, {
		cause: `the location ${location} makes ${text}, which is not a repository`,
		hint: "Write location as host[:port][/path], with the host first."
	});
}
function dropIns(directory) {
	try {
		return (0, node_fs.readdirSync)(directory).filter((name) => name.endsWith(".conf")).toSorted().map((name) => (0, node_path.join)(directory, name));
	} catch (error) {
		const code = error instanceof Error && "code" in error ? error.code : "";
		if (code === "ENOENT" || code === "ENOTDIR") return [];
		throw new require_failure.Failure("FILE_UNREADABLE", `cannot read ${directory}, which says where images come from`, {
			cause: error,
			hint: "Make the directory readable for this user, or take it away."
		});
	}
}

exports.createPlaces = createPlaces;