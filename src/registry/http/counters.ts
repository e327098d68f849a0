/** What a client has asked of all registries together. */
export interface Counters {
  requests: number
  /** Bytes of bodies. */
  bytesIn: number
  bytesOut: number
}
