// src/kit/product.ts
const PRODUCT = {
	name: "kubeferry",
	command: "ferry",
	version: "0.1.0",
	repository: "kubeferry/kubeferry",
	home: "https://github.com/kubeferry/kubeferry",
	nodeFloor: 22,
	userAgent: "kubeferry/0.1.0"
};

Object.defineProperty(exports, "PRODUCT", {
  enumerable: true,
  get: function () {
    return PRODUCT;
  }
});