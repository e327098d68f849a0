const require_failure = require("./failure.cjs");
const require_printable = require("./printable.cjs");
const require_json = require("./json.cjs");
let node_crypto = require("node:crypto");

// node_modules/@noble/ciphers/utils.js
function isBytes(a) {
	return a instanceof Uint8Array || ArrayBuffer.isView(a) && a.constructor.name === "Uint8Array" && "BYTES_PER_ELEMENT" in a && a.BYTES_PER_ELEMENT === 1;
}
const atitle = (title) => title ? `"${title}" ` : "";
function abool(value, title = "") {
	if (typeof value !== "boolean") throw new TypeError(atitle(title) + "expected boolean, got type=" + typeof value);
	return value;
}
function anumber(n, title = "") {
	if (typeof n !== "number") throw new TypeError(atitle(title) + "expected number, got " + typeof n);
	if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(atitle(title) + "expected integer >= 0, got " + n);
	return n;
}
function abytes(value, length, title = "") {
	if (isBytes(value) && (length === void 0 || value.length === length)) return value;
	if (length !== void 0) anumber(length, "length");
	const bytes = isBytes(value);
	const ofLen = length !== void 0 ? ` of length ${length}` : "";
	const got = bytes ? `length=${value.length}` : `type=${typeof value}`;
	const message = atitle(title) + "expected Uint8Array" + ofLen + ", got " + got;
	if (!bytes) throw new TypeError(message);
	throw new RangeError(message);
}
const aobject = (value, label) => {
	if (value === null || typeof value !== "object" || Array.isArray(value)) throw new TypeError(label === "object" ? "expected valid options object" : `"${label}" expected object, got type=${typeof value}`);
};
function aexists(instance, checkFinished = true) {
	if (instance.destroyed) throw new Error("hash was destroyed");
	if (checkFinished && instance.finished) throw new Error("digest() was already called");
}
function aoutput(out, instance) {
	abytes(out, void 0, "output");
	const min = instance.outputLen;
	if (!(out.length >= min)) throw new RangeError("\"output\" expected length >= " + min);
}
function u32(arr) {
	return new Uint32Array(arr.buffer, arr.byteOffset, Math.floor(arr.byteLength / 4));
}
function clean(...arrays) {
	for (let i = 0; i < arrays.length; i++) arrays[i].fill(0);
}
const isLE = /* @__PURE__ */ (() => new Uint8Array(new Uint32Array([287454020]).buffer)[0] === 68)();
function byteSwap(word) {
	return word << 24 & 4278190080 | word << 8 & 16711680 | word >>> 8 & 65280 | word >>> 24 & 255;
}
function byteSwap32(arr) {
	for (let i = 0; i < arr.length; i++) arr[i] = byteSwap(arr[i]);
	return arr;
}
const swap32IfBE = isLE ? (u) => u : byteSwap32;
function overlapBytes(a, b) {
	if (!a.byteLength || !b.byteLength) return false;
	return a.buffer === b.buffer && a.byteOffset < b.byteOffset + b.byteLength && b.byteOffset < a.byteOffset + a.byteLength;
}
function complexOverlapBytes(input, output) {
	if (overlapBytes(input, output) && input.byteOffset < output.byteOffset) throw new Error("complex overlap of input and output is not supported");
}
function checkOpts(defaults, opts) {
	aobject(defaults, "defaults");
	aobject(opts, "opts");
	return Object.assign(defaults, opts);
}
function equalBytes(a, b) {
	a = abytes(a);
	b = abytes(b);
	if (a.length !== b.length) return false;
	let diff = 0;
	for (let i = 0; i < a.length; i++) diff |= a[i] ^ b[i];
	return diff === 0;
}
function wrapMacConstructor(keyLen, macCons, fromMsg) {
	const mac = macCons;
	const getArgs = fromMsg || (() => []);
	const macC = (msg, key) => mac(key, ...getArgs(msg)).update(msg).digest();
	const tmp = mac(new Uint8Array(keyLen), ...getArgs(/* @__PURE__ */ new Uint8Array(0)));
	macC.outputLen = tmp.outputLen;
	macC.blockLen = tmp.blockLen;
	macC.create = (key, ...args) => mac(key, ...args);
	return macC;
}
const wrapCipher = (params, constructor) => {
	function wrappedCipher(key, ...args) {
		abytes(key, void 0, "key");
		if (params.nonceLength !== void 0) {
			const nonce = args[0];
			abytes(nonce, params.varSizeNonce ? void 0 : params.nonceLength, "nonce");
		}
		const tagl = params.tagLength;
		const aadStart = params.nonceLength !== void 0 ? 1 : 0;
		if (!params.withAAD) {
			for (let i = aadStart; i < args.length; i++) if (isBytes(args[i])) throw new Error("AAD not supported");
		}
		if (params.withAAD && args[aadStart] !== void 0) abytes(args[aadStart], void 0, "AAD");
		const cipher = constructor(key, ...args);
		const checkOutput = (fnLength, output) => {
			if (output !== void 0) {
				if (fnLength !== 2) throw new Error("cipher output not supported");
				abytes(output, void 0, "output");
			}
		};
		let called = false;
		return {
			encrypt(data, output) {
				if (called) throw new Error("cannot encrypt() twice with same key + nonce");
				called = true;
				abytes(data, void 0, "data");
				checkOutput(cipher.encrypt.length, output);
				return cipher.encrypt(data, output);
			},
			decrypt(data, output) {
				abytes(data, void 0, "data");
				if (tagl && data.length < tagl) throw new Error("\"ciphertext\" expected length >= tagLength=" + tagl);
				checkOutput(cipher.decrypt.length, output);
				return cipher.decrypt(data, output);
			}
		};
	}
	Object.assign(wrappedCipher, params);
	return wrappedCipher;
};
function getOutput(expectedLength, out, onlyAligned = true) {
	if (out === void 0) return new Uint8Array(expectedLength);
	abytes(out, expectedLength, "output");
	if (onlyAligned && !isAligned32(out)) throw new Error("invalid output, must be aligned");
	return out;
}
function isAligned32(bytes) {
	return bytes.byteOffset % 4 === 0;
}
function copyBytes(bytes) {
	return Uint8Array.from(abytes(bytes));
}

