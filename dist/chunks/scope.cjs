// src/registry/http/auth/scope.ts
function repositoryScope(path, ...actions) {
	return {
		type: "repository",
		name: path,
		actions
	};
}
function parseScopes(text) {
	return (text ?? "").split(" ").flatMap((word) => {
		const first = word.indexOf(":");
		const last = word.lastIndexOf(":");
		if (first <= 0 || last === first) return [];
		return [{
			type: word.slice(0, first),
			name: word.slice(first + 1, last),
			actions: word.slice(last + 1).split(",").filter((action) => action !== "")
		}];
	});
}
function mergeScopes(...lists) {
	const merged = /* @__PURE__ */ new Map();
	for (const scope of lists.flat()) {
		const key = `${scope.type}:${scope.name}`;
		const known = merged.get(key) ?? {
			type: scope.type,
			name: scope.name,
			actions: /* @__PURE__ */ new Set()
		};
		for (const action of scope.actions) known.actions.add(action);
		merged.set(key, known);
	}
	return [...merged.values()].map(({ type, name, actions }) => ({
		type,
		name,
		actions: [...actions]
	}));
}
function printScope(scope) {
	return `${scope.type}:${scope.name}:${scope.actions.join(",")}`;
}
function covers(held, needed) {
	return needed.every((want) => want.actions.every((action) => held.some((have) => have.type === want.type && have.name === want.name && (have.actions.includes(action) || have.actions.includes("*")))));
}

Object.defineProperty(exports, "covers", {
  enumerable: true,
  get: function () {
    return covers;
  }
});
Object.defineProperty(exports, "mergeScopes", {
  enumerable: true,
  get: function () {
    return mergeScopes;
  }
});
Object.defineProperty(exports, "parseScopes", {
  enumerable: true,
  get: function () {
    return parseScopes;
  }
});
Object.defineProperty(exports, "printScope", {
  enumerable: true,
  get: function () {
    return printScope;
  }
});
Object.defineProperty(exports, "repositoryScope", {
  enumerable: true,
  get: function () {
    return repositoryScope;
  }
});