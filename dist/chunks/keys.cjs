const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_failure = require("./failure.cjs");
const require_verifying_key = require("./verifying-key.cjs");
const require_secret = require("./secret.cjs");
let node_crypto = require("node:crypto");

// src/evidence/trust/keys/signing-key.ts
const PLAIN = /* @__PURE__ */ new Map([
	["PRIVATE KEY", "pkcs8"],
	["RSA PRIVATE KEY", "pkcs1"],
	["EC PRIVATE KEY", "sec1"]
]);
function readPrivateKey(pem, password) {
	const wanted = "the private key";
	const { label, bytes } = require_verifying_key.readPem(pem.reveal(), wanted);
	if (require_verifying_key.SIGSTORE_LABELS.has(label)) {
		const der = require_verifying_key.openKey(bytes, given(password));
		try {
			return signingKey$1(parsePlain(der, "pkcs8"));
		} finally {
			der.fill(0);
		}
	}
	if (label === "ENCRYPTED PRIVATE KEY") return signingKey$1(parseEncrypted(bytes, given(password)));
	const form = PLAIN.get(label);
	if (form !== void 0) return signingKey$1(parsePlain(bytes, form));
	if (label === "PUBLIC KEY") throw require_verifying_key.unreadable(wanted, "a public key was found", "Name the file with the private key, e.g. signer.key; a public key can only verify.");
	if (label === "OPENSSH PRIVATE KEY") throw require_verifying_key.unreadable(wanted, "a private key of OpenSSH was found", "Convert a copy of it: ssh-keygen -p -m PKCS8 -f COPY, or make a new key with ferry key create.");
	throw require_verifying_key.unreadable(wanted, `${require_verifying_key.describeLabel(label)} was found`);
}
function given(password) {
	if (password !== void 0) return password;
	throw new require_failure.Failure("KEY_PASSWORD_WRONG", "the private key is encrypted and no password was given", { hint: "Give its password (FERRY_KEY_PASSWORD, a file, or the prompt); for a key with an empty password give an empty one." });
}
function parsePlain(der, type) {
	try {
		return (0, node_crypto.createPrivateKey)({
			key: Buffer.from(der.buffer, der.byteOffset, der.byteLength),
			format: "der",
			type
		});
	} catch {
		throw require_verifying_key.unreadable("the private key", "a private key was found, but its content is damaged or of an unknown kind");
	}
}
function parseEncrypted(der, password) {
	if (!isWhole(der)) throw require_verifying_key.unreadable("the private key", "an encrypted private key was found, but it is cut off or damaged");
	try {
		return (0, node_crypto.createPrivateKey)({
			key: Buffer.from(der),
			format: "der",
			type: "pkcs8",
			passphrase: password.reveal()
		});
	} catch {
		throw require_verifying_key.wrongPassword();
	}
}
function isWhole(der) {
	const [tag, first = 0] = der;
	if (tag !== 48) return false;
	if (first < 128) return der.length === 2 + first;
	const lengthBytes = first & 127;
	const length = der.subarray(2, 2 + lengthBytes).reduce((sum, byte) => sum * 256 + byte, 0);
	return lengthBytes > 0 && lengthBytes <= 4 && der.length === 2 + lengthBytes + length;
}
function signingKey$1(key) {
	const algorithm = require_verifying_key.algorithmOfKey(key);
	return {
		public: require_verifying_key.verifyingKey((0, node_crypto.createPublicKey)(key)),
		sign: (bytes) => require_verifying_key.signBytes(bytes, key, algorithm)
	};
}

// src/steps/parts/keys.ts
const ENCRYPTED = /-----BEGIN ENCRYPTED /;
async function signingKey(key, password, context) {
	const given = key.reveal();
	const pem = given.includes("-----BEGIN") ? key : new require_secret.Secret(new TextDecoder().decode(await context.readFile(given)));
	const opened = password ?? (ENCRYPTED.test(pem.reveal()) ? await context.ask("Password of the private key") : void 0);
	return readPrivateKey(pem, opened);
}
async function verifyingKeys(keys, context) {
	return (await Promise.all(keys.map(async (key) => key.includes("-----BEGIN") ? key : new TextDecoder().decode(await context.readFile(key))))).flatMap((text) => splitPem(text).map(require_verifying_key.readPublicKey));
}
function splitPem(text) {
	const blocks = text.match(/-----BEGIN [^-]+-----[^-]*-----END [^-]+-----/g);
	return blocks === null || blocks.length === 0 ? [text] : blocks;
}

exports.signingKey = signingKey;
exports.verifyingKeys = verifyingKeys;