// node_modules/@noble/ciphers/_arx.js
const encodeStr = (str) => Uint8Array.from(str.split(""), (c) => c.charCodeAt(0));
const sigma16_32 = /* @__PURE__ */ (() => swap32IfBE(u32(encodeStr("expand 16-byte k"))))();
const sigma32_32 = /* @__PURE__ */ (() => swap32IfBE(u32(encodeStr("expand 32-byte k"))))();
function rotl(a, b) {
	return a << b | a >>> 32 - b;
}
const BLOCK_LEN = 64;
const BLOCK_LEN32 = 16;
const MAX_COUNTER = /* @__PURE__ */ (() => 2 ** 32 - 1)();
const U32_EMPTY = /* @__PURE__ */ Uint32Array.of();
function runCipher(core, sigma, key, nonce, data, output, counter, rounds) {
	const len = data.length;
	const block = new Uint8Array(BLOCK_LEN);
	const b32 = u32(block);
	const isAligned = isLE && isAligned32(data) && isAligned32(output);
	const d32 = isAligned ? u32(data) : U32_EMPTY;
	const o32 = isAligned ? u32(output) : U32_EMPTY;
	if (!isLE) {
		for (let pos = 0; pos < len; counter++) {
			core(sigma, key, nonce, b32, counter, rounds);
			swap32IfBE(b32);
			if (counter >= MAX_COUNTER) throw new Error("arx: counter overflow");
			const take = Math.min(BLOCK_LEN, len - pos);
			for (let j = 0, posj; j < take; j++) {
				posj = pos + j;
				output[posj] = data[posj] ^ block[j];
			}
			pos += take;
		}
		return;
	}
	for (let pos = 0; pos < len; counter++) {
		core(sigma, key, nonce, b32, counter, rounds);
		if (counter >= MAX_COUNTER) throw new Error("arx: counter overflow");
		const take = Math.min(BLOCK_LEN, len - pos);
		if (isAligned && take === BLOCK_LEN) {
			const pos32 = pos / 4;
			if (pos % 4 !== 0) throw new Error("arx: invalid block position");
			for (let j = 0, posj; j < BLOCK_LEN32; j++) {
				posj = pos32 + j;
				o32[posj] = d32[posj] ^ b32[j];
			}
			pos += BLOCK_LEN;
			continue;
		}
		for (let j = 0, posj; j < take; j++) {
			posj = pos + j;
			output[posj] = data[posj] ^ block[j];
		}
		pos += take;
	}
}
function createCipher(core, opts) {
	const { allowShortKeys, extendNonceFn, counterLength, counterRight, rounds } = checkOpts({
		allowShortKeys: false,
		counterLength: 8,
		counterRight: false,
		rounds: 20
	}, opts);
	if (typeof core !== "function") throw new Error("core must be a function");
	anumber(counterLength);
	anumber(rounds);
	abool(counterRight);
	abool(allowShortKeys);
	return (key, nonce, data, output, counter = 0) => {
		abytes(key, void 0, "key");
		abytes(nonce, void 0, "nonce");
		abytes(data, void 0, "data");
		const len = data.length;
		const hasOutput = output !== void 0;
		output = getOutput(len, output, false);
		if (hasOutput) complexOverlapBytes(data, output);
		anumber(counter);
		if (counter < 0 || counter >= MAX_COUNTER) throw new Error("arx: counter overflow");
		const toClean = [];
		let l = key.length;
		let k;
		let sigma;
		if (l === 32) {
			toClean.push(k = copyBytes(key));
			sigma = sigma32_32;
		} else if (l === 16 && allowShortKeys) {
			k = /* @__PURE__ */ new Uint8Array(32);
			k.set(key);
			k.set(key, 16);
			sigma = sigma16_32;
			toClean.push(k);
		} else {
			abytes(key, 32, "arx key");
			throw new Error("invalid key size");
		}
		if (!isLE || !isAligned32(nonce)) toClean.push(nonce = copyBytes(nonce));
		let k32 = u32(k);
		if (extendNonceFn) {
			if (nonce.length !== 24) throw new Error("arx: extended nonce must be 24 bytes");
			const n16 = nonce.subarray(0, 16);
			if (isLE) extendNonceFn(sigma, k32, u32(n16), k32);
			else {
				const sigmaRaw = swap32IfBE(Uint32Array.from(sigma));
				extendNonceFn(sigmaRaw, k32, u32(n16), k32);
				clean(sigmaRaw);
				swap32IfBE(k32);
			}
			nonce = nonce.subarray(16);
		} else if (!isLE) swap32IfBE(k32);
		const nonceNcLen = 16 - counterLength;
		if (nonceNcLen !== nonce.length) throw new Error(`arx: nonce must be ${nonceNcLen} or 16 bytes`);
		if (nonceNcLen !== 12) {
			const nc = /* @__PURE__ */ new Uint8Array(12);
			nc.set(nonce, counterRight ? 0 : 12 - nonce.length);
			nonce = nc;
			toClean.push(nonce);
		}
		const n32 = swap32IfBE(u32(nonce));
		try {
			runCipher(core, sigma, k32, n32, data, output, counter, rounds);
			return output;
		} finally {
			clean(...toClean);
		}
	};
}

