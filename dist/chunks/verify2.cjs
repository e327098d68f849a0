const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_verify = require("./verify.cjs");
const require_failure = require("./failure.cjs");
const require_digest = require("./digest.cjs");
const require_field = require("./field.cjs");
const require_step = require("./step.cjs");
const require_keys = require("./keys.cjs");
const require_places = require("./places.cjs");

// src/steps/verify.ts
const verify = require_step.defineStep({
	name: "verify",
	summary: "Verify that an image is signed by one of the keys; fails when it is not proven",
	details: "Checks the index and each of its platforms. Only image signatures count: an SBOM or another statement by the same key does not. When it fails, it says what was found.",
	since: "0.1.0",
	chinese: {
		title: "验证镜像签名",
		summary: "验证镜像由指定密钥之一签名；无法证明即失败"
	},
	needs: ["registry", "files"],
	inputs: {
		image: require_field.field.image({
			about: "The image to verify",
			example: "harbor.example.com/pay/api:staging-v1.0-1",
			positional: true
		}),
		publicKey: require_field.field.keys({
			about: "Public keys; one of them must have signed",
			example: "./signer.pub",
			flag: "key",
			setting: "keys.verify"
		}),
		annotations: require_field.field.map({
			about: "Must have been signed with the image",
			example: "build=1024"
		})
	},
	outputs: {
		digest: require_step.out.digest({ about: "What was verified; use this, not the tag, from here on" }),
		verified: require_step.out.switch({ about: "Always true when the step succeeds" })
	},
	examples: [{
		title: "With a public key",
		inputs: {
			image: "harbor.example.com/pay/api:staging-v1.0-1",
			publicKey: "./signer.pub"
		}
	}],
	async run({ image, publicKey, annotations }, context) {
		if (publicKey.length === 0) throw new require_failure.Failure("INPUT_INVALID", "no public key was given to verify with", { hint: "Give a public key, e.g. ./signer.pub, or keys.verify in ferry.yaml." });
		const keys = await require_keys.verifyingKeys(publicKey, context);
		const { target, descriptor, name } = await require_places.findImage(image, context);
		const policy = {
			keys,
			annotations
		};
		const verdict = await require_verify.verifyImage(target, descriptor, policy, context.call);
		context.show(shownVerdict(name, verdict));
		if (!verdict.ok) await require_verify.requireVerified(target, descriptor, policy, context.call);
		return {
			digest: verdict.image,
			verified: true
		};
	}
});
function shownVerdict(name, verdict) {
	return {
		name: "verdict",
		data: verdict,
		title: `Signatures of ${name}`,
		tables: [{
			columns: [
				"digest",
				"platform",
				"verified",
				"by key"
			],
			rows: verdict.digests.map(({ digest, platform, ok, attachments }) => {
				const accepted = attachments.find((attachment) => attachment.ok);
				return [
					require_digest.shortDigest(digest),
					platform ?? "",
					ok ? "yes" : "no",
					accepted?.ok === true ? accepted.key : ""
				];
			})
		}]
	};
}

exports.verify = verify;