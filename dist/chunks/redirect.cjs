const require_failure = require("./failure.cjs");
const require_printable = require("./printable.cjs");

// src/registry/http/error-body.ts
const MOST_ENTRIES = 8;
function parseErrors(bytes) {
	if (bytes.length === 0) return [];
	let json;
	try {
		json = JSON.parse(Buffer.from(bytes).toString("utf8"));
	} catch {
		return [];
	}
	if (typeof json !== "object" || json === null || !("errors" in json)) return [];
	return (Array.isArray(json.errors) ? json.errors : [json.errors]).slice(0, MOST_ENTRIES).flatMap((entry) => {
		if (typeof entry === "string") return [{
			code: "",
			message: require_printable.printable(entry, 300)
		}];
		if (typeof entry !== "object" || entry === null) return [];
		const code = "code" in entry && typeof entry.code === "string" ? entry.code : "";
		const message = "message" in entry && typeof entry.message === "string" ? entry.message : "";
		return [{
			code: require_printable.printable(code, 60).toUpperCase(),
			message: require_printable.printable(message, 300)
		}];
	});
}
function errorText(errors, bytes) {
	if (errors.length > 0) return errors.map(({ code, message }) => [code, message].filter((word) => word !== "").join(": ")).join("; ");
	return require_printable.printable(Buffer.from(bytes.subarray(0, 600)).toString("utf8").trim(), 200);
}

