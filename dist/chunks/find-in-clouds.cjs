const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_call = require("./call.cjs");
const require_failure = require("./failure.cjs");
const require_cloud = require("./cloud.cjs");
const require_signals = require("./signals.cjs");
const require_redirect = require("./redirect.cjs");
const require_secret = require("./secret.cjs");
let node_fs_promises = require("node:fs/promises");
let node_path = require("node:path");

// src/registry/http/credentials/clouds/amazon-hosts.ts
const PRIVATE = /^(\d{12})\.dkr[.-]ecr(-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws|on\.amazonwebservices\.com\.cn)$/;
function ecrPlace(registry) {
	const [, account, fips, region] = PRIVATE.exec(registry) ?? [];
	return account === void 0 || region === void 0 ? void 0 : {
		account,
		region,
		fips: fips !== void 0
	};
}

// src/registry/http/credentials/clouds/amazon.ts
const PUBLIC_REGION = "us-east-1";
const amazon = {
	name: "AWS",
	showsPublic: false,
	keyOf(registry) {
		const place = ecrPlace(registry);
		return place && `${place.account} ${place.region}${place.fips ? " fips" : ""}`;
	},
	async find(registry, surroundings, call) {
		const place = ecrPlace(registry);
		return place === void 0 ? { looked: [] } : await logIn(place, surroundings, call);
	}
};
const amazonPublic = {
	name: "AWS",
	showsPublic: true,
	keyOf: (registry) => registry === "public.ecr.aws" ? registry : void 0,
	find: (_registry, surroundings, call) => logIn({
		region: PUBLIC_REGION,
		fips: false
	}, surroundings, call)
};
async function logIn(place, surroundings, call) {
	const looked = lookedAt(surroundings.variables);
	if (!await pointsToAmazon(surroundings.variables)) return { looked: [...looked, "the role of this machine (not asked: it is no EC2 instance, or says no to it)"] };
	const { ecrLogin } = await surroundings.clients.amazon();
	const credential = await ecrLogin(place, surroundings, call);
	return credential ? { credential } : { looked: [...looked, "the role of this machine (instance metadata)"] };
}
const NAMES = [
	"AWS_ACCESS_KEY_ID",
	"AWS_PROFILE",
	"AWS_WEB_IDENTITY_TOKEN_FILE",
	"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
	"AWS_CONTAINER_CREDENTIALS_FULL_URI",
	"AWS_EC2_METADATA_SERVICE_ENDPOINT"
];
function filesOf$1(variables) {
	const inHome = (name) => variables["HOME"] === void 0 ? [] : [(0, node_path.join)(variables["HOME"], ".aws", name)];
	const { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: shared } = variables;
	return [...shared === void 0 ? inHome("credentials") : [shared], ...config === void 0 ? inHome("config") : [config]];
}
function lookedAt(variables) {
	return [
		"AWS_ACCESS_KEY_ID",
		`the profile "${variables["AWS_PROFILE"] ?? "default"}" in ${filesOf$1(variables).join(" and ") || "~/.aws"}`,
		"AWS_WEB_IDENTITY_TOKEN_FILE with AWS_ROLE_ARN",
		"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or _FULL_URI"
	];
}
async function pointsToAmazon(variables) {
	if (NAMES.some((name) => variables[name] !== void 0)) return true;
	if ((await Promise.all(filesOf$1(variables).map((file) => (0, node_fs_promises.stat)(file).then(() => true, () => false)))).includes(true)) return true;
	return variables["AWS_EC2_METADATA_DISABLED"] !== "true" && await require_cloud.mayBeMachineOf(/amazon/i, variables);
}