// node_modules/@noble/ciphers/_poly1305.js
function u8to16(a, i) {
	return a[i++] & 255 | (a[i++] & 255) << 8;
}
var Poly1305 = class {
	blockLen = 16;
	outputLen = 16;
	buffer = /* @__PURE__ */ new Uint8Array(16);
	r = /* @__PURE__ */ new Uint16Array(10);
	h = /* @__PURE__ */ new Uint16Array(10);
	pad = /* @__PURE__ */ new Uint16Array(8);
	pos = 0;
	finished = false;
	destroyed = false;
	constructor(key) {
		key = copyBytes(abytes(key, 32, "key"));
		const t0 = u8to16(key, 0);
		const t1 = u8to16(key, 2);
		const t2 = u8to16(key, 4);
		const t3 = u8to16(key, 6);
		const t4 = u8to16(key, 8);
		const t5 = u8to16(key, 10);
		const t6 = u8to16(key, 12);
		const t7 = u8to16(key, 14);
		this.r[0] = t0 & 8191;
		this.r[1] = (t0 >>> 13 | t1 << 3) & 8191;
		this.r[2] = (t1 >>> 10 | t2 << 6) & 7939;
		this.r[3] = (t2 >>> 7 | t3 << 9) & 8191;
		this.r[4] = (t3 >>> 4 | t4 << 12) & 255;
		this.r[5] = t4 >>> 1 & 8190;
		this.r[6] = (t4 >>> 14 | t5 << 2) & 8191;
		this.r[7] = (t5 >>> 11 | t6 << 5) & 8065;
		this.r[8] = (t6 >>> 8 | t7 << 8) & 8191;
		this.r[9] = t7 >>> 5 & 127;
		for (let i = 0; i < 8; i++) this.pad[i] = u8to16(key, 16 + 2 * i);
	}
	process(data, offset, isLast = false) {
		const hibit = isLast ? 0 : 2048;
		const { h, r } = this;
		const r0 = r[0];
		const r1 = r[1];
		const r2 = r[2];
		const r3 = r[3];
		const r4 = r[4];
		const r5 = r[5];
		const r6 = r[6];
		const r7 = r[7];
		const r8 = r[8];
		const r9 = r[9];
		const t0 = u8to16(data, offset + 0);
		const t1 = u8to16(data, offset + 2);
		const t2 = u8to16(data, offset + 4);
		const t3 = u8to16(data, offset + 6);
		const t4 = u8to16(data, offset + 8);
		const t5 = u8to16(data, offset + 10);
		const t6 = u8to16(data, offset + 12);
		const t7 = u8to16(data, offset + 14);
		let h0 = h[0] + (t0 & 8191);
		let h1 = h[1] + ((t0 >>> 13 | t1 << 3) & 8191);
		let h2 = h[2] + ((t1 >>> 10 | t2 << 6) & 8191);
		let h3 = h[3] + ((t2 >>> 7 | t3 << 9) & 8191);
		let h4 = h[4] + ((t3 >>> 4 | t4 << 12) & 8191);
		let h5 = h[5] + (t4 >>> 1 & 8191);
		let h6 = h[6] + ((t4 >>> 14 | t5 << 2) & 8191);
		let h7 = h[7] + ((t5 >>> 11 | t6 << 5) & 8191);
		let h8 = h[8] + ((t6 >>> 8 | t7 << 8) & 8191);
		let h9 = h[9] + (t7 >>> 5 | hibit);
		let c = 0;
		let d0 = c + h0 * r0 + h1 * (5 * r9) + h2 * (5 * r8) + h3 * (5 * r7) + h4 * (5 * r6);
		c = d0 >>> 13;
		d0 &= 8191;
		d0 += h5 * (5 * r5) + h6 * (5 * r4) + h7 * (5 * r3) + h8 * (5 * r2) + h9 * (5 * r1);
		c += d0 >>> 13;
		d0 &= 8191;
		let d1 = c + h0 * r1 + h1 * r0 + h2 * (5 * r9) + h3 * (5 * r8) + h4 * (5 * r7);
		c = d1 >>> 13;
		d1 &= 8191;
		d1 += h5 * (5 * r6) + h6 * (5 * r5) + h7 * (5 * r4) + h8 * (5 * r3) + h9 * (5 * r2);
		c += d1 >>> 13;
		d1 &= 8191;
		let d2 = c + h0 * r2 + h1 * r1 + h2 * r0 + h3 * (5 * r9) + h4 * (5 * r8);
		c = d2 >>> 13;
		d2 &= 8191;
		d2 += h5 * (5 * r7) + h6 * (5 * r6) + h7 * (5 * r5) + h8 * (5 * r4) + h9 * (5 * r3);
		c += d2 >>> 13;
		d2 &= 8191;
		let d3 = c + h0 * r3 + h1 * r2 + h2 * r1 + h3 * r0 + h4 * (5 * r9);
		c = d3 >>> 13;
		d3 &= 8191;
		d3 += h5 * (5 * r8) + h6 * (5 * r7) + h7 * (5 * r6) + h8 * (5 * r5) + h9 * (5 * r4);
		c += d3 >>> 13;
		d3 &= 8191;
		let d4 = c + h0 * r4 + h1 * r3 + h2 * r2 + h3 * r1 + h4 * r0;
		c = d4 >>> 13;
		d4 &= 8191;
		d4 += h5 * (5 * r9) + h6 * (5 * r8) + h7 * (5 * r7) + h8 * (5 * r6) + h9 * (5 * r5);
		c += d4 >>> 13;
		d4 &= 8191;
		let d5 = c + h0 * r5 + h1 * r4 + h2 * r3 + h3 * r2 + h4 * r1;
		c = d5 >>> 13;
		d5 &= 8191;
		d5 += h5 * r0 + h6 * (5 * r9) + h7 * (5 * r8) + h8 * (5 * r7) + h9 * (5 * r6);
		c += d5 >>> 13;
		d5 &= 8191;
		let d6 = c + h0 * r6 + h1 * r5 + h2 * r4 + h3 * r3 + h4 * r2;
		c = d6 >>> 13;
		d6 &= 8191;
		d6 += h5 * r1 + h6 * r0 + h7 * (5 * r9) + h8 * (5 * r8) + h9 * (5 * r7);
		c += d6 >>> 13;
		d6 &= 8191;
		let d7 = c + h0 * r7 + h1 * r6 + h2 * r5 + h3 * r4 + h4 * r3;
		c = d7 >>> 13;
		d7 &= 8191;
		d7 += h5 * r2 + h6 * r1 + h7 * r0 + h8 * (5 * r9) + h9 * (5 * r8);
		c += d7 >>> 13;
		d7 &= 8191;
		let d8 = c + h0 * r8 + h1 * r7 + h2 * r6 + h3 * r5 + h4 * r4;
		c = d8 >>> 13;
		d8 &= 8191;
		d8 += h5 * r3 + h6 * r2 + h7 * r1 + h8 * r0 + h9 * (5 * r9);
		c += d8 >>> 13;
		d8 &= 8191;
		let d9 = c + h0 * r9 + h1 * r8 + h2 * r7 + h3 * r6 + h4 * r5;
		c = d9 >>> 13;
		d9 &= 8191;
		d9 += h5 * r4 + h6 * r3 + h7 * r2 + h8 * r1 + h9 * r0;
		c += d9 >>> 13;
		d9 &= 8191;
		c = (c << 2) + c | 0;
		c = c + d0 | 0;
		d0 = c & 8191;
		c = c >>> 13;
		d1 += c;
		h[0] = d0;
		h[1] = d1;
		h[2] = d2;
		h[3] = d3;
		h[4] = d4;
		h[5] = d5;
		h[6] = d6;
		h[7] = d7;
		h[8] = d8;
		h[9] = d9;
	}
	finalize() {
		const { h, pad } = this;
		const g = /* @__PURE__ */ new Uint16Array(10);
		let c = h[1] >>> 13;
		h[1] &= 8191;
		for (let i = 2; i < 10; i++) {
			h[i] += c;
			c = h[i] >>> 13;
			h[i] &= 8191;
		}
		h[0] += c * 5;
		c = h[0] >>> 13;
		h[0] &= 8191;
		h[1] += c;
		c = h[1] >>> 13;
		h[1] &= 8191;
		h[2] += c;
		g[0] = h[0] + 5;
		c = g[0] >>> 13;
		g[0] &= 8191;
		for (let i = 1; i < 10; i++) {
			g[i] = h[i] + c;
			c = g[i] >>> 13;
			g[i] &= 8191;
		}
		g[9] -= 8192;
		let mask = (c ^ 1) - 1;
		for (let i = 0; i < 10; i++) g[i] &= mask;
		mask = ~mask;
		for (let i = 0; i < 10; i++) h[i] = h[i] & mask | g[i];
		h[0] = (h[0] | h[1] << 13) & 65535;
		h[1] = (h[1] >>> 3 | h[2] << 10) & 65535;
		h[2] = (h[2] >>> 6 | h[3] << 7) & 65535;
		h[3] = (h[3] >>> 9 | h[4] << 4) & 65535;
		h[4] = (h[4] >>> 12 | h[5] << 1 | h[6] << 14) & 65535;
		h[5] = (h[6] >>> 2 | h[7] << 11) & 65535;
		h[6] = (h[7] >>> 5 | h[8] << 8) & 65535;
		h[7] = (h[8] >>> 8 | h[9] << 5) & 65535;
		let f = h[0] + pad[0];
		h[0] = f & 65535;
		for (let i = 1; i < 8; i++) {
			f = (h[i] + pad[i] | 0) + (f >>> 16) | 0;
			h[i] = f & 65535;
		}
		clean(g);
	}
	update(data) {
		aexists(this);
		abytes(data);
		data = copyBytes(data);
		const { buffer, blockLen } = this;
		const len = data.length;
		for (let pos = 0; pos < len;) {
			const take = Math.min(blockLen - this.pos, len - pos);
			if (take === blockLen) {
				for (; blockLen <= len - pos; pos += blockLen) this.process(data, pos);
				continue;
			}
			buffer.set(data.subarray(pos, pos + take), this.pos);
			this.pos += take;
			pos += take;
			if (this.pos === blockLen) {
				this.process(buffer, 0, false);
				this.pos = 0;
			}
		}
		return this;
	}
	destroy() {
		this.destroyed = true;
		clean(this.h, this.r, this.buffer, this.pad);
	}
	digestInto(out) {
		aexists(this);
		aoutput(out, this);
		this.finished = true;
		const { buffer, h } = this;
		let { pos } = this;
		if (pos) {
			buffer[pos++] = 1;
			for (; pos < 16; pos++) buffer[pos] = 0;
			this.process(buffer, 0, true);
		}
		this.finalize();
		let opos = 0;
		for (let i = 0; i < 8; i++) {
			out[opos++] = h[i] >>> 0;
			out[opos++] = h[i] >>> 8;
		}
	}
	digest() {
		const { buffer, outputLen } = this;
		this.digestInto(buffer);
		const res = buffer.slice(0, outputLen);
		this.destroy();
		return res;
	}
};
const poly1305 = /* @__PURE__ */ wrapMacConstructor(32, (key) => new Poly1305(key));

