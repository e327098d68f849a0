const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_call = require("./call.cjs");
const require_failure = require("./failure.cjs");
const require_secret = require("./secret.cjs");
const require_verifying_key = require("./verifying-key.cjs");
const require_field = require("./field.cjs");
const require_step = require("./step.cjs");
let node_crypto = require("node:crypto");
let node_fs_promises = require("node:fs/promises");

// src/evidence/trust/keys/key-pair.ts
function createKeyPair(password) {
	const pair = (0, node_crypto.generateKeyPairSync)("ec", { namedCurve: "P-256" });
	const pkcs8 = pair.privateKey.export({
		type: "pkcs8",
		format: "der"
	});
	const privatePem = new require_secret.Secret(require_verifying_key.sealKey(pkcs8, password));
	pkcs8.fill(0);
	const key = require_verifying_key.verifyingKey(pair.publicKey);
	return {
		privatePem,
		publicPem: key.pem,
		public: key
	};
}
async function writeKeyPair(base, pair, call) {
	const files = {
		privateFile: `${base}.key`,
		publicFile: `${base}.pub`
	};
	require_call.throwIfStopped(call);
	await writeNew(files.publicFile, pair.publicPem, 420);
	try {
		await writeNew(files.privateFile, pair.privatePem.reveal(), 384);
	} catch (error) {
		await (0, node_fs_promises.unlink)(files.publicFile);
		throw error;
	}
	return files;
}
async function writeNew(path, text, mode) {
	try {
		const file = await (0, node_fs_promises.open)(path, "wx", mode);
		try {
			await file.writeFile(text);
			await file.sync();
		} catch (error) {
			await (0, node_fs_promises.unlink)(path);
			throw error;
		} finally {
			await file.close();
		}
	} catch (error) {
		throw explain(error, path);
	}
}
function explain(error, path) {
	const code = error instanceof Error && "code" in error ? error.code : void 0;
	if (code === "EEXIST") return new require_failure.Failure("FILE_EXISTS", `cannot write a key to ${path}`, {
		cause: "a file of that name exists already; it was left as it is",
		hint: "Choose another name. A key that signed something is never replaced: what it signed could no longer be verified.",
		facts: { path }
	});
	if (code === "ENOENT" || code === "ENOTDIR") return new require_failure.Failure("FILE_UNREADABLE", `cannot write a key to ${path}`, {
		cause: "its directory does not exist",
		hint: "Make the directory first, or name another.",
		facts: { path }
	});
	return require_failure.asFailure(error);
}

// src/entry/commands/key-create.ts
const keyCreateCommand = require_step.defineStep({
	name: "key create",
	summary: "Make a key pair for signing: P-256, the private key encrypted in the form that cosign reads",
	since: "0.1.0",
	chinese: {
		title: "创建密钥对",
		summary: "创建签名用密钥对：P-256，私钥加密，cosign 可用"
	},
	needs: [],
	inputs: {
		out: require_field.field.file({
			about: "Path without ending: OUT.key and OUT.pub are written, never over existing files",
			example: "./signer"
		}),
		keyPassword: require_field.field.secret({
			about: "Password of the private key; asked for at a terminal when not given",
			optional: true
		})
	},
	outputs: {
		privateKey: require_step.out.file({ about: "File of the private key, readable by its owner only" }),
		publicKey: require_step.out.file({ about: "File of the public key" }),
		fingerprint: require_step.out.text({ about: "base64 of the SHA-256 of the public key" })
	},
	examples: [{
		title: "A new pair",
		inputs: { out: "./signer" }
	}],
	async run({ out: base, keyPassword }, { ask, call, log }) {
		const password = keyPassword ?? await ask("Password for the new private key");
		if (password === void 0) throw new require_failure.Failure("INPUT_INVALID", "a password for the private key is missing", { hint: "Set FERRY_KEY_PASSWORD, or give --key-password-file, or run at a terminal." });
		if (password.reveal() === "") log.warn("the password is empty: whoever reads the file can sign");
		const pair = createKeyPair(password);
		const files = await writeKeyPair(base, pair, call);
		return {
			privateKey: files.privateFile,
			publicKey: files.publicFile,
			fingerprint: pair.public.fingerprint
		};
	}
});

exports.keyCreateCommand = keyCreateCommand;