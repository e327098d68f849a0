// src/registry/http/addresses.ts
const RANGES = [
	["loopback", [[
		"127.0.0.0",
		8,
		"ipv4"
	], [
		"::1",
		128,
		"ipv6"
	]]],
	["forbidden", [
		[
			"0.0.0.0",
			8,
			"ipv4"
		],
		[
			"169.254.0.0",
			16,
			"ipv4"
		],
		[
			"100.100.100.200",
			32,
			"ipv4"
		],
		[
			"168.63.129.16",
			32,
			"ipv4"
		],
		[
			"192.0.0.192",
			32,
			"ipv4"
		],
		[
			"224.0.0.0",
			4,
			"ipv4"
		],
		[
			"240.0.0.0",
			4,
			"ipv4"
		],
		[
			"::",
			128,
			"ipv6"
		],
		[
			"fe80::",
			10,
			"ipv6"
		],
		[
			"fd00:ec2::254",
			128,
			"ipv6"
		],
		[
			"ff00::",
			8,
			"ipv6"
		]
	]],
	["private", [
		[
			"10.0.0.0",
			8,
			"ipv4"
		],
		[
			"172.16.0.0",
			12,
			"ipv4"
		],
		[
			"192.168.0.0",
			16,
			"ipv4"
		],
		[
			"100.64.0.0",
			10,
			"ipv4"
		],
		[
			"fc00::",
			7,
			"ipv6"
		],
		[
			"fec0::",
			10,
			"ipv6"
		]
	]]
];
let lists;
function reachOf(address) {
	const net = process.getBuiltinModule("node:net");
	lists ??= RANGES.map(([reach, ranges]) => {
		const list = new net.BlockList();
		for (const [start, bits, family] of ranges) list.addSubnet(start, bits, family);
		return {
			reach,
			check: (text, family) => list.check(text, family)
		};
	});
	const plain = embeddedIpv4(address) ?? address;
	const family = net.isIP(plain);
	if (family === 0) return "forbidden";
	return lists.find((list) => list.check(plain, family === 4 ? "ipv4" : "ipv6"))?.reach ?? "public";
}
function embeddedIpv4(address) {
	if (!address.includes(":")) return void 0;
	const groups = expand(address);
	if (!groups) return void 0;
	const dotted = (high, low) => `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
	const [first = 0, second = 0, third = 0, , , sixth = 0, seventh = 0, eighth = 0] = groups;
	const zeros = groups.slice(0, 5).every((group) => group === 0);
	if (zeros && sixth === 65535) return dotted(seventh, eighth);
	if (zeros && sixth === 0 && (seventh !== 0 || eighth > 1)) return dotted(seventh, eighth);
	if (first === 100 && second === 65435) return dotted(seventh, eighth);
	return first === 8194 ? dotted(second, third) : void 0;
}
function expand(address) {
	if (!URL.canParse(`http://[${address.split("%")[0] ?? ""}]`)) return void 0;
	const [head = "", tail] = new URL(`http://[${address.split("%")[0] ?? ""}]`).hostname.slice(1, -1).split("::");
	const words = (part) => part === "" ? [] : part.split(":").map((word) => Number.parseInt(word, 16));
	const left = words(head);
	const right = tail === void 0 ? [] : words(tail);
	return [
		...left,
		...Array.from({ length: 8 - left.length - right.length }, () => 0),
		...right
	];
}
function mayReach(address, registry) {
	if (address === registry) return true;
	const there = reachOf(address);
	const here = reachOf(registry);
	if (there === "public") return true;
	if (there === "private") return here === "private" || here === "loopback";
	return there === "loopback" && here === "loopback";
}
function isLoopbackHost(hostname) {
	const plain = hostname.replace(/^\[|\]$/g, "").toLowerCase();
	if (plain === "localhost" || plain.endsWith(".localhost")) return true;
	return process.getBuiltinModule("node:net").isIP(plain) !== 0 && reachOf(plain) === "loopback";
}
function guardedLookup(registry) {
	return (hostname, options, callback) => {
		process.getBuiltinModule("node:dns").lookup(hostname, {
			...options,
			all: true
		}, (error, found) => {
			if (error) return callback(error, "", 0);
			const allowed = found.filter(({ address }) => mayReach(address, registry));
			const first = allowed[0];
			if (!first) return callback(refused(hostname), "", 0);
			if (options.all) return callback(null, allowed);
			return callback(null, first.address, first.family);
		});
	};
}
function refused(hostname) {
	return Object.assign(/* @__PURE__ */ new Error(`${hostname} is an address on the inside, where this registry must not send us`), { code: "ERR_ADDRESS_REFUSED" });
}

Object.defineProperty(exports, "guardedLookup", {
  enumerable: true,
  get: function () {
    return guardedLookup;
  }
});
Object.defineProperty(exports, "isLoopbackHost", {
  enumerable: true,
  get: function () {
    return isLoopbackHost;
  }
});
Object.defineProperty(exports, "mayReach", {
  enumerable: true,
  get: function () {
    return mayReach;
  }
});
Object.defineProperty(exports, "refused", {
  enumerable: true,
  get: function () {
    return refused;
  }
});