const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_call = require("./call.cjs");
const require_failure = require("./failure.cjs");
const require_manifest = require("./manifest.cjs");
const require_verify = require("./verify.cjs");
const require_signals = require("./signals.cjs");
const require_annotations = require("./annotations.cjs");
const require_digest = require("./digest.cjs");
const require_field = require("./field.cjs");
const require_step = require("./step.cjs");
const require_keys = require("./keys.cjs");
const require_places = require("./places.cjs");

// src/evidence/trust/attach.ts
const EMPTY = Buffer.from("{}");
async function attachBundle(target, subject, bundle, predicateType, clock, call) {
	const config = describe(EMPTY, require_manifest.MEDIA.empty);
	const layer = describe(bundle, require_verify.BUNDLE_MEDIA_TYPE);
	const annotations = {
		"dev.sigstore.bundle.content": "dsse-envelope",
		"dev.sigstore.bundle.predicateType": predicateType,
		[require_annotations.ANNOTATION.created]: require_signals.rfc3339(clock.now())
	};
	const bytes = Buffer.from(JSON.stringify({
		schemaVersion: 2,
		mediaType: require_manifest.MEDIA.manifest,
		artifactType: require_verify.BUNDLE_MEDIA_TYPE,
		config: require_manifest.descriptorJson(config),
		layers: [require_manifest.descriptorJson(layer)],
		subject: require_manifest.descriptorJson({
			mediaType: subject.mediaType,
			digest: subject.digest,
			size: subject.size
		}),
		annotations
	}));
	const manifest = describe(bytes, require_manifest.MEDIA.manifest);
	require_call.throwIfStopped(call);
	await target.push(config, require_manifest.bytesBody(EMPTY), call);
	await target.push(layer, require_manifest.bytesBody(bundle), call);
	require_call.throwIfStopped(call);
	await target.push(manifest, require_manifest.bytesBody(bytes), call);
	return {
		...manifest,
		artifactType: require_verify.BUNDLE_MEDIA_TYPE,
		annotations
	};
}
function describe(bytes, mediaType) {
	return {
		mediaType,
		digest: require_digest.digestOf(bytes),
		size: bytes.length
	};
}

// src/evidence/trust/sign.ts
const LANES = 4;
const READ_BACK_AFTER = [
	0,
	200,
	1e3,
	3e3
];
async function signImage(target, root, signer, options, call) {
	const { recursive = true } = options;
	const covered = await require_verify.coveredDigests(target, root, recursive, call);
	const done = /* @__PURE__ */ new Map();
	const work = async (descriptor) => {
		done.set(descriptor.digest, await signDigest(target, descriptor, signer, options, call));
	};
	const [, ...children] = covered;
	await require_manifest.forEachLimited(children, require_manifest.createLimit(LANES), work, call);
	await work(root);
	return {
		image: root.digest,
		signer: signer.name,
		digests: covered.flatMap((descriptor) => done.get(descriptor.digest) ?? [])
	};
}
async function signDigest(target, subject, signer, { annotations = {}, clock }, call) {
	const demand = {
		keys: signer.keys,
		predicateType: require_verify.PREDICATE.signature,
		annotations,
		exactly: true
	};
	const { digest, mediaType, platform } = subject;
	const signed = {
		digest,
		mediaType,
		...platform === void 0 ? {} : { platform: require_manifest.printPlatform(platform) }
	};
	const present = satisfiedBy(await require_verify.verifyDigest(target, subject, demand, call));
	if (present !== void 0) return {
		...signed,
		outcome: "present",
		signature: present
	};
	const statement = require_verify.signatureStatement(digest, annotations);
	const { signature, material } = await signer.sign(require_verify.preAuthEncoding(require_verify.STATEMENT_MEDIA_TYPE, statement), call);
	const bundle = require_verify.dsseBundle(require_verify.STATEMENT_MEDIA_TYPE, statement, signature, material);
	const attached = await attachBundle(target, subject, bundle, require_verify.PREDICATE.signature, clock, call);
	await readBack(target, subject, demand, attached.digest, call);
	return {
		...signed,
		outcome: "signed",
		signature: attached.digest
	};
}
async function readBack(target, subject, demand, attached, call) {
	for (const wait of READ_BACK_AFTER) {
		if (wait > 0) await require_call.pause(wait, call);
		if (satisfiedBy(await require_verify.verifyDigest(target, subject, demand, call)) !== void 0) return;
	}
	throw new require_failure.Failure("PROTOCOL_ERROR", `${target.name} took the signature of ${subject.digest} and does not give it back`, {
		cause: `the signature ${attached} is not listed among what is attached to the image, or not as it was sent`,
		hint: "Run the same command again; when it keeps failing, the registry lists no referrers although it accepts them.",
		facts: {
			image: subject.digest,
			signature: attached
		}
	});
}
function satisfiedBy(verdict) {
	return verdict.attachments.find((attachment) => attachment.ok)?.digest;
}

// src/evidence/trust/signers/key.ts
function keySigner(key) {
	const hint = key.public.fingerprint;
	return {
		name: `key ${hint}`,
		keys: [key.public],
		async sign(bytes, call) {
			require_call.throwIfStopped(call);
			return {
				signature: key.sign(bytes),
				material: { publicKey: { hint } }
			};
		}
	};
}

// src/steps/sign.ts
const sign = require_step.defineStep({
	name: "sign",
	summary: "Sign an image with a key: a Sigstore bundle attached to its digest, readable by cosign",
	details: "The tag is resolved once; only digests are signed: the image, or the index and each of its platforms. What this key has signed already is left alone. What is written is read back and verified.",
	since: "0.1.0",
	chinese: {
		title: "签名镜像",
		summary: "用密钥为镜像签名：Sigstore bundle 附在摘要上，cosign 可验证"
	},
	needs: [
		"registry",
		"files",
		"signing-key"
	],
	inputs: {
		image: require_field.field.image({
			about: "The image to sign",
			writes: true,
			example: "harbor.example.com/pay/api:dev-v1.0-1",
			positional: true
		}),
		key: require_field.field.privateKey({
			about: "The private key",
			example: "./signer.key",
			setting: "keys.sign"
		}),
		keyPassword: require_field.field.secret({
			about: "Password of the private key",
			optional: true
		}),
		annotations: require_field.field.map({
			about: "Signed together with the digest",
			example: "build=1024"
		})
	},
	outputs: {
		digest: require_step.out.digest({ about: "What was signed" }),
		signatures: require_step.out.list({ about: "Digests of the attached signatures, the image’s own first" }),
		changed: require_step.out.switch({ about: "Whether a signature was written; false when all were there" })
	},
	examples: [{
		title: "With a key file",
		inputs: {
			image: "harbor.example.com/pay/api:dev-v1.0-1",
			key: "./signer.key"
		}
	}],
	async run({ image, key, keyPassword, annotations }, context) {
		const signer = keySigner(await require_keys.signingKey(key, keyPassword, context));
		const { target, descriptor } = await require_places.findImage(image, context);
		const report = await signImage(target, descriptor, signer, {
			annotations,
			clock: context.clock
		}, context.call);
		for (const { digest, outcome, platform } of report.digests) context.log.info(outcome === "signed" ? "signed" : "signed already", {
			digest,
			platform
		});
		return {
			digest: report.image,
			signatures: report.digests.slice(0, 8).map((each) => each.signature),
			changed: report.digests.some((each) => each.outcome === "signed")
		};
	}
});

exports.sign = sign;