const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_failure = require("./failure.cjs");
const require_units = require("./units.cjs");
const require_field = require("./field.cjs");
const require_step = require("./step.cjs");
let node_path = require("node:path");

// src/steps/run.ts
const run = require_step.defineStep({
	name: "run",
	summary: "Run the pipeline of ferry.yaml: build, push, sign, verify, promote in the order given there",
	details: "Each step works on the image that the step before it made, unless `with` says otherwise. The first step that fails ends the run; running again finishes it.",
	since: "0.1.0",
	chinese: {
		title: "运行流水线",
		summary: "按 ferry.yaml 中的顺序运行构建、推送、签名、验证与晋级"
	},
	needs: [
		"registry",
		"files",
		"signing-key"
	],
	inputs: {
		version: require_field.field.text({
			about: "Version, for every step that takes one",
			example: "v1.2",
			optional: true
		}),
		environment: require_field.field.environment({
			about: "Environment to push to",
			example: "dev",
			optional: true,
			flag: "env"
		}),
		apply: require_field.field.switch({ about: "Carry out what steps otherwise only plan" }),
		key: require_field.field.privateKey({
			about: "The private key that signs",
			example: "./signer.key",
			optional: true,
			setting: "keys.sign"
		}),
		keyPassword: require_field.field.secret({
			about: "Password of the private key",
			optional: true
		})
	},
	outputs: {
		image: require_step.out.image({ about: "The image as the last step left it" }),
		digest: require_step.out.digest({ about: "Its digest" }),
		steps: require_step.out.list({ about: "The steps that ran" })
	},
	examples: [{
		title: "The whole pipeline",
		inputs: {
			version: "v1.2",
			apply: true
		}
	}],
	async run({ version, environment, apply, key, keyPassword }, context) {
		const { settings, log } = context;
		if (settings.pipeline.length === 0) throw new require_failure.Failure("CONFIG_INVALID", settings.file === void 0 ? "there is no ferry.yaml here" : `${settings.file} has no pipeline`, { hint: "Write ferry.yaml with a `pipeline:` list, or name another file with config." });
		const given = {
			version,
			environment,
			...apply ? { apply: "true" } : {}
		};
		const secrets = {
			key: key?.reveal(),
			keyPassword: keyPassword?.reveal()
		};
		let made = {};
		const rows = [];
		for (const entry of settings.pipeline) {
			const started = performance.now();
			log.info("step", { name: entry.step });
			const outputs = await runEntry(entry, entry.step === "sign" ? {
				...given,
				...secrets
			} : given, made, context);
			made = {
				image: typeof outputs["image"] === "string" ? outputs["image"] : made.image,
				digest: typeof outputs["digest"] === "string" ? outputs["digest"] : made.digest
			};
			rows.push([
				entry.step,
				made.image ?? "",
				made.digest ?? "",
				require_units.formatDuration(performance.now() - started)
			]);
		}
		context.show({
			name: "pipeline",
			data: rows.map(([step, image, digest]) => ({
				step,
				image,
				digest
			})),
			title: "Pipeline",
			tables: [{
				columns: [
					"step",
					"image",
					"digest",
					"took"
				],
				rows
			}]
		});
		return {
			image: made.image ?? "",
			digest: made.digest ?? "",
			steps: settings.pipeline.map((entry) => entry.step)
		};
	}
});
async function runEntry(entry, given, made, context) {
	if (entry.step === "run") throw new require_failure.Failure("CONFIG_INVALID", "a pipeline cannot run itself", { hint: "Take `run` out of `pipeline` in ferry.yaml." });
	const step = await context.step(entry.step);
	const standing = {
		...given,
		...made.image === void 0 ? {} : { image: made.image },
		...entry.step === "build" ? { to: `oci:${(0, node_path.join)(context.settings.directory, ".ferry", "build")}:candidate` } : {}
	};
	const inputs = { ...entry.with };
	for (const name of step.inputs) {
		const value = standing[name];
		if (value !== void 0 && inputs[name] === void 0) inputs[name] = value;
	}
	try {
		return await step.run(inputs);
	} catch (error) {
		const failure = require_failure.asFailure(error);
		throw new require_failure.Failure(failure.code, `step ${entry.step}: ${failure.message}`, {
			...failure.parts,
			facts: {
				...failure.facts,
				step: entry.step
			}
		});
	}
}

exports.run = run;