// src/registry/http/credentials/clouds/ask.ts
const NEAR_CONNECT = 1e3;
const NEAR_ANSWER = 1e4;
function createCloudAsk(transport) {
	return async ({ what, method, url, headers = {}, body, near = false, tries }, call) => {
		const connections = near ? require_signals.createConnections(require_signals.createCertificates([], []), {}) : transport.connections;
		const { timing } = transport;
		const nearTiming = {
			...timing,
			connect: Math.min(NEAR_CONNECT, timing.connect),
			headers: Math.min(NEAR_ANSWER, timing.headers)
		};
		try {
			return await require_signals.deliver({
				what,
				method,
				url,
				home: url.origin,
				headers: {
					accept: "application/json",
					...headers
				},
				largest: require_redirect.LARGEST.token,
				expect: [],
				follow: "origin",
				...body === void 0 ? {} : { body: payload(body) },
				...near ? { tries: 1 } : tries === void 0 ? {} : { tries }
			}, near ? {
				...transport,
				connections,
				timing: nearTiming
			} : transport, call);
		} finally {
			if (near) connections.close();
		}
	};
}
function payload(body) {
	const bytes = typeof body === "string" ? Buffer.from(body) : body;
	return {
		size: bytes.length,
		async *open() {
			yield bytes;
		}
	};
}

// src/registry/http/credentials/clouds/azure-token.ts
function readEntra(answer, what, from, secrets) {
	if (answer.status !== 200) throw refusal(what, answer, secrets);
	return {
		from,
		value: new require_secret.Secret(require_cloud.readAccessToken(answer, what).value)
	};
}
function refusal(what, answer, secrets) {
	const { error, error_description: description } = require_cloud.readObject(answer);
	const said = typeof description === "string" ? description : typeof error === "string" ? error : "";
	const cause = `${new URL(answer.url).host} answered ${answer.status}${said === "" ? "" : `: ${require_cloud.told(said, secrets)}`}`;
	return new require_failure.Failure(answer.status >= 500 || answer.status === 429 ? "REGISTRY_UNAVAILABLE" : "AUTH_DENIED", `cannot ${what}`, {
		cause,
		hint: "Look whether the secret or the federated credential is still valid for this application, and the tenant the right one.",
		facts: { status: answer.status }
	});
}

// src/registry/http/credentials/clouds/azure-managed.ts
const METADATA$1 = "http://169.254.169.254";
async function managedToken(audience, looked, variables, ask, call) {
	const { AZURE_CLIENT_ID: client, IDENTITY_ENDPOINT: endpoint, IDENTITY_HEADER: header, AZURE_POD_IDENTITY_AUTHORITY_HOST: service } = variables;
	const query = new URLSearchParams({
		resource: audience,
		...client === void 0 ? {} : { client_id: client }
	});
	if (endpoint !== void 0 && header !== void 0 && URL.canParse(endpoint)) {
		const from = "the Azure managed identity of this app (IDENTITY_ENDPOINT)";
		const url = new URL(`${endpoint}?api-version=2019-08-01&${query}`);
		const what = `get a token from ${from}`;
		return readEntra(await ask({
			what,
			method: "GET",
			url,
			headers: { "x-identity-header": header },
			near: true
		}, call), what, from, [header]);
	}
	const before = [...looked, "IDENTITY_ENDPOINT"];
	if (service === void 0 && !await require_cloud.mayBeMachineOf(/microsoft/i, variables)) return { looked: [...before, "the managed identity of this machine (not asked: it is no machine of Azure)"] };
	const from = "the Azure managed identity of this machine (instance metadata)";
	const url = new URL(`${service ?? METADATA$1}/metadata/identity/oauth2/token?api-version=2018-02-01&${query}`);
	const question = {
		what: `get a token from ${from}`,
		method: "GET",
		url,
		headers: { metadata: "true" },
		near: true
	};
	const answer = await ask(question, call).catch((error) => {
		if (error instanceof require_failure.Failure && error.code === "REGISTRY_UNAVAILABLE") return void 0;
		throw error;
	});
	if (answer === void 0 || answer.status === 400 || answer.status === 404) return { looked: [...before, "the managed identity of this machine (there is none)"] };
	return readEntra(answer, question.what, from, []);
}

