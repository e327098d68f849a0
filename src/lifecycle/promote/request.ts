/** What is asked of a promotion, and the gates that the caller brings along. */
import type { Call } from '../../kit/call.ts'
import type { Descriptor } from '../../registry/oci/descriptor.ts'
import type { Digest } from '../../registry/oci/digest.ts'
import type { Tag } from '../../registry/oci/reference.ts'
import type { Source, Target } from '../../registry/target/target.ts'
import type { TagScheme } from '../tags/scheme.ts'

export interface PromotionRequest {
  readonly scheme: TagScheme
  readonly source: Source
  /** A tag, a digest, or both (then they must agree); neither means the newest tag of `from`. */
  readonly ref: { readonly tag?: Tag; readonly digest?: Digest }
  /** The environment it comes from; read off the tag when there is one. */
  readonly from?: string
  readonly target: Target
  /** The environment it goes to. */
  readonly to: string
  /** The tag at the target; without it, the source tag with the environment changed. */
  readonly targetTag?: Tag
  /** Told to leave out environments between from and to. */
  readonly skip?: boolean
  /** Told to bring in a build lower than the highest of the environment. */
  readonly allowRollback?: boolean
  /** Conditions on the image itself, e.g. that it is signed. */
  readonly gates?: readonly PromotionGate[]
  /** For the plan: `kubeferry 0.1.0`. */
  readonly tool: string
}

export interface PromotionGate {
  /** `signature`, `scan`, … */
  readonly name: string
  /** Asked again of the copy, before it gets its tag: for evidence that has to travel with the image. */
  readonly alsoAtTarget: boolean
  /**
   * One sentence on what was found when the gate is open.
   * @throws Failure when it is closed
   */
  ask(image: { readonly place: Source; readonly descriptor: Descriptor }, call: Call): Promise<string>
}
