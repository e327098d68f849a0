// src/kit/suggest.ts
function suggest(word, known) {
	let best;
	let least = Math.max(2, Math.floor(word.length / 3)) + 1;
	for (const candidate of known) {
		const cost = distance(word.toLowerCase(), candidate.toLowerCase());
		if (cost < least) {
			least = cost;
			best = candidate;
		}
	}
	return best;
}
function distance(left, right) {
	if (Math.abs(left.length - right.length) > 8 || left.length > 64) return 99;
	let before = [];
	let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
	for (let i = 1; i <= left.length; i += 1) {
		const current = [i];
		for (let j = 1; j <= right.length; j += 1) {
			const same = left[i - 1] === right[j - 1];
			let cost = Math.min((previous[j] ?? 99) + 1, (current[j - 1] ?? 99) + 1, (previous[j - 1] ?? 99) + (same ? 0 : 1));
			if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) cost = Math.min(cost, (before[j - 2] ?? 99) + 1);
			current.push(cost);
		}
		before = previous;
		previous = current;
	}
	return previous[right.length] ?? 99;
}

Object.defineProperty(exports, "suggest", {
  enumerable: true,
  get: function () {
    return suggest;
  }
});