// src/registry/http/credentials/clouds/azure-identity.ts
const ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
async function entraToken(place, variables, ask, call) {
	const { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: client, AZURE_CLIENT_SECRET: secret, AZURE_FEDERATED_TOKEN_FILE: file } = variables;
	const looked = [];
	const signIn = async (from, tenantId, proof) => {
		const body = new URLSearchParams({
			grant_type: "client_credentials",
			scope: `${place.audience}/.default`,
			...proof
		});
		const url = new URL(`${place.authority.replace(/\/$/, "")}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`);
		const what = `get a token of Entra ID with ${from}`;
		return readEntra(await ask({
			what,
			method: "POST",
			url,
			headers: require_cloud.FORM,
			body: body.toString()
		}, call), what, from, Object.values(proof));
	};
	if (tenant !== void 0 && client !== void 0 && secret !== void 0) return await signIn("the Azure service principal in the environment (AZURE_CLIENT_ID)", tenant, {
		client_id: client,
		client_secret: secret
	});
	looked.push("AZURE_TENANT_ID with AZURE_CLIENT_ID and AZURE_CLIENT_SECRET");
	if (tenant !== void 0 && client !== void 0 && file !== void 0) {
		const from = "the Azure workload identity of this run (AZURE_FEDERATED_TOKEN_FILE)";
		const assertion = await (0, node_fs_promises.readFile)(file, "utf8").catch((error) => {
			throw new require_failure.Failure("CREDENTIALS_UNREADABLE", `cannot use ${from}`, {
				cause: error,
				hint: "Is the token mounted into this pod?"
			});
		});
		return await signIn(from, tenant, {
			client_id: client,
			client_assertion_type: ASSERTION,
			client_assertion: assertion.trim()
		});
	}
	looked.push("AZURE_FEDERATED_TOKEN_FILE");
	return await managedToken(place.audience, looked, variables, ask, call);
}

// src/registry/http/credentials/clouds/azure.ts
const HOST$1 = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+\.data)?\.azurecr\.(io|cn|us)$/;
const NOBODY = "00000000-0000-0000-0000-000000000000";
const LIFE = 54e5;
const CLOUDS = {
	io: {
		authority: "https://login.microsoftonline.com",
		audience: "https://containerregistry.azure.net"
	},
	cn: {
		authority: "https://login.chinacloudapi.cn",
		audience: "https://management.chinacloudapi.cn"
	},
	us: {
		authority: "https://login.microsoftonline.us",
		audience: "https://management.usgovcloudapi.net"
	}
};
const azure = {
	name: "Azure",
	showsPublic: true,
	keyOf: (registry) => HOST$1.test(registry) ? registry : void 0,
	async find(registry, { variables, ask, originOf }, call) {
		const cloud = CLOUDS[HOST$1.exec(registry)?.[1] ?? ""];
		if (!cloud) return { looked: [] };
		const entra = await entraToken({
			authority: variables["AZURE_AUTHORITY_HOST"] ?? cloud.authority,
			audience: cloud.audience
		}, variables, ask, call);
		if ("looked" in entra) return entra;
		const what = `log in to ${registry} with ${entra.from}`;
		const form = new URLSearchParams({
			grant_type: "access_token",
			service: registry,
			access_token: entra.value.reveal()
		});
		if (variables["AZURE_TENANT_ID"] !== void 0) form.set("tenant", variables["AZURE_TENANT_ID"]);
		const answer = await ask({
			what,
			method: "POST",
			url: new URL("/oauth2/exchange", originOf(registry)),
			headers: require_cloud.FORM,
			body: form.toString()
		}, call);
		const { refresh_token: token } = require_cloud.readObject(answer);
		if (answer.status === 200 && typeof token === "string" && token !== "") {
			const known = {
				id: `${entra.from}#${registry}`,
				from: entra.from
			};
			return { credential: {
				kind: "identity",
				username: NOBODY,
				token: new require_secret.Secret(token),
				lease: require_cloud.leaseOf(LIFE),
				...known
			} };
		}
		const said = answer.errors.map(({ code, message }) => `${code} ${message}`).join("; ");
		const cause = `${registry} answered ${answer.status} to the exchange of the token${said === "" ? "" : `: ${require_cloud.told(said, [entra.value.reveal()])}`}`;
		throw new require_failure.Failure(answer.status >= 500 ? "REGISTRY_UNAVAILABLE" : "AUTH_DENIED", `cannot ${what}`, {
			cause,
			hint: "Look whether this identity has a role at the registry (AcrPull, AcrPush).",
			facts: { status: answer.status }
		});
	}
};

