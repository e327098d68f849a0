/** Whether large blobs of a registry are read in several ranges at once, as far as this run has learnt. docs/decisions/moving-blobs.md has the numbers. */

export interface ReadManners {
  /** False once it was seen that ranges are ignored, or bring nothing. */
  ranges: boolean
  /** Bytes. How much is read in one stream before it is judged. */
  sample: number
  /** Bytes per second. A stream that brings this much is not helped: two cores are better used otherwise. */
  fastEnough: number
  /** Bytes of one range; four are held in memory (read-ahead). */
  part: number
}

const MiB = 1024 * 1024

export function createReadManners(): ReadManners {
  return { ranges: true, sample: 16 * MiB, fastEnough: 64 * MiB, part: 4 * MiB }
}
