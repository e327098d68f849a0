/** Characters that look like an ASCII letter, digit or dash and are not one: `lаtest` with a Cyrillic а is not `latest`. */

// Cyrillic and Greek letters and dashes that common fonts draw like ASCII (Unicode TR 39 confusables, the part without accents).
const ALIKE = new Map(
  Object.entries({
    a: 'аαɑ',
    b: 'Ьв',
    c: 'сϲ',
    d: 'ԁ',
    e: 'еҽ',
    g: 'ɡ',
    h: 'һ',
    i: 'іıι',
    j: 'јϳ',
    k: 'кκ',
    l: 'ӏ',
    m: 'м',
    n: 'ոη',
    o: 'оοօ',
    p: 'рρ',
    q: 'ԛ',
    r: 'г',
    s: 'ѕ',
    t: 'тτ',
    u: 'υս',
    v: 'νѵ',
    w: 'ԝω',
    x: 'хχ',
    y: 'уγ',
    z: 'ᴢ',
    A: 'АΑ',
    B: 'ВΒ',
    C: 'СϹ',
    E: 'ЕΕ',
    H: 'НΗ',
    I: 'ІΙӀ',
    J: 'Ј',
    K: 'КΚ',
    M: 'МΜ',
    N: 'Ν',
    O: 'ОΟ',
    P: 'РΡ',
    S: 'Ѕ',
    T: 'ТΤ',
    X: 'ХΧ',
    Y: 'УΥ',
    Z: 'Ζ',
    0: '٠۰',
    1: '١۱',
    '-': '‐‑‒–—−﹣',
    '.': '․。',
    _: '＿',
  }).flatMap(([plain, others]) => [...others].map((other) => [other, plain] as const)),
)

export interface OddCharacter {
  /** Counted from 1. */
  readonly position: number
  readonly character: string
  /** `U+0430`. */
  readonly codePoint: string
  /** The ASCII character it looks like, when it does. */
  readonly looksLike?: string
}

/** The characters of a text that cannot stand in a tag. */
export function oddCharacters(text: string): OddCharacter[] {
  return [...text].flatMap((character, index) => {
    if (/^[A-Za-z0-9._-]$/.test(character)) return []
    const looksLike = plainForm(character)
    const codePoint = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
    return [{ position: index + 1, character, codePoint, ...(looksLike === undefined ? {} : { looksLike }) }]
  })
}

/** The text with every look-alike replaced, undefined when something remains that cannot stand in a tag. */
export function inPlainCharacters(text: string): string | undefined {
  const plain = [...text].map((character) => (/^[A-Za-z0-9._-]$/.test(character) ? character : plainForm(character)))
  return plain.includes(undefined) ? undefined : plain.join('')
}

function plainForm(character: string): string | undefined {
  const known = ALIKE.get(character)
  if (known !== undefined) return known
  // Full-width, mathematical and circled forms fold to ASCII.
  const folded = character.normalize('NFKC')
  return character.charCodeAt(0) > 0x7f && /^[A-Za-z0-9._-]$/.test(folded) ? folded : undefined
}