// src/registry/http/credentials/clouds/google.ts
const HOST = /^(?:[a-z0-9-]+\.pkg\.dev|(?:[a-z0-9-]+\.)?gcr\.io)$/;
const METADATA = "169.254.169.254";
const google = {
	name: "Google Cloud",
	showsPublic: true,
	keyOf: (registry) => HOST.test(registry) ? "any" : void 0,
	async find(_registry, { variables, ask, clients }, call) {
		const looked = [];
		for (const place of filesOf(variables)) {
			const text = await (0, node_fs_promises.readFile)(place.file, "utf8").catch((error) => {
				if (!place.named) return void 0;
				throw new require_failure.Failure("CREDENTIALS_UNREADABLE", `cannot read ${place.words}`, { cause: error });
			});
			if (text === void 0) {
				looked.push(place.words);
				continue;
			}
			const { tokenOfFile } = await clients.google();
			return { credential: asLogin(await tokenOfFile(text, place.words, ask, call), place.words) };
		}
		if (variables["GOOGLE_APPLICATION_CREDENTIALS"] === void 0) looked.unshift("GOOGLE_APPLICATION_CREDENTIALS");
		const service = variables["GCE_METADATA_HOST"];
		if (service === void 0 && variables["K_SERVICE"] === void 0 && !await require_cloud.mayBeMachineOf(/google/i, variables)) return { looked: [...looked, "the service account of this machine (not asked: it is no machine of Google Cloud)"] };
		const token = await machineToken(service ?? METADATA, ask, call);
		return token ? { credential: asLogin(token, "the Google service account of this machine (metadata server)") } : { looked: [...looked, "the service account of this machine (there is none)"] };
	}
};
function asLogin({ value, life }, from) {
	return {
		kind: "basic",
		id: from,
		from,
		username: "oauth2accesstoken",
		password: new require_secret.Secret(value),
		lease: require_cloud.leaseOf(life)
	};
}
function filesOf(variables) {
	const { GOOGLE_APPLICATION_CREDENTIALS: named, CLOUDSDK_CONFIG: config, HOME: home } = variables;
	if (named !== void 0) return [{
		file: named,
		words: "the Google credentials of this run (GOOGLE_APPLICATION_CREDENTIALS)",
		named: true
	}];
	const directory = config ?? (home === void 0 ? void 0 : (0, node_path.join)(home, ".config", "gcloud"));
	const file = directory === void 0 ? void 0 : (0, node_path.join)(directory, "application_default_credentials.json");
	return file === void 0 ? [] : [{
		file,
		words: `the Google credentials in ${file}`,
		named: false
	}];
}
async function machineToken(host, ask, call) {
	const what = "get a token from the metadata server of this machine";
	const url = new URL(`http://${host}/computeMetadata/v1/instance/service-accounts/default/token`);
	try {
		const answer = await ask({
			what,
			method: "GET",
			url,
			headers: { "metadata-flavor": "Google" },
			near: true
		}, call);
		if (answer.status === 404) return void 0;
		if (answer.status === 200) return require_cloud.readAccessToken(answer, what);
		throw new require_failure.Failure("AUTH_DENIED", `cannot ${what}`, {
			cause: `it answered ${answer.status}`,
			facts: { status: answer.status }
		});
	} catch (error) {
		if (error instanceof require_failure.Failure && error.code === "REGISTRY_UNAVAILABLE") return void 0;
		throw error;
	}
}

