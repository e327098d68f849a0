/** Generated reference of fault plans: the page and the schema for editors. */
import { type GeneratedFile, generatedNote } from '../hosts/host-files.ts'
import { faultPlanJsonSchema } from '../registry/target/faults/plan.ts'
import { markdownTable } from '../step/table.ts'

const EXAMPLE = `# yaml-language-server: $schema=https://raw.githubusercontent.com/kubeferry/kubeferry/main/docs/schema/faults.schema.json
seed: 7
rules:
  # The second manifest that is written is stored, and nobody hears of it.
  - match: { method: PUT, path: /manifests/, nth: 2 }
    fault: { lose: answer }
  # Every third blob or so breaks off after 1000 bytes, at most five times.
  - match: { method: GET, path: /blobs/sha256 }
    fault: { reset: 1000 }
    probability: 0.3
    times: 5
  # A registry that asks to wait.
  - match: { repository: team/hello }
    fault: { answer: { status: 429, headers: { Retry-After: "1" } } }
    times: 3`

export function faultFiles(): readonly GeneratedFile[] {
  const schema = faultPlanJsonSchema()
  return [
    { path: 'docs/reference/faults.md', text: page(schema) },
    { path: 'docs/schema/faults.schema.json', text: `${JSON.stringify(schema, null, 2)}\n` },
  ]
}

function page(schema: object): string {
  return [
    `<!-- ${generatedNote('', 'src/registry/target/faults/plan.ts').trim()} -->`,
    '# Fault plans',
    'The embedded registry can fail on purpose, to see what a pipeline or a client makes of it: `ferry registry serve ./reg --faults faults.yaml`. With `--check` it also asserts after every request that writes that no tag names an image of which something is missing.',
    `\`\`\`yaml\n${EXAMPLE}\n\`\`\``,
    'The first rule that applies decides about a request. YAML or JSON; unknown fields are errors.',
    markdownTable({ columns: ['field', 'meaning'], rows: rowsOf(schema, '') }),
    '',
  ].join('\n\n')
}

function rowsOf(schema: unknown, path: string): string[][] {
  if (typeof schema !== 'object' || schema === null) return []
  const { properties = {}, description, items } = schema as { properties?: object; description?: string; items?: object }
  return [
    ...(path !== '' && description !== undefined ? [[path, description]] : []),
    ...Object.entries(properties).flatMap(([name, inner]) => rowsOf(inner, path === '' ? name : `${path}.${name}`)),
    ...(items === undefined ? [] : rowsOf(items, `${path}[]`)),
  ]
}
