/** Rules of Tekton and its catalogue that a machine can check, over everything that is generated or written by hand. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { tektonFiles } from '../../../src/hosts/tekton/files.ts'
import { IMAGE, SECURITY } from '../../../src/hosts/tekton/wiring.ts'
import { PRODUCT } from '../../../src/kit/product.ts'
import { inputsOf } from '../../../src/step/common-inputs.ts'
import { field } from '../../../src/step/field.ts'
import { kebab } from '../../../src/step/names.ts'
import { out } from '../../../src/step/output.ts'
import { defineStep } from '../../../src/step/step.ts'
import { containersOf, fileName, generated, ofKind, pipelines, ROOT, steps } from './documents.ts'

// https://github.com/tektoncd/catlin takes the list from the hub; this is the published one.
const CATEGORIES =
  'Automation, Build Tools, CLI, Cloud, Code Quality, Continuous Integration, Deployment, Developer Tools, Image Build, Integration & Delivery, Git, Kubernetes, Messaging, Monitoring, Networking, Openshift, Publishing, Security, Storage, Testing'.split(
    ', ',
  )

const runnable = [...ofKind('Task'), ...ofKind('StepAction')]
const catalogued = [...runnable, ...pipelines]

test('every step has a Task, a StepAction and a sample', () => {
  expect(ofKind('Task').length).toBe(steps.length)
  expect(ofKind('StepAction').length).toBe(steps.length)
  expect(ofKind('TaskRun').length).toBe(steps.length)
})

describe.each(catalogued.map((file) => [file.path, file] as const))('%s', (_, file) => {
  const { metadata, spec, kind } = file.document

  test('is named as its file, and says what the catalogue asks for', () => {
    expect(fileName(file)).toBe(kind === 'StepAction' ? `${metadata.name ?? ''}-stepaction` : metadata.name)
    expect(metadata.labels?.['app.kubernetes.io/version']).toBe(PRODUCT.version)
    const annotations = metadata.annotations ?? {}
    expect(annotations['tekton.dev/pipelines.minVersion']).toMatch(/^\d+\.\d+\.\d+$/)
    for (const category of (annotations['tekton.dev/categories'] ?? '').split(', ')) expect(CATEGORIES).toContain(category)
    for (const platform of (annotations['tekton.dev/platforms'] ?? '').split(',')) expect(platform).toMatch(/^linux\/(?:amd64|arm64)$/)
    for (const name of ['tekton.dev/displayName', 'tekton.dev/tags']) expect(annotations[name]).toBeTruthy()
    expect(spec.description?.split('\n')[0]?.length).toBeLessThan(125)
    expect(file.text.length).toBeLessThan(32 * 1024)
    expect(file.text).toMatch(/^[^\r]*\n$/)
  })

  test('describes every param, result and workspace, with names that differ in more than case', () => {
    const inner = [...(spec.tasks ?? []), ...(spec.finally ?? [])].flatMap((task) => (task.taskSpec === undefined ? [] : [task.taskSpec]))
    for (const each of [spec, ...inner]) {
      const named = [...(each.params ?? []), ...(each.workspaces ?? []), ...(each.results ?? [])]
      for (const { name, description } of named) {
        expect(description, name).toBeTruthy()
        expect(name).toMatch(/^[A-Za-z_][A-Za-z0-9_-]*$/)
      }
      const params = (each.params ?? []).map(({ name }) => name.toLowerCase())
      expect(new Set(params).size).toBe(params.length)
      for (const param of each.params ?? []) {
        expect(['string', 'array']).toContain(param.type)
        expect(Object.keys(param).every((key) => ['name', 'type', 'description', 'default'].includes(key))).toBe(true)
        if (param.default !== undefined) expect(Array.isArray(param.default)).toBe(param.type === 'array')
      }
    }
  })

  test('runs no script and puts params only where they are values', () => {
    for (const container of containersOf(file)) {
      expect(container.script).toBeUndefined()
      expect(container.command?.length).toBeGreaterThan(0)
      for (const word of container.command ?? []) expect(word).not.toContain('$(')
      expect(container.image).toBe(IMAGE)
      expect(container.image).toMatch(/^[a-z0-9.-]+\.[a-z]+\/[a-z0-9/-]+:\d+\.\d+\.\d+$/)
      expect(container.securityContext).toEqual(SECURITY)
      for (const variable of container.env ?? []) expect(variable.valueFrom).toBeUndefined()
    }
  })
})

describe.each(runnable.map((file) => [file.path, file] as const))('%s', (_, file) => {
  const { spec, kind } = file.document
  const arrays = (spec.params ?? []).filter((param) => param.type === 'array').map((param) => param.name)
  const [container] = containersOf(file)

  test('gives arrays whole, between markers, and texts as variables', () => {
    expect(container?.args?.slice(1)).toEqual(arrays.flatMap((name) => [`--ferry-list=${name}`, `$(params.${name}[*])`]))
    const values = (container?.env ?? []).map((variable) => variable.value ?? '').join('\n')
    for (const name of arrays) expect(values).not.toContain(`params.${name}`)
    const texts = (spec.params ?? []).filter((param) => param.type === 'string').map((param) => param.name)
    for (const name of texts) expect(`${values}\n${container?.workingDir ?? ''}`).toContain(`$(params.${name})`)
    expect(container?.env?.find(({ name }) => name === 'HOME')?.value).toBe('/tekton/home')
  })

  test('writes every result that it declares, and takes no secret as a param', () => {
    const paths = (container?.env ?? []).filter(({ name }) => name.startsWith('FERRY_RESULT_')).map(({ value }) => value)
    const prefix = kind === 'Task' ? 'results' : 'step.results'
    expect(paths).toEqual((spec.results ?? []).map(({ name }) => `$(${prefix}.${name}.path)`))
    const step = steps.find(({ name }) => name === container?.args?.[0])
    if (step === undefined) throw new Error('no step')
    const secrets = Object.entries(inputsOf(step)).flatMap(([name, input]) => (input.shape === 'secret' ? [kebab(name)] : []))
    expect(secrets.filter((name) => spec.params?.some((param) => param.name === name))).toEqual([])
    expect(spec.params?.map(({ name }) => name).filter((name) => /password|token|private/.test(name))).toEqual([])
  })

  test('has workspaces that may stay unbound, if it is a Task; a StepAction has none', () => {
    if (kind === 'StepAction') expect(spec).not.toHaveProperty('workspaces')
    else for (const workspace of spec.workspaces ?? []) expect(workspace.optional).toBe(true)
  })

  test('asks for little, so that the sum over steps can be scheduled', () => {
    if (kind === 'Task') expect(container?.computeResources?.requests).toEqual({ cpu: '100m', memory: '128Mi' })
  })
})

test('what puts an image somewhere says so to Tekton Chains', () => {
  for (const step of ['build', 'push', 'promote', 'run']) {
    const names = generated.find(({ path }) => path.endsWith(`/ferry-${step}.yaml`))?.document.spec.results?.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['image', 'digest', 'IMAGE_URL', 'IMAGE_DIGEST']))
  }
})

test('a param that ferry.yaml can give has a default, or Tekton would never ask the step', () => {
  const push = generated.find(({ path }) => path.endsWith('/ferry-push.yaml'))?.document.spec.params
  expect(push?.find(({ name }) => name === 'to')?.default).toBe('')
  expect(push?.find(({ name }) => name === 'image')).not.toHaveProperty('default')
})

test('what is on disk is what is printed', () => {
  for (const { path, text } of generated) expect(readFileSync(join(ROOT, path), 'utf8'), path).toBe(text)
})

describe('definitions that Tekton could not carry are refused', () => {
  const sound = {
    name: 'sound',
    summary: 'Sound',
    since: '0.1.0',
    chinese: { title: '', summary: '' },
    needs: [],
    inputs: {},
    outputs: {},
    examples: [],
  } as const
  const problemsOf = (change: object): string[] =>
    tektonFiles.check({ ...defineStep({ ...sound, run: async () => ({}) }), ...change }).map(({ message }) => message)

  test('results longer than a termination message', () => {
    expect(problemsOf({})).toEqual([])
    const many = Object.fromEntries(Array.from({ length: 4 }, (_, index) => [`list${index}`, out.list({ about: 'Long' })]))
    expect(problemsOf({ outputs: many }).join()).toContain('3200 bytes')
  })

  test('names that differ only in case, and words of a template language', () => {
    const text = field.text({ about: 'Text', optional: true })
    expect(problemsOf({ inputs: { caFile: text, 'ca-file': text } }).join()).toContain('differ only in case')
    expect(problemsOf({ summary: 'Say $(id)' }).join()).toContain('$(')
  })
})

test('every step stays within 3,000 bytes of results, in the worst case', () => {
  for (const step of steps) expect(tektonFiles.check(step), step.name).toEqual([])
})