// src/registry/http/credentials/clouds/runs.ts
const github = {
	name: "GitHub",
	showsPublic: true,
	keyOf: (registry, variables) => registry === "ghcr.io" && variables["GITHUB_ACTIONS"] === "true" ? registry : void 0,
	async find(_registry, { variables }) {
		const { GITHUB_TOKEN: token, GITHUB_ACTOR: actor } = variables;
		if (token === void 0) return { looked: ["GITHUB_TOKEN is not in the environment of this run"] };
		const from = "the token of this run (GITHUB_TOKEN)";
		return { credential: {
			kind: "basic",
			id: from,
			from,
			username: actor ?? "x-access-token",
			password: new require_secret.Secret(token)
		} };
	}
};
const gitlab = {
	name: "GitLab",
	showsPublic: true,
	keyOf: (registry, variables) => registry === variables["CI_REGISTRY"] ? registry : void 0,
	async find(_registry, { variables }) {
		const { CI_REGISTRY_USER: user, CI_REGISTRY_PASSWORD: password, CI_JOB_TOKEN: token } = variables;
		if (user !== void 0 && password !== void 0) {
			const from = "the registry login of this run (CI_REGISTRY_USER)";
			return { credential: {
				kind: "basic",
				id: from,
				from,
				username: user,
				password: new require_secret.Secret(password)
			} };
		}
		if (token === void 0) return { looked: ["CI_REGISTRY_USER with CI_REGISTRY_PASSWORD and CI_JOB_TOKEN are not in the environment of this run"] };
		const from = "the token of this job (CI_JOB_TOKEN)";
		return { credential: {
			kind: "basic",
			id: from,
			from,
			username: "gitlab-ci-token",
			password: new require_secret.Secret(token)
		} };
	}
};

// src/registry/http/credentials/clouds/find-in-clouds.ts
const CLOUD_SOURCES = [
	amazon,
	amazonPublic,
	azure,
	google,
	github,
	gitlab
];
const STOPS = /* @__PURE__ */ new Set([
	"INTERRUPTED",
	"TERMINATED",
	"DEADLINE"
]);
function createCloudFinder(given, transport) {
	const surroundings = {
		...given,
		ask: createCloudAsk(transport)
	};
	const logins = /* @__PURE__ */ new Map();
	const login = (key, source, registry, call) => {
		const started = search(source, registry, surroundings, call);
		logins.set(key, started);
		started.catch(() => {
			if (logins.get(key) === started) logins.delete(key);
		});
		return started;
	};
	return async ({ registry }, call) => {
		for (const source of CLOUD_SOURCES) {
			const own = source.keyOf(registry, surroundings.variables);
			if (own === void 0) continue;
			const key = `${source.name} ${own}`;
			for (;;) {
				require_call.throwIfStopped(call);
				const running = logins.get(key);
				if (!running) return await login(key, source, registry, call);
				try {
					const found = await running;
					if (found.credential?.lease?.fresh() !== false) return found;
					if (logins.get(key) === running) logins.delete(key);
				} catch (error) {
					if (!require_failure.isFailure(error) || !STOPS.has(error.code)) throw error;
				}
			}
		}
		return {
			credential: void 0,
			notes: []
		};
	};
}
async function search(source, registry, surroundings, call) {
	try {
		const found = await source.find(registry, surroundings, call);
		if ("credential" in found) return {
			credential: {
				...found.credential,
				implied: true
			},
			notes: []
		};
		return {
			credential: void 0,
			notes: [`nothing is configured for ${registry}, and no ${source.name} identity was found: ${found.looked.join(", ")}`]
		};
	} catch (error) {
		if (!source.showsPublic || !require_failure.isFailure(error) || STOPS.has(error.code)) throw error;
		return {
			credential: void 0,
			notes: [`${error.message}: ${require_failure.reasons(error).join(": ")}`]
		};
	}
}

exports.createCloudFinder = createCloudFinder;