// node_modules/@noble/ciphers/salsa.js
function salsaCore(s, k, n, out, cnt, rounds = 20, cntHi = 0) {
	let y00 = s[0], y01 = k[0], y02 = k[1], y03 = k[2], y04 = k[3], y05 = s[1], y06 = n[0], y07 = n[1], y08 = cnt, y09 = cntHi, y10 = s[2], y11 = k[4], y12 = k[5], y13 = k[6], y14 = k[7], y15 = s[3];
	let x00 = y00, x01 = y01, x02 = y02, x03 = y03, x04 = y04, x05 = y05, x06 = y06, x07 = y07, x08 = y08, x09 = y09, x10 = y10, x11 = y11, x12 = y12, x13 = y13, x14 = y14, x15 = y15;
	for (let r = 0; r < rounds; r += 2) {
		x04 ^= rotl(x00 + x12 | 0, 7);
		x08 ^= rotl(x04 + x00 | 0, 9);
		x12 ^= rotl(x08 + x04 | 0, 13);
		x00 ^= rotl(x12 + x08 | 0, 18);
		x09 ^= rotl(x05 + x01 | 0, 7);
		x13 ^= rotl(x09 + x05 | 0, 9);
		x01 ^= rotl(x13 + x09 | 0, 13);
		x05 ^= rotl(x01 + x13 | 0, 18);
		x14 ^= rotl(x10 + x06 | 0, 7);
		x02 ^= rotl(x14 + x10 | 0, 9);
		x06 ^= rotl(x02 + x14 | 0, 13);
		x10 ^= rotl(x06 + x02 | 0, 18);
		x03 ^= rotl(x15 + x11 | 0, 7);
		x07 ^= rotl(x03 + x15 | 0, 9);
		x11 ^= rotl(x07 + x03 | 0, 13);
		x15 ^= rotl(x11 + x07 | 0, 18);
		x01 ^= rotl(x00 + x03 | 0, 7);
		x02 ^= rotl(x01 + x00 | 0, 9);
		x03 ^= rotl(x02 + x01 | 0, 13);
		x00 ^= rotl(x03 + x02 | 0, 18);
		x06 ^= rotl(x05 + x04 | 0, 7);
		x07 ^= rotl(x06 + x05 | 0, 9);
		x04 ^= rotl(x07 + x06 | 0, 13);
		x05 ^= rotl(x04 + x07 | 0, 18);
		x11 ^= rotl(x10 + x09 | 0, 7);
		x08 ^= rotl(x11 + x10 | 0, 9);
		x09 ^= rotl(x08 + x11 | 0, 13);
		x10 ^= rotl(x09 + x08 | 0, 18);
		x12 ^= rotl(x15 + x14 | 0, 7);
		x13 ^= rotl(x12 + x15 | 0, 9);
		x14 ^= rotl(x13 + x12 | 0, 13);
		x15 ^= rotl(x14 + x13 | 0, 18);
	}
	let oi = 0;
	out[oi++] = y00 + x00 | 0;
	out[oi++] = y01 + x01 | 0;
	out[oi++] = y02 + x02 | 0;
	out[oi++] = y03 + x03 | 0;
	out[oi++] = y04 + x04 | 0;
	out[oi++] = y05 + x05 | 0;
	out[oi++] = y06 + x06 | 0;
	out[oi++] = y07 + x07 | 0;
	out[oi++] = y08 + x08 | 0;
	out[oi++] = y09 + x09 | 0;
	out[oi++] = y10 + x10 | 0;
	out[oi++] = y11 + x11 | 0;
	out[oi++] = y12 + x12 | 0;
	out[oi++] = y13 + x13 | 0;
	out[oi++] = y14 + x14 | 0;
	out[oi++] = y15 + x15 | 0;
}
function hsalsa(s, k, i, out) {
	const s2 = isLE ? s : swap32IfBE(s.slice(0, 4));
	const k2 = isLE ? k : swap32IfBE(k.slice(0, 8));
	const i2 = isLE ? i : swap32IfBE(i.slice(0, 4));
	const t = /* @__PURE__ */ new Uint32Array(16);
	salsaCore(s2, k2, i2.subarray(0, 2), t, i2[2], 20, i2[3]);
	let oi = 0;
	out[oi++] = t[0] - s2[0] | 0;
	out[oi++] = t[5] - s2[1] | 0;
	out[oi++] = t[10] - s2[2] | 0;
	out[oi++] = t[15] - s2[3] | 0;
	out[oi++] = t[6] - i2[0] | 0;
	out[oi++] = t[7] - i2[1] | 0;
	out[oi++] = t[8] - i2[2] | 0;
	out[oi++] = t[9] - i2[3] | 0;
	swap32IfBE(out);
	if (!isLE) clean(s2, k2, i2);
	clean(t);
}
const xsalsa20 = /* @__PURE__ */ createCipher(salsaCore, {
	counterRight: true,
	extendNonceFn: hsalsa
});
const xsalsa20poly1305 = /* @__PURE__ */ wrapCipher({
	blockSize: 64,
	nonceLength: 24,
	tagLength: 16
}, (key, nonce) => {
	return {
		encrypt(plaintext, output) {
			output = getOutput(plaintext.length + 32, output, false);
			const authKey = output.subarray(0, 32);
			const ciphPlaintext = output.subarray(32);
			output.set(plaintext, 32);
			clean(authKey);
			xsalsa20(key, nonce, output, output);
			const tag = poly1305(ciphPlaintext, authKey);
			output.set(tag, 16);
			clean(output.subarray(0, 16), tag);
			return output.subarray(16);
		},
		decrypt(ciphertext, output) {
			abytes(ciphertext, void 0, "data");
			output = getOutput(ciphertext.length + 32, output, false);
			const tmp = output.subarray(0, 32);
			const passedTag = output.subarray(32, 48);
			const ciphPlaintext = output.subarray(48);
			output.set(ciphertext, 32);
			clean(tmp);
			const authKey = xsalsa20(key, nonce, tmp, tmp);
			const tag = poly1305(ciphPlaintext, authKey);
			if (!equalBytes(passedTag, tag)) {
				clean(output);
				throw new Error("invalid tag");
			}
			xsalsa20(key, nonce, output.subarray(16), output.subarray(16));
			clean(tmp, passedTag, tag);
			return ciphPlaintext;
		}
	};
});

