/** The words of the output vocabulary: what a step gives back. Outputs are small; anything large is a file that an output names. */

export type OutputValue = string | boolean | number | readonly string[]

export type OutputWord = 'text' | 'image' | 'digest' | 'switch' | 'number' | 'list' | 'file'

export interface Output<T extends OutputValue> {
  readonly word: OutputWord
  readonly about: string
  /** Bytes the value has at most; hosts with small results add these up. */
  readonly most: number
  /** Never read; carries the type. */
  readonly type?: T
}

interface Options {
  readonly about: string
}

// Longest values: a name of 255, a tag of 128, a digest of 71, and the host before them.
const IMAGE = 600

export const out = {
  text: (options: Options): Output<string> => ({ word: 'text', most: 200, ...options }),
  /** An image by tag: `host/repository:tag`. */
  image: (options: Options): Output<string> => ({ word: 'image', most: IMAGE, ...options }),
  digest: (options: Options): Output<string> => ({ word: 'digest', most: 140, ...options }),
  switch: (options: Options): Output<boolean> => ({ word: 'switch', most: 5, ...options }),
  number: (options: Options): Output<number> => ({ word: 'number', most: 16, ...options }),
  /** A short list; cut at no place: a step with long lists writes a file. */
  list: (options: Options & { readonly most?: number }): Output<readonly string[]> => ({ word: 'list', most: 800, ...options }),
  file: (options: Options): Output<string> => ({ word: 'file', most: 300, ...options }),
}
