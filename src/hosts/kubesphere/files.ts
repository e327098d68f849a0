/**
 * kubesphere/steps/ferry-<step>.yaml: a ClusterStepTemplate for KubeSphere's graphical pipeline editor (devops.kubesphere.io/v1alpha3).
 * Upstream renders `template` with Go's text/template. It is the step's JSON itself (runtime dsl) and not a script, because
 * releases before ks-devops 6a0248f escape only line breaks when they put a script into JSON.
 */
import { inputsOf } from '../../step/common-inputs.ts'
import type { Field } from '../../step/field.ts'
import { variableOf } from '../../step/names.ts'
import type { AnyStep } from '../../step/step.ts'
import { generatedNote, type HostFiles, textProblems } from '../host-files.ts'
import { yamlText } from '../yaml.ts'

/** The container of the agent that kubesphere/agent.yaml installs. */
const CONTAINER = 'ferry'

export const kubesphereFiles: HostFiles = {
  name: 'kubesphere',
  check: (step) => [
    ...textProblems(step),
    ...(step.chinese.title === '' || step.chinese.summary === '' ? [{ step: step.name, message: 'no Chinese title or summary' }] : []),
  ],
  files: (steps) =>
    steps.map((step) => ({
      path: `kubesphere/steps/ferry-${step.name}.yaml`,
      text: generatedNote('#', `src/steps/${step.name}.ts`) + yamlText(template(step)),
    })),
}

/** User and password of the registry come as the credential that every step template may have one of. */
const REGISTRY_LOGIN: readonly string[] = ['registryUsername', 'registryPassword']

/** Inputs that the form shows: values, and credentials to pick. */
function shown(step: AnyStep): [string, Field<unknown>][] {
  return Object.entries(inputsOf(step)).filter(([name]) => !REGISTRY_LOGIN.includes(name))
}

function template(step: AnyStep): object {
  return {
    apiVersion: 'devops.kubesphere.io/v1alpha3',
    kind: 'ClusterStepTemplate',
    metadata: {
      name: `ferry-${step.name}`,
      labels: { 'step.devops.kubesphere.io/category': 'Docker' },
      annotations: {
        'devops.kubesphere.io/displayNameEN': `ferry ${step.name}`,
        'devops.kubesphere.io/displayNameZH': step.chinese.title,
        'devops.kubesphere.io/descriptionEN': step.summary,
        'devops.kubesphere.io/descriptionZH': step.chinese.summary,
        'step.devops.kubesphere.io/icon': 'docker',
      },
    },
    spec: {
      runtime: 'dsl',
      container: CONTAINER,
      ...(step.needs.includes('registry') ? { secret: { type: 'credential.devops.kubesphere.io/basic-auth', wrap: true } } : {}),
      parameters: shown(step).map(([name, field]) => parameter(name, field)),
      template: pipelineStep(step),
    },
  }
}

/** No default value is written: it would count as given and win over ferry.yaml. */
function parameter(name: string, field: Field<unknown>): object {
  const byOthers = field.setting !== undefined || field.fact !== undefined
  return {
    name,
    display: display(field),
    required: field.required && field.shape !== 'secret' && !byOthers,
    type: typeOf(field),
    ...(field.choices === undefined ? {} : { options: JSON.stringify(field.choices.map((choice) => ({ label: choice, value: choice }))) }),
  }
}

function typeOf(field: Field<unknown>): string {
  if (field.shape === 'secret') return 'secret'
  if (field.shape === 'switch') return 'bool'
  if (field.choices !== undefined) return 'enum'
  return field.shape === 'list' || field.shape === 'map' || field.word === 'keys' ? 'text' : 'string'
}

function display(field: Field<unknown>): string {
  if (field.shape === 'secret') return `${field.about} (a secret text credential)`
  const form = field.shape === 'list' ? 'one a line' : field.shape === 'map' ? 'key=value, one a line' : ''
  const fallback = typeof field.fallback === 'string' && field.shape !== 'switch' ? `default ${field.fallback}` : ''
  const notes = [form, fallback].filter((note) => note !== '')
  return notes.length === 0 ? field.about : `${field.about} (${notes.join('; ')})`
}

/** The `sh` step, inside withCredentials for each secret that was picked. */
function pipelineStep(step: AnyStep): string {
  const secrets = shown(step).filter(([, field]) => field.shape === 'secret')
  const opened = secrets.map(([name]) => {
    const binding = `string(credentialsId: '{{ urlquery .param.${name} }}', variable: '${variableOf(name)}')`
    return `{{ if .param.${name} }}{"name": "withCredentials", "arguments": {"isLiteral": false, "value": "\${[${binding}]}"}, "children": [{{ end }}`
  })
  const closed = secrets.map(([name]) => `{{ if .param.${name} }}]}{{ end }}`)
  const sh = `{"name": "sh", "arguments": [{"key": "script", "value": {"isLiteral": true, "value": ${JSON.stringify(command(step))}}}]}`
  return [...opened, sh, ...closed.toReversed()].join('\n')
}

/**
 * One line of shell whose only variable part is inside single quotes and made of letters, digits and `%+-._~`. The trace of
 * `sh -x` ends before a variable with a secret is touched.
 */
function command(step: AnyStep): string {
  const query = shown(step)
    .filter(([, field]) => field.shape !== 'secret')
    .map(([name]) => `${name}={{ urlquery .param.${name} }}`)
    .join('&')
  const login = step.needs.includes('registry')
    ? [`${variableOf('registryUsername')}="$USERNAMEVARIABLE"`, `${variableOf('registryPassword')}="$PASSWORDVARIABLE"`]
    : []
  return ['{ set +x; } 2>/dev/null;', ...login, 'FERRY_HOST=kubesphere', `FERRY_QUERY='${query}'`, `ferry ${step.name}`].join(' ')
}