// src/evidence/trust/keys/pem.ts
const LONGEST = 65536;
const NAMES = /* @__PURE__ */ new Map([
	["PUBLIC KEY", "a public key"],
	["RSA PUBLIC KEY", "a public key in PKCS#1 form"],
	["CERTIFICATE", "a certificate"],
	["CERTIFICATE REQUEST", "a certificate request"],
	["PRIVATE KEY", "a private key"],
	["ENCRYPTED PRIVATE KEY", "an encrypted private key"],
	["RSA PRIVATE KEY", "a private key"],
	["EC PRIVATE KEY", "a private key"],
	["ENCRYPTED SIGSTORE PRIVATE KEY", "a private key of cosign"],
	["ENCRYPTED COSIGN PRIVATE KEY", "a private key of cosign"],
	["OPENSSH PRIVATE KEY", "a private key of OpenSSH"],
	["PGP PRIVATE KEY BLOCK", "a private key of PGP"],
	["PGP PUBLIC KEY BLOCK", "a public key of PGP"]
]);
function readPem(text, wanted) {
	if (text.length > LONGEST) throw unreadable(wanted, `the text has ${text.length} characters; a key has at most ${LONGEST}`);
	const blocks = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]{1,64})-----\s([\s\S]*?)-----END \1-----/g)].filter((block) => block[1] !== "EC PARAMETERS");
	const [first, second] = blocks;
	if (first === void 0) throw unreadable(wanted, `${describeOther(text)} was found`);
	if (second !== void 0) throw unreadable(wanted, `${blocks.length} keys or certificates were found in one text: ${blocks.map((block) => describeLabel(block[1] ?? "")).join(", ")}`);
	const [, label = "", body = ""] = first;
	if (/^(?:Proc-Type|DEK-Info):/m.test(body)) throw unreadable(wanted, "it is encrypted in the old OpenSSL form, which protects it badly", "Convert it: openssl pkcs8 -topk8 -in OLD.key -out NEW.key");
	const compact = body.replaceAll(/\s/g, "");
	const bytes = Buffer.from(compact, "base64");
	if (bytes.length === 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) throw unreadable(wanted, `${describeLabel(label)} was found, but its content is not base64`);
	return {
		label,
		bytes
	};
}
function describeLabel(label) {
	return NAMES.get(label) ?? `something called "${require_printable.printable(label, 64)}"`;
}
function describeOther(text) {
	if (text.trim() === "") return "an empty text";
	if (/^(?:ssh-|ecdsa-sha2-)/.test(text)) return "a public key of OpenSSH";
	if (text.includes("-----BEGIN ")) return "a PEM block that is cut off or damaged";
	if (text.trimStart().startsWith("{")) return "JSON";
	if (text.startsWith("age-") || text.startsWith("AGE-")) return "a key of age";
	return /[\p{Cc}\ufffd]/u.test(text.replaceAll(/\s/g, "")) ? "binary content" : "no PEM text";
}
function unreadable(wanted, why, hint) {
	return new require_failure.Failure("KEY_UNREADABLE", `cannot read ${wanted}`, {
		cause: why,
		hint: hint ?? "Give a key in PEM form, as ferry key create or cosign generate-key-pair write it."
	});
}

