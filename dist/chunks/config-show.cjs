const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_signals = require("./signals.cjs");
const require_field = require("./field.cjs");
const require_names = require("./names.cjs");
const require_step = require("./step.cjs");

// src/entry/commands/config-show.ts
const configShowCommand = require_step.defineStep({
	name: "config show",
	summary: "Show the value of every input of a step and, with --origin, where it comes from",
	since: "0.1.0",
	chinese: {
		title: "查看配置",
		summary: "显示步骤每个输入的取值及其来源"
	},
	needs: [],
	inputs: {
		step: require_field.field.text({
			about: "The step",
			example: "push",
			positional: true,
			fallback: "run"
		}),
		origin: require_field.field.switch({ about: "Also say where each value comes from" })
	},
	outputs: { file: require_step.out.file({ about: "The ferry.yaml that was read; empty when there is none" }) },
	examples: [{
		title: "Where the inputs of push come from",
		inputs: {
			step: "push",
			origin: true
		}
	}],
	async run({ step: name, origin }, { settings, show }) {
		const step = await require_signals.loadStep(name);
		const variable = (wanted) => process.env[wanted] || void 0;
		const nobody = {
			name: "terminal",
			facts: {},
			read: () => void 0,
			strangers: () => [],
			spell: (input) => input,
			variable
		};
		const found = Object.entries(require_signals.inputsOf(step)).map(([input, about]) => {
			const { kind, at, raw } = require_signals.originOf(step, input, about, nobody, settings);
			const shown = raw === void 0 ? "" : about.shape === "secret" && about.word === "secret" ? "***" : [raw].flat().join(" ");
			return {
				input: require_names.kebab(input),
				value: shown.includes("-----BEGIN") ? "***" : shown,
				from: kind === "none" ? "" : kind,
				at
			};
		});
		show({
			name: "inputs",
			data: origin ? found : found.map(({ input, value }) => ({
				input,
				value
			})),
			title: `Inputs of ${name}`,
			tables: [origin ? {
				columns: [
					"input",
					"value",
					"from",
					"name there"
				],
				rows: found.map(({ input, value, from, at }) => [
					input,
					value,
					from,
					at
				])
			} : {
				columns: ["input", "value"],
				rows: found.map(({ input, value }) => [input, value])
			}]
		});
		return { file: settings.file ?? "" };
	}
});

exports.configShowCommand = configShowCommand;