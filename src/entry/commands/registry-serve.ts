/** ferry registry serve: the embedded registry over OCI layouts, until it is stopped. */
import { Failure } from '../../kit/failure.ts'
import { serveRegistry } from '../../registry/target/serve/serve.ts'
import { field } from '../../step/field.ts'
import { out } from '../../step/output.ts'
import { defineStep } from '../../step/step.ts'

export const registryServeCommand = defineStep({
  name: 'registry serve',
  summary: 'Serve a directory of OCI layouts as a registry, on loopback unless told otherwise',
  details:
    'distribution-spec 1.1. Each repository is one layout in the directory: team/hello is DIR/team+hello. One JSON line per request on stderr. Stops on SIGINT and SIGTERM. With --faults it is a registry that fails as the plan says, to try a pipeline with.',
  since: '0.1.0',
  chinese: { title: '启动内置镜像仓库', summary: '把 OCI layout 目录作为镜像仓库提供，默认只监听回环地址' },
  needs: [],
  inputs: {
    directory: field.directory({ about: 'Where the layouts are; made when it is not there', example: './reg', positional: true }),
    faults: field.file({
      about: 'A fault plan: which requests go wrong on purpose, and how (reference: faults)',
      example: 'faults.yaml',
      optional: true,
    }),
    check: field.switch({ about: 'Assert after each write that no tag names an image of which something is missing; end with an error when one did' }),
    listen: field.text({ about: 'Address and port; port 0 takes a free one', example: '127.0.0.1:5055', fallback: '127.0.0.1:0' }),
  },
  outputs: { url: out.text({ about: 'Where it was served' }) },
  examples: [
    { title: 'On a port of its own', inputs: { directory: './reg', listen: '127.0.0.1:5055' } },
    { title: 'One that fails on purpose', inputs: { directory: './reg', listen: '127.0.0.1:5055', faults: 'faults.yaml', check: true } },
  ],

  async run({ directory, listen, faults, check }, { call, log }) {
    const { host, port } = readListen(listen)
    const write = (line: object): void => void process.stderr.write(`${JSON.stringify(line)}\n`)
    const plan = faults === undefined ? {} : { faults: await (await import('../../registry/target/faults/read-plan.ts')).readFaultPlan(faults) }
    const registry = await serveRegistry({ directory, host, port, invariant: check, onAccess: write, onViolation: write, ...plan })
    if (!isLoopback(host)) log.warn('everyone who reaches this address can read and write: there is no login', { listen: registry.host })
    log.info('serving', { url: registry.url, directory })
    await new Promise<void>((resolve) => {
      if (call.signal.aborted) resolve()
      else call.signal.addEventListener('abort', () => resolve(), { once: true })
    })
    await registry.close()
    const [first] = registry.violations
    if (first) {
      throw new Failure('CONTENT_MISSING', `after ${first.after} the tag ${first.tag} of ${first.repository} named an incomplete image`, {
        cause: `${first.missing.length} of what ${first.root} needs is missing`,
        hint: 'This is a defect of the registry, or something beside it changes the directory: report what stands on stderr.',
        facts: { violations: registry.violations.length, missing: first.missing },
      })
    }
    return { url: registry.url }
  },
})

function readListen(text: string): { host: string; port: number } {
  const found = /^(\[[0-9a-fA-F:]+\]|[^:]+):([0-9]{1,5})$/.exec(text)
  const port = Number(found?.[2])
  if (found?.[1] === undefined || port > 65_535)
    throw new Failure('INPUT_INVALID', `--listen is "${text.slice(0, 80)}", which is not address:port`, { hint: 'Write for example 127.0.0.1:5055.' })
  return { host: found[1].replace(/^\[|\]$/g, ''), port }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}