// src/evidence/trust/keys/sigstore-key.ts
const SIGSTORE_LABEL = "ENCRYPTED SIGSTORE PRIVATE KEY";
const SIGSTORE_LABELS = /* @__PURE__ */ new Set([SIGSTORE_LABEL, "ENCRYPTED COSIGN PRIVATE KEY"]);
const COST = {
	N: 65536,
	r: 8,
	p: 1
};
const MOST_MEMORY = 268435456;
const MOST_WORK = 8388608;
const SALT_BYTES = 32;
const NONCE_BYTES = 24;
const KEY_BYTES = 32;
function sealKey(pkcs8, password) {
	const salt = (0, node_crypto.randomBytes)(SALT_BYTES);
	const nonce = (0, node_crypto.randomBytes)(NONCE_BYTES);
	const key = stretch(password, salt, COST);
	const ciphertext = Buffer.from(xsalsa20poly1305(key, nonce).encrypt(pkcs8));
	key.fill(0);
	const file = {
		kdf: {
			name: "scrypt",
			params: COST,
			salt: salt.toString("base64")
		},
		cipher: {
			name: "nacl/secretbox",
			nonce: nonce.toString("base64")
		},
		ciphertext: ciphertext.toString("base64")
	};
	const lines = Buffer.from(JSON.stringify(file)).toString("base64").match(/.{1,64}/g) ?? [];
	return `-----BEGIN ${SIGSTORE_LABEL}-----\n${lines.join("\n")}\n-----END ${SIGSTORE_LABEL}-----\n`;
}
function openKey(content, password) {
	const { cost, salt, nonce, ciphertext } = readFile(content);
	const key = stretch(password, salt, cost);
	try {
		return xsalsa20poly1305(key, nonce).decrypt(ciphertext);
	} catch {
		throw wrongPassword();
	} finally {
		key.fill(0);
	}
}
function wrongPassword() {
	return new require_failure.Failure("KEY_PASSWORD_WRONG", "the password does not open the private key", { hint: "Give the password the key was made with (FERRY_KEY_PASSWORD, a file, or the prompt). A line break at its end counts as part of it." });
}
function stretch(password, salt, { N, r, p }) {
	return (0, node_crypto.scryptSync)(password.reveal(), salt, KEY_BYTES, {
		N,
		r,
		p,
		maxmem: memoryOf({
			N,
			r,
			p
		}) + 1048576
	});
}
function memoryOf({ N, r, p }) {
	return 128 * r * (N + p);
}
function readFile(content) {
	const file = asObject(parse(content));
	const kdf = asObject(file["kdf"]);
	const cipher = asObject(file["cipher"]);
	if (kdf["name"] !== "scrypt" || cipher["name"] !== "nacl/secretbox") throw damaged("it uses another cipher than scrypt with nacl/secretbox");
	const salt = base64(kdf["salt"]);
	const nonce = base64(cipher["nonce"]);
	const ciphertext = base64(file["ciphertext"]);
	if (salt.length === 0 || nonce.length !== NONCE_BYTES || ciphertext.length <= 16) throw damaged("its salt, nonce or ciphertext has a wrong length");
	return {
		cost: readCost(asObject(kdf["params"])),
		salt,
		nonce,
		ciphertext
	};
}
function readCost({ N, r, p }) {
	if (!isCount(N) || !isCount(r) || !isCount(p) || N < 2 || !Number.isInteger(Math.log2(N))) throw damaged("its scrypt parameters are not valid");
	const cost = {
		N,
		r,
		p
	};
	if (memoryOf(cost) > MOST_MEMORY || N * r * p > MOST_WORK) throw damaged(`its scrypt parameters N=${N} r=${r} p=${p} would take too much memory or time`);
	return cost;
}
function isCount(value) {
	return Number.isSafeInteger(value) && Number(value) > 0;
}
function parse(content) {
	try {
		return require_json.parseStrictJson(content, "the content of the key file");
	} catch {
		throw damaged("its content is not JSON");
	}
}
function asObject(value) {
	if (typeof value !== "object" || value === null || !require_json.isObject(value)) throw damaged("fields are missing");
	return value;
}
function base64(value) {
	return typeof value === "string" ? Buffer.from(value, "base64") : Buffer.alloc(0);
}
function damaged(why) {
	return unreadable("the private key", `a private key of cosign was found, but ${why}`);
}

