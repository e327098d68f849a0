/**
 * The form of ferry.yaml: one schema for reading, for error messages and, as JSON schema, for editors.
 * Loaded only when there is such a file. What the values mean stands in settings.ts.
 */
import { z } from 'zod'
import { DIALECTS } from '../../registry/target/dialects/index.ts'

const environment = z.union([
  z.string().describe('The name of the environment; its images live in the repository named by `image`'),
  z.strictObject({
    name: z.string().describe('The name of the environment, the first part of its tags'),
    image: z.string().optional().describe('The repository of this environment, when it is not the one named by `image`'),
    verify: z.array(z.string()).optional().describe('Public keys; an image enters this environment only with a valid signature by one of them'),
  }),
])

const text = z.union([z.string(), z.number(), z.boolean()])
const inputValue = z.union([text, z.array(text), z.record(z.string(), text)])
const layer = z.strictObject({
  from: z
    .union([z.string(), z.array(z.string())])
    .describe('Files or directories below the context; {os}, {arch} and {platform} stand for the platform being built'),
  to: z.string().describe('Absolute path in the image; ends with / for a directory'),
  owner: z.string().optional().describe('uid or uid:gid, as numbers; 0:0 when not given'),
  mode: z.string().optional().describe('Octal mode of files, e.g. "0755"; kept as it is when not given'),
})

export const ferryFile = z.strictObject({
  $schema: z.string().optional(),
  image: z.string().optional().describe('The repository, without a tag: host/team/app'),
  environments: z.array(environment).min(1).optional().describe('The environments in the order in which an image passes through them'),
  tags: z
    .strictObject({
      pattern: z.string().optional().describe('A pattern with the named groups env, version and build, when tags do not follow <env>-<version>-<build>'),
    })
    .optional()
    .describe('How tags are made up'),
  keys: z
    .strictObject({
      sign: z.string().optional().describe('The private key that signs: a path'),
      verify: z.array(z.string()).optional().describe('Public keys of which one must have signed: paths'),
    })
    .optional(),
  registry: z
    .strictObject({
      plainHttp: z.array(z.string()).optional().describe('Hosts that may be asked without TLS; loopback always may'),
      caFile: z.string().optional().describe('PEM file with certificates of authorities to trust besides the usual ones'),
      dialects: z
        .record(z.string(), z.enum(DIALECTS.map(({ name }) => name)))
        .optional()
        .describe('Which product a registry is, by host, where its name and answers do not tell; names are those of the support table'),
    })
    .optional(),
  build: z
    .strictObject({
      context: z.string().optional().describe('The directory to build; this file’s own when not given'),
      base: z.string().optional().describe('The image to build on; nothing (scratch) when not given'),
      layers: z.array(layer).optional().describe('What goes where; the whole context to / when not given'),
      platforms: z.array(z.string()).optional().describe('os/architecture[/variant]; several give an index'),
      entrypoint: z.array(z.string()).optional(),
      cmd: z.array(z.string()).optional(),
      env: z.record(z.string(), text).optional(),
      user: z.string().optional(),
      workdir: z.string().optional(),
      ports: z.array(text).optional().describe('Ports the program listens on, e.g. 8080 or 53/udp'),
      labels: z.record(z.string(), text).optional(),
      annotations: z.record(z.string(), text).optional(),
    })
    .optional()
    .describe('How the image is built'),
  defaults: z.record(z.string(), z.record(z.string(), inputValue)).optional().describe('Inputs of steps when they are not given: step → input → value'),
  pipeline: z
    .array(z.union([z.string(), z.strictObject({ step: z.string(), with: z.record(z.string(), inputValue).optional() })]))
    .optional()
    .describe('The steps that `ferry run` takes, in order'),
})

export type FerryFile = z.infer<typeof ferryFile>
export type LayerSetting = z.infer<typeof layer>

/** The schema for editors: draft 7, which is what YAML language servers understand. */
export function ferryFileJsonSchema(): object {
  return { $id: 'ferry.schema.json', title: 'ferry.yaml', ...z.toJSONSchema(ferryFile, { target: 'draft-7', io: 'input' }) }
}
