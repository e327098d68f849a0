/** What a workflow sees of our actions beyond success: failures, masks, cancellation, being part of a composite action. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describePeers } from '../../../tools/peers/with-peers.ts'
import { startScripted } from '../../registry/scripted.ts'
import { type ActWorld, createActWorld, USERNAME } from './act.ts'

const workflow = (...steps: string[]): string =>
  [
    'on: push',
    'permissions: {}',
    'jobs:',
    '  job:',
    '    runs-on: ubuntu-latest',
    '    steps:',
    '      - name: checkout',
    '        uses: actions/checkout@9c091bb21b7c1c1d1991bb908d89e4e9dddfe3e0 # v7.0.0',
    ...steps.flatMap((step) => step.split('\n').map((line, at) => `      ${at === 0 ? '- ' : '  '}${line}`)),
    '',
  ].join('\n')

describePeers(['act'], 'our actions in workflows under act', (peers) => {
  let world: ActWorld

  beforeAll(async () => {
    world = await createActWorld(peers.act.bin)
  })
  afterAll(() => world.close())

  test('a failing step fails the job with our exit code; later steps see it', { timeout: 120_000 }, async () => {
    const path = world.workflow(
      'failing.yml',
      workflow(
        "id: bad\ncontinue-on-error: true\nuses: ./actions/tag\nwith:\n  action: parse\n  subjects: 'not a tag'",
        'run: echo "first was ${{ steps.bad.outcome }} and ${{ steps.bad.conclusion }}"',
        'id: worse\nuses: ./actions/promote\nwith:\n  image: registry.example.com/a:dev-v1-1\n  too: staging',
        'run: echo "never seen"',
        'if: failure()\nrun: echo "second was ${{ steps.worse.outcome }}"',
        'if: always()\nrun: echo "always seen"',
      ),
    )
    const { exitCode, log } = await world.act({ workflow: path })
    expect(exitCode).toBe(1)
    expect(log).toContain('first was failure and success')
    expect(log).toContain('second was failure')
    expect(log).toContain('always seen')
    expect(log).not.toContain('| never seen')
    expect(log).toMatch(/::error title=ferry promote::INPUT_INVALID/)
    expect(log).toMatch(/too is not an input of promote.*Did you mean to\?/)
    expect(log).toMatch(/exit status 2\b|exitcode '2'/)
  })

  test('a value that was given as a secret is hidden from then on, also where it was no secret of GitHub', { timeout: 120_000 }, async () => {
    const path = world.workflow(
      'masked.yml',
      workflow(
        'run: echo "PLAIN=canary-of-no-secret" >> "$GITHUB_ENV"',
        "uses: ./actions/build\nwith:\n  context: examples/hello\n  to: 'oci:./out:x'\n  registry-username: robot\n  registry-password: ${{ env.PLAIN }}",
        'run: echo "it is $PLAIN and $(printf robot:%s "$PLAIN" | base64)"',
      ),
    )
    const { exitCode, log } = await world.act({ workflow: path })
    expect(exitCode).toBe(0)
    expect(log).toMatch(/\| it is \*\*\* and /)
    expect(
      log
        .split('\n')
        .filter((line) => line.includes('it is'))
        .join('\n'),
    ).not.toContain(Buffer.from('canary-of-no').toString('base64'))
  })

  test('inside a composite action: its inputs are not taken for ours, outputs come out', { timeout: 120_000 }, async () => {
    const folder = join(world.directory, '.github', 'actions', 'which')
    mkdirSync(folder, { recursive: true })
    writeFileSync(
      join(folder, 'action.yml'),
      [
        'name: which',
        'description: A composite action of a user',
        'inputs:',
        '  team-tag:',
        '    description: A tag',
        '    required: true',
        'outputs:',
        '  build:',
        '    description: Its build',
        '    value: ${{ steps.parse.outputs.build }}',
        'runs:',
        '  using: composite',
        '  steps:',
        '    - id: parse',
        '      uses: ./actions/tag',
        '      with:',
        '        action: parse',
        '        subjects: ${{ inputs.team-tag }}',
        '',
      ].join('\n'),
    )
    const path = world.workflow(
      'composite.yml',
      workflow('id: which\nuses: ./.github/actions/which\nwith:\n  team-tag: prod-v1.2-1024', 'run: echo "build is ${{ steps.which.outputs.build }}"'),
    )
    const { exitCode, log } = await world.act({ workflow: path })
    expect(log).toContain('build is 1024')
    expect(exitCode).toBe(0)
  })

  test('a cancelled run writes no tag, and running again finishes it', { timeout: 120_000 }, async () => {
    let reached: (() => void) | undefined
    const interrupt = new Promise<void>((resolve) => (reached = resolve))
    let stuck = true
    // At first blobs do not get in, so the push waits at the place where being cancelled matters.
    const registry = await startScripted(
      ({ method }) => {
        if (method !== 'POST' || !stuck) return false
        reached?.()
        return new Promise<boolean>(() => undefined)
      },
      { behind: world.registry },
    )
    const tagsWritten = (): number => registry.seen.filter(({ method, path }) => method === 'PUT' && path.includes('/manifests/dev-')).length
    try {
      const path = world.workflow(
        'cancelled.yml',
        workflow(
          "uses: ./actions/build\nwith:\n  context: examples/hello\n  to: 'oci:./out:dev-v1.0-1'",
          `uses: ./actions/push\nwith:\n  image: 'oci:./out:dev-v1.0-1'\n  to: ${registry.host}/team/app:dev-v1.0-1\n  registry-username: ${USERNAME}\n  registry-password: \${{ secrets.REGISTRY_PASSWORD }}`,
          'run: echo "at the end"',
        ),
      )
      const cancelled = await world.act({ workflow: path, interrupt })
      expect(cancelled.exitCode).not.toBe(0)
      expect(cancelled.log).not.toContain('at the end')
      expect(tagsWritten()).toBe(0)
      stuck = false
      const again = await world.act({ workflow: path })
      expect(again.log).toContain('at the end')
      expect(again.exitCode).toBe(0)
      expect(tagsWritten()).toBe(1)
    } finally {
      await registry.close()
    }
  })
})