// src/evidence/trust/keys/algorithms.ts
const HASH = {
	"ecdsa-p256": "sha256",
	"ecdsa-p384": "sha384",
	"ecdsa-p521": "sha512",
	rsa: "sha256",
	ed25519: null
};
const CURVES = /* @__PURE__ */ new Map([
	["prime256v1", "ecdsa-p256"],
	["secp384r1", "ecdsa-p384"],
	["secp521r1", "ecdsa-p521"]
]);
const SHORTEST_RSA = 2048;
const LONGEST_RSA = 8192;
function algorithmOfKey(key) {
	const details = key.asymmetricKeyDetails;
	if (key.asymmetricKeyType === "ed25519") return "ed25519";
	if (key.asymmetricKeyType === "ec") {
		const found = CURVES.get(details?.namedCurve ?? "");
		if (found) return found;
		throw unusable(`it is an elliptic curve key on ${details?.namedCurve ?? "an unnamed curve"}`);
	}
	if (key.asymmetricKeyType === "rsa") {
		const bits = details?.modulusLength ?? 0;
		if (bits >= SHORTEST_RSA && bits <= LONGEST_RSA) return "rsa";
		throw unusable(`it is an RSA key of ${bits} bits; ${SHORTEST_RSA} to ${LONGEST_RSA} are allowed`);
	}
	throw unusable(`it is a key of type ${key.asymmetricKeyType ?? "unknown"}`);
}
function unusable(why) {
	return new require_failure.Failure("KEY_UNREADABLE", "the key cannot be used for image signatures", {
		cause: why,
		hint: "Use a key on P-256 (ferry key create makes one), P-384 or P-521, an RSA key of 2048 bits or more, or Ed25519."
	});
}
function signBytes(bytes, key, algorithm) {
	return (0, node_crypto.sign)(HASH[algorithm], bytes, options(key, algorithm));
}
function verifyBytes(bytes, signature, key, algorithm) {
	return (0, node_crypto.verify)(HASH[algorithm], bytes, options(key, algorithm), signature);
}
function options(key, algorithm) {
	if (algorithm === "rsa") return {
		key,
		padding: node_crypto.constants.RSA_PKCS1_PADDING
	};
	return algorithm === "ed25519" ? { key } : {
		key,
		dsaEncoding: "der"
	};
}

