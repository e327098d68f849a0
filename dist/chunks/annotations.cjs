// src/registry/oci/annotations.ts
const ANNOTATION = {
	created: "org.opencontainers.image.created",
	source: "org.opencontainers.image.source",
	revision: "org.opencontainers.image.revision",
	version: "org.opencontainers.image.version",
	baseName: "org.opencontainers.image.base.name",
	baseDigest: "org.opencontainers.image.base.digest",
	refName: "org.opencontainers.image.ref.name"
};

Object.defineProperty(exports, "ANNOTATION", {
  enumerable: true,
  get: function () {
    return ANNOTATION;
  }
});