const require_failure = require("./failure.cjs");
const require_printable = require("./printable.cjs");
const require_units = require("./units.cjs");
const require_digest = require("./digest.cjs");
const require_json = require("./json.cjs");

// src/lifecycle/plan/plan.ts
const ABSENT = "absent";
function sealPlan(draft) {
	return {
		...draft,
		hash: planHash(draft)
	};
}
function planHash({ kind, subject, details, actions, seen }) {
	return require_digest.digestOf(new TextEncoder().encode(require_json.canonicalJson({
		kind,
		subject,
		details,
		actions,
		seen
	})));
}
function changesNothing(plan) {
	return plan.actions.every((action) => action.verb === "keep");
}
function checkFresh(plan, now) {
	if (planHash(plan) !== plan.hash) throw new require_failure.Failure("PLAN_STALE", `the plan for ${plan.subject} was changed after it was made`, {
		hint: "Make the plan again.",
		facts: { plan: plan.hash }
	});
	const moved = Object.entries(plan.seen).flatMap(([name, was]) => {
		const is = now[name] ?? "absent";
		return is === was ? [] : [`${name} was ${was} and is ${is}`];
	});
	if (moved.length === 0) return;
	throw new require_failure.Failure("PLAN_STALE", `the world moved since the plan for ${plan.subject} was made`, {
		cause: moved.join("; "),
		hint: "Make the plan again and look at it before applying.",
		facts: {
			plan: plan.hash,
			moved
		}
	});
}

// src/lifecycle/plan/render-plan.ts
function renderPlan(plan) {
	const { requests, bytes } = plan.cost;
	return {
		title: `Plan: ${require_printable.printable(plan.subject)}`,
		actions: {
			columns: [
				"action",
				"what",
				"from",
				"to",
				"digest",
				"why"
			],
			rows: plan.actions.map(({ verb, what, from, to, digest, text }) => [
				verb,
				what,
				from ?? "",
				to ?? "",
				require_digest.shortDigest(digest),
				text
			].map((cell) => require_printable.printable(cell)))
		},
		gates: {
			columns: [
				"gate",
				"result",
				"found"
			],
			rows: plan.gates.map(({ name, result, text }) => [
				name,
				result,
				text
			].map((cell) => require_printable.printable(cell)))
		},
		lines: [
			...plan.notes.map((note) => require_printable.printable(note)),
			`Costs at most ${requests} ${requests === 1 ? "request" : "requests"} and ${require_units.formatBytes(bytes)}.`,
			`Plan ${require_digest.shortDigest(plan.hash)}`
		]
	};
}

Object.defineProperty(exports, "ABSENT", {
  enumerable: true,
  get: function () {
    return ABSENT;
  }
});
Object.defineProperty(exports, "changesNothing", {
  enumerable: true,
  get: function () {
    return changesNothing;
  }
});
Object.defineProperty(exports, "checkFresh", {
  enumerable: true,
  get: function () {
    return checkFresh;
  }
});
Object.defineProperty(exports, "renderPlan", {
  enumerable: true,
  get: function () {
    return renderPlan;
  }
});
Object.defineProperty(exports, "sealPlan", {
  enumerable: true,
  get: function () {
    return sealPlan;
  }
});