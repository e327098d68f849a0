/**
 * The form of a fault plan: which requests of the embedded registry go wrong, and how. One schema for reading, for error
 * messages and, as JSON schema, for editors and the reference page. Loaded only when there is a plan.
 * What does not belong here: when a rule applies (rules.ts) and what a fault does to an answer (disturb.ts).
 */
import { z } from 'zod'
import { DIALECTS } from '../dialects/index.ts'

const offset = (about: string) => z.int().min(0).describe(about)
const headerName = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,100}$/, 'a header name has letters, digits and dashes')
  .describe('name of the header')
const headerValue = z.string().regex(/^[\x20-\x7e]*$/, 'a header value is one line of ASCII')
const headers = z.record(headerName, headerValue)
const digest = z.string().regex(/^[\x21-\x7e]{1,200}$/, 'a digest has no blanks; it need not be a valid one')

const match = z.strictObject({
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']).optional().describe('The method of the request'),
  path: z.string().min(1).max(1000).optional().describe('An RE2 pattern (linear time) found anywhere in path and query; anchor it with ^ and $'),
  repository: z.string().optional().describe('The repository, whole: team/app'),
  larger: z.int().min(0).optional().describe('Only requests with a body of more bytes, by their Content-Length'),
  nth: z.int().min(1).optional().describe('Only the request that matches for the nth time, counted from 1'),
})

const answer = z.strictObject({
  status: z.int().min(200).max(599).describe('HTTP status'),
  headers: headers.optional().describe('Headers of the answer'),
  body: z.string().optional().describe('Body of the answer'),
})
const redirect = z.strictObject({
  to: headerValue.describe('Location: a URL or path; {path} stands for path and query of the request'),
  status: z
    .union([301, 302, 303, 307, 308].map((status) => z.literal(status)))
    .optional()
    .describe('307 when not given'),
})

const fault = z
  .strictObject({
    answer: answer.optional().describe('Is answered instead; the registry does nothing'),
    redirect: redirect.optional().describe('Sends the client somewhere else; the registry does nothing'),
    lose: z
      .enum(['request', 'answer'])
      .optional()
      .describe('Cuts the connection before the registry has done anything (request), or after it has done it and before it answers (answer)'),
    resetUpload: offset('Resets the connection after so many bytes of what the client sends; the registry does nothing').optional(),
    cutUpload: offset('Hands the registry so many bytes of what the client sends, then resets the connection; what arrived stays').optional(),
    hang: z.int().min(1).max(3_600_000).optional().describe('Says nothing for so many milliseconds, then closes the connection; the registry does nothing'),
    duplicate: z.literal(true).optional().describe('The request is carried out twice, as a proxy does that tries again; the second answer is sent'),
    reset: offset('Resets the connection after so many bytes of the body of the answer').optional(),
    truncate: offset('Ends the connection after so many bytes of the body, without an error; Content-Length promises all').optional(),
    truncateUnsaid: offset('The same, but no Content-Length says how much it should have been').optional(),
    corrupt: offset('Changes one bit of the byte at this offset of the body, so that the digest is wrong').optional(),
    append: z.string().min(1).optional().describe('Sends this text after the body; Content-Length counts it'),
    slow: z.int().min(1).optional().describe('Sends the body with so many bytes per second'),
    digest: digest.optional().describe('Says this in Docker-Content-Digest'),
    length: z.int().min(0).optional().describe('Says this in Content-Length, sends what there is, and closes the connection'),
    drop: z.array(headerName).min(1).optional().describe('Leaves these headers out'),
    set: headers.optional().describe('Answers as usual, with these headers changed or added'),
    otherwise: z
      .string()
      .regex(/^[/$][\x21-\x7e]*$/, 'a path begins with / or a group')
      .optional()
      .describe('Where the registry would answer 404, carries out the request for this path instead; $1 to $9 stand for the groups of match.path'),
    status: z
      .strictObject({ from: z.int().min(100).max(599), to: z.int().min(200).max(599) })
      .optional()
      .describe('Where the registry would answer with the one status, answers with the other'),
  })
  .refine((one) => Object.keys(one).length === 1, 'a rule has exactly one fault; write one rule for each')
  .meta({ minProperties: 1, maxProperties: 1 })

const rule = z.strictObject({
  match: match.optional().describe('Which requests; all when not given. Everything that is named must be so'),
  fault: fault.describe('What goes wrong; exactly one of'),
  probability: z.number().gt(0).max(1).optional().describe('How often it happens; the seed decides which requests it hits. 1 when not given'),
  times: z.int().min(1).optional().describe('At most so many times; 1 when nth is given, and otherwise without an end'),
})

export const faultPlan = z.strictObject({
  $schema: z.string().optional(),
  seed: z.int().min(0).max(0xffff_ffff).optional().describe('For probability: the same seed and the same requests give the same faults. 1 when not given'),
  quirks: z
    .enum(DIALECTS.map(({ name }) => name))
    .optional()
    .describe('Behaves like this registry product where it differs; after the rules'),
  rules: z.array(rule).min(1).max(1000).optional().describe('The first rule that applies decides about a request'),
})

export type FaultPlan = z.infer<typeof faultPlan>
export type FaultRule = z.infer<typeof rule>
export type Fault = z.infer<typeof fault>

/** The schema for editors: draft 7, which is what YAML language servers understand. */
export function faultPlanJsonSchema(): object {
  return { $id: 'faults.schema.json', title: 'Fault plan of ferry registry serve', ...z.toJSONSchema(faultPlan, { target: 'draft-7', io: 'input' }) }
}
