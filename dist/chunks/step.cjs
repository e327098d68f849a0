// src/step/output.ts
const IMAGE = 600;
const out = {
	text: (options) => ({
		word: "text",
		most: 200,
		...options
	}),
	image: (options) => ({
		word: "image",
		most: IMAGE,
		...options
	}),
	digest: (options) => ({
		word: "digest",
		most: 140,
		...options
	}),
	switch: (options) => ({
		word: "switch",
		most: 5,
		...options
	}),
	number: (options) => ({
		word: "number",
		most: 16,
		...options
	}),
	list: (options) => ({
		word: "list",
		most: 800,
		...options
	}),
	file: (options) => ({
		word: "file",
		most: 300,
		...options
	})
};

// src/step/step.ts
function defineStep(step) {
	return step;
}

Object.defineProperty(exports, "defineStep", {
  enumerable: true,
  get: function () {
    return defineStep;
  }
});
Object.defineProperty(exports, "out", {
  enumerable: true,
  get: function () {
    return out;
  }
});