/** What KubeSphere's editor and ks-devops ask of a step template, over what is generated and what is written by hand. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { load } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { kubesphereFiles } from '../../../src/hosts/kubesphere/files.ts'
import { PRODUCT } from '../../../src/kit/product.ts'
import { inputsOf } from '../../../src/step/common-inputs.ts'
import { field } from '../../../src/step/field.ts'
import type { AnyStep } from '../../../src/step/step.ts'
import { STEPS } from '../../../src/steps/index.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const steps: AnyStep[] = await Promise.all(Object.values(STEPS).map((entry) => entry.load()))

interface Parameter {
  readonly name: string
  readonly display: string
  readonly type: string
  readonly required: boolean
  readonly options?: string
  readonly defaultValue?: string
}
interface Template {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string; readonly labels: Record<string, string>; readonly annotations: Record<string, string> }
  readonly spec: {
    readonly runtime: string
    readonly container: string
    readonly secret?: { readonly type: string; readonly wrap: boolean }
    readonly parameters: readonly Parameter[]
    readonly template: string
  }
}

const templateOf = (step: AnyStep): Template => load(kubesphereFiles.files([step])[0]?.text ?? '') as Template

describe.each(steps.map((step) => [step.name, step, templateOf(step)] as const))('ferry-%s', (name, step, { apiVersion, kind, metadata, spec }) => {
  test('is a step of the editor, in both languages', () => {
    expect([apiVersion, kind, metadata.name]).toEqual(['devops.kubesphere.io/v1alpha3', 'ClusterStepTemplate', `ferry-${name}`])
    expect(metadata.labels['step.devops.kubesphere.io/category']).toBeTruthy()
    for (const text of ['displayName', 'description']) {
      expect(metadata.annotations[`devops.kubesphere.io/${text}EN`]).toMatch(/^[\x20-\x7e]+$/)
      expect(metadata.annotations[`devops.kubesphere.io/${text}ZH`]).toMatch(/\p{Script=Han}/u)
    }
  })

  test('shows every input once, of a type that the editor has', () => {
    const expected = Object.keys(inputsOf(step)).filter((input) => input !== 'registryUsername' && input !== 'registryPassword')
    expect(spec.parameters.map((parameter) => parameter.name)).toEqual(expected)
    for (const parameter of spec.parameters) {
      expect(['string', 'text', 'bool', 'enum', 'secret']).toContain(parameter.type)
      expect(parameter.display).not.toBe('')
      // A default of the form counts as given and would win over ferry.yaml.
      expect(parameter.defaultValue).toBeUndefined()
      // The console parses options as JSON (kubesphere/console, formatStepTemplate).
      if (parameter.type === 'enum')
        expect(JSON.parse(parameter.options ?? '')).toEqual(inputsOf(step)[parameter.name]?.choices?.map((choice) => ({ label: choice, value: choice })))
    }
  })

  test('asks for secrets as credentials only', () => {
    for (const [input, { shape }] of Object.entries(inputsOf(step))) {
      const parameter = spec.parameters.find((one) => one.name === input)
      expect(parameter?.type === 'secret').toBe(shape === 'secret' && input !== 'registryPassword')
      if (parameter?.type === 'secret') expect(spec.template).toContain(`credentialsId: '{{ urlquery .param.${input} }}'`)
      if (shape === 'secret') expect(spec.template).not.toContain(`${input}=`)
    }
    // The console takes what is behind the slash, ks-devops the whole: short names bind nothing.
    if (step.needs.includes('registry')) expect(spec.secret).toEqual({ type: 'credential.devops.kubesphere.io/basic-auth', wrap: true })
  })

  test('no value reaches the command but through urlquery, inside single quotes', () => {
    const actions = [...spec.template.matchAll(/\{\{.*?\}\}/g)].map((match) => match[0])
    expect(actions.filter((action) => !/^\{\{ (?:urlquery \.param\.\w+|if \.param\.\w+|end) \}\}$/.test(action))).toEqual([])
    expect(spec.template).not.toContain('.secret')
    for (const parameter of spec.parameters) {
      expect(spec.template).toContain(
        parameter.type === 'secret' ? `{{ if .param.${parameter.name} }}` : `${parameter.name}={{ urlquery .param.${parameter.name} }}`,
      )
    }
  })

  test('needs nothing escaped by ks-devops, and stops the trace first', () => {
    expect(spec.runtime).toBe('dsl')
    const step = JSON.parse(spec.template.replaceAll(/\{\{ if [^}]*\}\}[^\n]*|^[^\n]*\{\{ end \}\}$/gm, '')) as {
      name: string
      arguments: { value: { value: string; isLiteral: boolean } }[]
    }
    expect(step.name).toBe('sh')
    expect(step.arguments[0]?.value.isLiteral).toBe(true)
    expect(step.arguments[0]?.value.value).toMatch(/^\{ set \+x; \} 2>\/dev\/null; .* ferry [a-z]+$/)
  })
})

test('a step without Chinese is refused', () => {
  const step = {
    name: 'odd',
    summary: 's',
    since: '0',
    chinese: { title: '', summary: '' },
    needs: [],
    inputs: { a: field.text({ about: 'a' }) },
    outputs: {},
    examples: [],
    run: async () => ({}),
  } satisfies AnyStep
  expect(kubesphereFiles.check(step)).toEqual([{ step: 'odd', message: 'no Chinese title or summary' }])
})

describe('agent.yaml', () => {
  const agent = load(readFileSync(join(ROOT, 'kubesphere/agent.yaml'), 'utf8')) as {
    kind: string
    metadata: { name: string; namespace: string; labels: Record<string, string>; annotations: Record<string, string> }
    template: { spec: { containers: { name: string; image: string; command: string[] }[] } }
  }

  test('has the container that the steps enter, at the version of this repository', () => {
    const [container] = agent.template.spec.containers
    expect(agent.kind).toBe('PodTemplate')
    expect(container).toMatchObject({ image: `ghcr.io/${PRODUCT.repository}:${PRODUCT.version}`, command: ['cat'] })
    expect(steps.map((step) => templateOf(step).spec.container)).toEqual(steps.map(() => container?.name))
  })

  test('is what ks-devops copies into Jenkins', () => {
    expect(agent.metadata.namespace).toBe('kubesphere-devops-worker')
    expect(agent.metadata.labels['jenkins.agent.pod']).toBe('true')
    expect(agent.metadata.annotations).toMatchObject({ 'jenkins.agent.labels': 'ferry', 'inherit.from': 'base' })
    // The rest of the pod is merged in from an annotation, by the name of the container.
    expect(load(agent.metadata.annotations['containers.yaml'] ?? '')).toMatchObject({
      spec: { containers: [{ name: 'ferry', securityContext: { runAsNonRoot: true, allowPrivilegeEscalation: false } }] },
    })
    expect(JSON.stringify(agent)).not.toMatch(/secret|hostPath|privileged"/i)
  })
})

test.each(readdirSync(join(ROOT, 'kubesphere/pipelines')))('pipelines/%s: no value but through urlquery', (name) => {
  const { kind, metadata, spec } = load(readFileSync(join(ROOT, 'kubesphere/pipelines', name), 'utf8')) as {
    kind: string
    metadata: { annotations: Record<string, string> }
    spec: { parameters: { name: string }[]; template: string }
  }
  expect(kind).toBe('ClusterTemplate')
  expect(metadata.annotations['devops.kubesphere.io/displayNameZH']).toMatch(/\p{Script=Han}/u)
  const actions = [...spec.template.matchAll(/\$\(.*?\)/g)].map((match) => match[0])
  expect(actions.filter((action) => !/^\$\((?:urlquery \.params\.\w+|if \.params\.\w+|end)\)$/.test(action))).toEqual([])
  for (const parameter of spec.parameters) expect(spec.template).toContain(`.params.${parameter.name})`)
})
