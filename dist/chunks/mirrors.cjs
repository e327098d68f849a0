const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_call = require("./call.cjs");
const require_failure = require("./failure.cjs");
const require_signals = require("./signals.cjs");
const require_scope = require("./scope.cjs");

// src/registry/http/mirrors/mirrors.ts
const PATIENCE = 1e4;
const FIRST_REST = 1e4;
const LONGEST_REST = 3e5;
function createMirrors(places, engineOf, scale, warn) {
	const records = /* @__PURE__ */ new Map();
	const recordOf = ({ origin, base }) => {
		const key = `${origin.origin}${base}`;
		const record = records.get(key) ?? {
			until: 0,
			rest: FIRST_REST * scale
		};
		records.set(key, record);
		return record;
	};
	const leaveAlone = (place) => {
		const record = recordOf(place);
		record.until = performance.now() + record.rest;
		record.rest = Math.min(record.rest * 2, LONGEST_REST * scale);
	};
	async function answerOf(place, repository, wanted, call) {
		if (place.trust.unverified) warn(`the mirror ${place.origin.host} is used without a look at its certificate, as ${place.from} says; what it sends is proven by digest`);
		const late = new AbortController();
		const timer = setTimeout(() => late.abort(), PATIENCE);
		try {
			const answer = await engineOf(place).send(requestFor(place, wanted), {
				...call,
				signal: AbortSignal.any([call.signal, late.signal])
			});
			if (answer.status === 200) {
				recordOf(place).rest = FIRST_REST * scale;
				return answer;
			}
			for await (const _rest of answer.chunks ?? []) break;
			return;
		} catch (error) {
			require_call.throwIfStopped(call);
			leaveAlone(place);
			const redactor = require_signals.createRedactor();
			for (const value of place.headers.values()) redactor.add(value);
			const why = late.signal.aborted ? `no answer within ${PATIENCE / 1e3} s` : require_failure.reasons(error)[0] ?? (error instanceof Error ? error.message : "");
			warn(`the mirror ${place.origin.host} for ${repository.registry} is left alone for a while: ${redactor.clean(why)}`);
			return;
		} finally {
			clearTimeout(timer);
		}
	}
	return {
		allow(repository, what) {
			const entry = places.blocked(repository);
			if (!entry) return;
			throw new require_failure.Failure("CONFIG_INVALID", `cannot ${what}`, {
				cause: `${entry.prefix} is blocked in ${entry.from}`,
				hint: "Use another registry, or have the entry changed by whoever keeps that file. Nothing was sent.",
				facts: {
					file: entry.from,
					prefix: entry.prefix
				}
			});
		},
		any: (repository) => places.of(repository).length > 0,
		async *ask(repository, wanted, call) {
			for (const place of places.of(repository)) {
				if (recordOf(place).until > performance.now()) continue;
				require_call.throwIfStopped(call);
				const answer = await answerOf(place, repository, wanted, call);
				if (!answer) continue;
				yield {
					answer,
					mirror: place.origin.host,
					lied(why) {
						recordOf(place).until = Number.POSITIVE_INFINITY;
						warn(`the mirror ${place.origin.host} sent something else for ${wanted.digest} (${why}); it was not used, and the mirror is not asked again`);
					},
					broke: () => leaveAlone(place)
				};
			}
		}
	};
}
function requestFor(place, { what, kind, digest, headers, largest }) {
	const { registry, path, base, namespace } = place;
	const query = namespace === void 0 ? "" : `?ns=${encodeURIComponent(namespace)}`;
	return {
		what: `${what} at the mirror ${registry}`,
		method: "GET",
		repository: {
			registry,
			path
		},
		at: `${base}/${path}/${kind}/${digest}${query}`,
		headers: {
			...headers,
			...Object.fromEntries([...place.headers].map(([name, value]) => [name, value.reveal()]))
		},
		scopes: [require_scope.repositoryScope(path, "pull")],
		largest,
		expect: [200, 404],
		tries: 1,
		follow: "anywhere"
	};
}

exports.createMirrors = createMirrors;