// src/registry/http/request.ts
const LARGEST = {
	manifest: 8388608,
	token: 131072,
	error: 65536,
	tags: 4194304
};
function numberHeader(answer, name) {
	const text = answer.headers[name];
	return text !== void 0 && /^[0-9]{1,15}$/.test(text) ? Number(text) : void 0;
}
function contentType(answer) {
	return (answer.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}

// src/registry/http/request-line.ts
const PLAIN_PARAMETERS = /* @__PURE__ */ new Set([
	"ns",
	"n",
	"last",
	"digest",
	"mount",
	"from",
	"artifactType",
	"service",
	"scope"
]);
const PASSING_STATUS = /* @__PURE__ */ new Set([
	408,
	425,
	429,
	499,
	500,
	502,
	503,
	504,
	522
]);
function isPassing(status) {
	return PASSING_STATUS.has(status);
}
function requestLine(hop, status, milliseconds) {
	return {
		method: hop.method,
		url: safeUrl(hop.url),
		status,
		milliseconds,
		authorized: "authorization" in hop.headers
	};
}
function safeUrl(url) {
	const query = [...url.searchParams].map(([name, value]) => `${name}=${PLAIN_PARAMETERS.has(name) ? value : "***"}`).join("&");
	return `${url.origin}${url.pathname}${query === "" ? "" : `?${query}`}`;
}

// src/registry/http/wire-error.ts
var WireError = class extends Error {
	name = "WireError";
	code;
	stale;
	constructor(code, message, options = {}) {
		super(message, options.cause === void 0 ? void 0 : { cause: options.cause });
		this.code = code;
		this.stale = options.stale ?? false;
	}
};
const PASSING = /* @__PURE__ */ new Set([
	"ECONNRESET",
	"EPIPE",
	"ETIMEDOUT",
	"EAI_AGAIN",
	"ECONNABORTED",
	"ENETRESET",
	"ENOTFOUND",
	"ERR_STREAM_PREMATURE_CLOSE",
	"HPE_INVALID_EOF_STATE"
]);
const TRUST = /^(?:CERT_|ERR_TLS_CERT|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)/;
function worthTrying(error, tried) {
	if (error.code === "ENOTFOUND") return tried < 2;
	return PASSING.has(error.code);
}
function isTrouble(error) {
	return PASSING.has(error.code) && error.code !== "ENOTFOUND" && !error.stale;
}
function isTrustError(error) {
	return TRUST.test(error.code);
}
function isPlainAnswer(error) {
	return error.code === "ERR_SSL_WRONG_VERSION_NUMBER" || error.code === "ERR_SSL_PACKET_LENGTH_TOO_LONG" || error.code === "EPROTO" && /wrong version number|packet length too long/i.test(error.message);
}
function toWireError(error, stale = false) {
	if (error instanceof WireError) return error;
	const plain = error instanceof Error ? error : new Error(String(error));
	const code = "code" in plain && typeof plain.code === "string" ? plain.code : "ECONNRESET";
	const inner = plain instanceof AggregateError ? plain.errors.map((each) => each instanceof Error ? each.message : String(each)).join("; ") : plain.message;
	return new WireError(code, inner === "" ? code : inner, {
		cause: plain.cause,
		stale
	});
}

// src/registry/http/tunnel.ts
const PROXY_WANTS_LOGIN = "EPROXYAUTH";
const PROXY_REFUSED = "EPROXYREFUSED";
const PROXY_UNREACHABLE = "EPROXYDOWN";
const PATIENCE = 1e4;
function createTunnelAgent(proxy, options, authorities) {
	const { Agent: SecureAgent } = process.getBuiltinModule("node:https");
	const agent = new SecureAgent(options);
	const pending = /* @__PURE__ */ new Set();
	const hand = async (target, done) => {
		let socket;
		try {
			socket = await openTunnel(proxy, target, authorities, pending);
		} catch (error) {
			return done(toWireError(error), new (process.getBuiltinModule("node:net")).Socket());
		}
		done(null, socket);
	};
	agent.createConnection = (target, done) => {
		if (done) hand(target, done);
	};
	agent.destroy = () => {
		for (const one of pending) one.destroy(new WireError("ECONNABORTED", "the connection is no longer needed"));
		SecureAgent.prototype.destroy.call(agent);
	};
	return agent;
}
async function openTunnel(proxy, target, authorities, pending) {
	const host = String(target.host ?? "");
	const socket = await askWay(proxy, `${host.includes(":") ? `[${host}]` : host}:${target.port ?? 443}`, authorities, pending);
	const { path: _none, ...rest } = target;
	const secured = process.getBuiltinModule("node:tls").connect({
		...rest,
		socket
	});
	return await within(secured, pending, "the connection through the proxy took too long", (resolve, reject) => {
		secured.once("error", (error) => {
			socket.destroy();
			reject(error);
		});
		secured.once("secureConnect", () => resolve(secured));
	});
}
function askWay(proxy, authority, ca, pending) {
	const secure = proxy.url.protocol === "https:";
	const { request: open } = process.getBuiltinModule(secure ? "node:https" : "node:http");
	const request = open(proxy.url, {
		method: "CONNECT",
		path: authority,
		agent: false,
		headers: {
			host: authority,
			...proxy.authorization ? { "proxy-authorization": proxy.authorization.reveal() } : {}
		},
		...secure && ca ? { ca } : {}
	});
	return within(request, pending, "there was no answer in time", (resolve, reject) => {
		request.once("connect", (answer, socket, head) => {
			if (answer.statusCode !== 200) {
				socket.destroy();
				return reject(refusalOf(proxy, answer.statusCode ?? 0));
			}
			if (head.length > 0) socket.unshift(head);
			resolve(socket);
		});
		request.once("error", (error) => reject(unreachable(proxy, error)));
		request.end();
	});
}
async function within(ends, pending, late, start) {
	pending.add(ends);
	const timer = setTimeout(() => ends.destroy(new WireError("ETIMEDOUT", late)), PATIENCE);
	try {
		return await new Promise(start);
	} finally {
		clearTimeout(timer);
		pending.delete(ends);
	}
}
function refusalOf(proxy, status) {
	if (status === 407) {
		const given = proxy.authorization ? "refuses the user and password it was given" : "wants a user and password";
		return new WireError(PROXY_WANTS_LOGIN, `the proxy ${proxy.url.host} ${given} (407)`);
	}
	return new WireError(PROXY_REFUSED, `the proxy ${proxy.url.host} answered ${status} instead of opening a way through`);
}
function unreachable(proxy, error) {
	return new WireError(PROXY_UNREACHABLE, `the proxy ${proxy.url.host} cannot be reached: ${toWireError(error).message}`, { cause: error });
}

// src/registry/http/status-failure.ts
function networkFailure(what, url, error) {
	const facts = {
		host: url.host,
		network: error.code
	};
	const message = `cannot ${what}`;
	if (error.code === "EPROXYAUTH") return new require_failure.Failure("AUTH_DENIED", message, {
		cause: error.message,
		facts,
		hint: "Put the right user and password into HTTPS_PROXY or HTTP_PROXY (http://user:password@proxy:3128), or name the registry in NO_PROXY. Special characters are written as %40 and the like."
	});
	if (error.code === "EPROXYREFUSED" || error.code === "EPROXYDOWN") {
		const first = error.code === "EPROXYREFUSED" ? `Ask whoever runs the proxy to let ${url.host} through` : "Look whether HTTPS_PROXY and HTTP_PROXY are right and the proxy runs";
		return new require_failure.Failure("REGISTRY_UNAVAILABLE", message, {
			cause: `${url.host}: ${error.message}`,
			facts,
			hint: `${first}, or name ${url.hostname} in NO_PROXY when it is reached without one.`
		});
	}
	if (error.code === "ERR_ADDRESS_REFUSED") return new require_failure.Failure("REDIRECT_REFUSED", message, {
		cause: error.message,
		facts,
		hint: "The registry names a place inside your network or the cloud metadata service. If that is meant, use the registry by its inside address."
	});
	if (isTrustError(error)) return new require_failure.Failure("TLS_UNTRUSTED", message, {
		cause: `the certificate of ${url.host} is not trusted: ${error.message}`,
		facts,
		hint: `Name the authority that signed it in a PEM file (ca-file), or have the certificate of ${url.host} renewed.`
	});
	if (isPlainAnswer(error)) return new require_failure.Failure("REGISTRY_UNAVAILABLE", message, {
		cause: `${url.host} speaks plain HTTP, not HTTPS`,
		facts,
		hint: `If that is meant, list ${url.host} under plain-http.`
	});
	if (error.code.startsWith("HPE_")) return new require_failure.Failure("PROTOCOL_ERROR", message, {
		cause: `${url.host} does not answer with HTTP (${error.code})`,
		facts,
		hint: "Is this the address and port of a registry? Does it want https?"
	});
	const hints = {
		ENOTFOUND: `No machine has the name ${url.hostname}. A typing mistake? Is a VPN or a proxy needed?`,
		ECONNREFUSED: `Nothing listens at ${url.host}. Is the registry started, is the port right?`
	};
	return new require_failure.Failure("REGISTRY_UNAVAILABLE", message, {
		cause: `${url.host}: ${error.message}`,
		facts,
		hint: hints[error.code] ?? "Run the same command again in a while; what was done is kept."
	});
}
function statusFailure(what, answer, identity, repository) {
	const host = new URL(answer.url).host;
	const codes = answer.errors.map(({ code }) => code).filter((code) => code !== "");
	const text = errorText(answer.errors, answer.bytes);
	const options = {
		cause: `${host} answered ${answer.status}${text === "" ? "" : `: ${text}`}`,
		facts: {
			host,
			status: answer.status,
			codes
		}
	};
	const message = `cannot ${what}`;
	const { status } = answer;
	if (status === 401 || status === 403) {
		const notes = identity.notes.length > 0 ? ` Note: ${identity.notes.join("; ")}.` : "";
		if (identity.anonymous) return new require_failure.Failure("AUTH_REQUIRED", message, {
			...options,
			hint: `Log in to the registry (docker login ${repository.split("/")[0]}) or give user name and password.${notes}`
		});
		return new require_failure.Failure("AUTH_DENIED", `${message} ${identity.words}`, {
			...options,
			hint: `The credentials are wrong, or lack the right for ${repository}. Ask whoever runs the registry for pull, push or delete as needed.${notes}`
		});
	}
	if (status === 429) return new require_failure.Failure("RATE_LIMITED", message, {
		...options,
		hint: "Too many requests in a short time. Run the same command again later, log in, or use a mirror."
	});
	if (isPassing(status) || status >= 500) return new require_failure.Failure("REGISTRY_UNAVAILABLE", message, {
		...options,
		hint: "Run the same command again in a while; what was done is kept."
	});
	if (status === 413) return new require_failure.Failure("LIMIT_REACHED", message, {
		...options,
		hint: "The registry or a proxy before it limits the size of uploads (nginx: client_max_body_size)."
	});
	return notRegistry(what, answer) ?? new require_failure.Failure("PROTOCOL_ERROR", message, {
		...options,
		hint: "The registry answered something that is not expected here."
	});
}
function notRegistry(what, answer) {
	if (!contentType(answer).includes("html")) return void 0;
	const host = new URL(answer.url).host;
	return new require_failure.Failure("PROTOCOL_ERROR", `cannot ${what}`, {
		cause: `${host} answered ${answer.status} with a web page: ${require_printable.printable(Buffer.from(answer.bytes.subarray(0, 600)).toString("utf8").replaceAll(/\s+/g, " ").trim(), 120)}`,
		hint: "This is not a registry. A captive portal, a login page or a proxy stands in between, or the host name is wrong.",
		facts: {
			host,
			status: answer.status
		}
	});
}

// src/registry/http/redirect.ts
const REDIRECTS = /* @__PURE__ */ new Set([
	301,
	302,
	303,
	307,
	308
]);
const HARMLESS = /* @__PURE__ */ new Set([
	"accept",
	"accept-encoding",
	"content-length",
	"content-type",
	"range",
	"user-agent"
]);
function isRedirect(status) {
	return REDIRECTS.has(status);
}
function readLocation(location, from, what) {
	if (location === void 0 || !URL.canParse(location, from.href)) throw new require_failure.Failure("PROTOCOL_ERROR", `cannot ${what}`, { cause: `${from.host} sends us on without saying where` });
	const url = new URL(location, from);
	if (url.protocol !== "https:" && url.protocol !== "http:") throw refuse(what, from, `to a ${url.protocol.slice(0, 20)} address`);
	if (from.protocol === "https:" && url.protocol === "http:") throw refuse(what, from, `from https to plain http at ${url.host}`);
	if (url.username !== "" || url.password !== "") throw refuse(what, from, "to an address with a user name in it");
	url.hash = "";
	return url;
}
function refuse(what, from, where) {
	return new require_failure.Failure("REDIRECT_REFUSED", `cannot ${what}`, {
		cause: `${from.host} sends us ${where}`,
		hint: "kubeferry does not go there. If a proxy stands before the registry, make it pass on the scheme and host it was asked for (X-Forwarded-Proto, Host)."
	});
}
function harmlessHeaders(headers) {
	return Object.fromEntries(Object.entries(headers).filter(([name]) => HARMLESS.has(name)));
}
function mayFollow(method, status, sameOrigin, follow) {
	if (method === "GET" || method === "HEAD") return sameOrigin || follow === "anywhere";
	return sameOrigin && (status === 307 || status === 308) && method !== "DELETE";
}

Object.defineProperty(exports, "LARGEST", {
  enumerable: true,
  get: function () {
    return LARGEST;
  }
});
Object.defineProperty(exports, "WireError", {
  enumerable: true,
  get: function () {
    return WireError;
  }
});
Object.defineProperty(exports, "contentType", {
  enumerable: true,
  get: function () {
    return contentType;
  }
});
Object.defineProperty(exports, "createTunnelAgent", {
  enumerable: true,
  get: function () {
    return createTunnelAgent;
  }
});
Object.defineProperty(exports, "errorText", {
  enumerable: true,
  get: function () {
    return errorText;
  }
});
Object.defineProperty(exports, "harmlessHeaders", {
  enumerable: true,
  get: function () {
    return harmlessHeaders;
  }
});
Object.defineProperty(exports, "isPassing", {
  enumerable: true,
  get: function () {
    return isPassing;
  }
});
Object.defineProperty(exports, "isRedirect", {
  enumerable: true,
  get: function () {
    return isRedirect;
  }
});
Object.defineProperty(exports, "isTrouble", {
  enumerable: true,
  get: function () {
    return isTrouble;
  }
});
Object.defineProperty(exports, "mayFollow", {
  enumerable: true,
  get: function () {
    return mayFollow;
  }
});
Object.defineProperty(exports, "networkFailure", {
  enumerable: true,
  get: function () {
    return networkFailure;
  }
});
Object.defineProperty(exports, "notRegistry", {
  enumerable: true,
  get: function () {
    return notRegistry;
  }
});
Object.defineProperty(exports, "numberHeader", {
  enumerable: true,
  get: function () {
    return numberHeader;
  }
});
Object.defineProperty(exports, "parseErrors", {
  enumerable: true,
  get: function () {
    return parseErrors;
  }
});
Object.defineProperty(exports, "readLocation", {
  enumerable: true,
  get: function () {
    return readLocation;
  }
});
Object.defineProperty(exports, "refusalOf", {
  enumerable: true,
  get: function () {
    return refusalOf;
  }
});
Object.defineProperty(exports, "requestLine", {
  enumerable: true,
  get: function () {
    return requestLine;
  }
});
Object.defineProperty(exports, "statusFailure", {
  enumerable: true,
  get: function () {
    return statusFailure;
  }
});
Object.defineProperty(exports, "toWireError", {
  enumerable: true,
  get: function () {
    return toWireError;
  }
});
Object.defineProperty(exports, "unreachable", {
  enumerable: true,
  get: function () {
    return unreachable;
  }
});
Object.defineProperty(exports, "worthTrying", {
  enumerable: true,
  get: function () {
    return worthTrying;
  }
});