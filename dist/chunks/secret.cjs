let node_util = require("node:util");

// src/kit/secret.ts
var Secret = class {
	#value;
	constructor(value) {
		this.#value = value;
	}
	reveal() {
		return this.#value;
	}
	toString() {
		return "***";
	}
	toJSON() {
		return "***";
	}
	[node_util.inspect.custom]() {
		return "***";
	}
};

Object.defineProperty(exports, "Secret", {
  enumerable: true,
  get: function () {
    return Secret;
  }
});