// src/evidence/trust/keys/verifying-key.ts
function readPublicKey(pem) {
	const wanted = "the public key";
	const { label, bytes } = readPem(pem, wanted);
	if (label === "CERTIFICATE") throw unreadable(wanted, "a certificate was found", "Take the public key out of it: openssl x509 -in CERT.pem -noout -pubkey");
	if (label.includes("PRIVATE KEY")) throw unreadable(wanted, `${describeLabel(label)} was found`, "Name the file with the public key, e.g. signer.pub; the private key stays with whoever signs.");
	if (label !== "PUBLIC KEY") throw unreadable(wanted, `${describeLabel(label)} was found`);
	let key;
	try {
		key = (0, node_crypto.createPublicKey)({
			key: Buffer.from(bytes),
			format: "der",
			type: "spki"
		});
	} catch {
		throw unreadable(wanted, "a public key was found, but its content is damaged or of an unknown kind");
	}
	return verifyingKey(key);
}
function verifyingKey(key) {
	const algorithm = algorithmOfKey(key);
	return {
		algorithm,
		fingerprint: (0, node_crypto.createHash)("sha256").update(key.export({
			type: "spki",
			format: "der"
		})).digest("base64"),
		pem: key.export({
			type: "spki",
			format: "pem"
		}).toString(),
		verify: (bytes, signature) => verifyBytes(bytes, signature, key, algorithm)
	};
}

Object.defineProperty(exports, "SIGSTORE_LABELS", {
  enumerable: true,
  get: function () {
    return SIGSTORE_LABELS;
  }
});
Object.defineProperty(exports, "algorithmOfKey", {
  enumerable: true,
  get: function () {
    return algorithmOfKey;
  }
});
Object.defineProperty(exports, "describeLabel", {
  enumerable: true,
  get: function () {
    return describeLabel;
  }
});
Object.defineProperty(exports, "openKey", {
  enumerable: true,
  get: function () {
    return openKey;
  }
});
Object.defineProperty(exports, "readPem", {
  enumerable: true,
  get: function () {
    return readPem;
  }
});
Object.defineProperty(exports, "readPublicKey", {
  enumerable: true,
  get: function () {
    return readPublicKey;
  }
});
Object.defineProperty(exports, "sealKey", {
  enumerable: true,
  get: function () {
    return sealKey;
  }
});
Object.defineProperty(exports, "signBytes", {
  enumerable: true,
  get: function () {
    return signBytes;
  }
});
Object.defineProperty(exports, "unreadable", {
  enumerable: true,
  get: function () {
    return unreadable;
  }
});
Object.defineProperty(exports, "verifyingKey", {
  enumerable: true,
  get: function () {
    return verifyingKey;
  }
});
Object.defineProperty(exports, "wrongPassword", {
  enumerable: true,
  get: function () {
    return wrongPassword;
  }
});