const require_failure = require("./failure.cjs");

// src/registry/target/target.ts
function listsTags(source) {
	return "tags" in source;
}
function listsReferrers(source) {
	return "referrers" in source;
}
function mounts(source) {
	return "mount" in source;
}
function deletes(source) {
	return "untag" in source;
}
function rewrites(source) {
	return "rewrite" in source;
}
function fetchHere(source, descriptor, call) {
	return source.fetchHere ? source.fetchHere(descriptor, call) : source.fetch(descriptor, call);
}
function isLieOfMirror(error) {
	return require_failure.isFailure(error, "DIGEST_MISMATCH") && error.facts["mirror"] !== void 0;
}

Object.defineProperty(exports, "deletes", {
  enumerable: true,
  get: function () {
    return deletes;
  }
});
Object.defineProperty(exports, "fetchHere", {
  enumerable: true,
  get: function () {
    return fetchHere;
  }
});
Object.defineProperty(exports, "isLieOfMirror", {
  enumerable: true,
  get: function () {
    return isLieOfMirror;
  }
});
Object.defineProperty(exports, "listsReferrers", {
  enumerable: true,
  get: function () {
    return listsReferrers;
  }
});
Object.defineProperty(exports, "listsTags", {
  enumerable: true,
  get: function () {
    return listsTags;
  }
});
Object.defineProperty(exports, "mounts", {
  enumerable: true,
  get: function () {
    return mounts;
  }
});
Object.defineProperty(exports, "rewrites", {
  enumerable: true,
  get: function () {
    return rewrites;
  }
});