// src/step/names.ts
function kebab(name) {
	return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
function upperSnake(name) {
	return kebab(name).replaceAll("-", "_").toUpperCase();
}
function variableOf(name) {
	return `FERRY_${upperSnake(name)}`;
}

Object.defineProperty(exports, "kebab", {
  enumerable: true,
  get: function () {
    return kebab;
  }
});
Object.defineProperty(exports, "upperSnake", {
  enumerable: true,
  get: function () {
    return upperSnake;
  }
});
Object.defineProperty(exports, "variableOf", {
  enumerable: true,
  get: function () {
    return variableOf;
  }
});