/** What may stand in a var or class of the library, as far as a machine can tell from the text. */

/** Of workflow-basic-steps, workflow-durable-task-step and credentials-binding, all in KubeSphere's Jenkins; readJSON and the like are not. */
const SHIPPED = ['sh', 'pwd', 'writeFile', 'readFile', 'dir', 'deleteDir', 'withEnv', 'withCredentials', 'usernamePassword', 'string', 'file', 'error']

const RULES: readonly { readonly name: string; readonly breaks: RegExp }[] = [
  // script-security does not let a folder's library do these.
  {
    name: 'not for the sandbox',
    breaks:
      /\bnew\s+(?:java\.io\.)?File\b|\bSystem\.|@Grab|\.metaClass|\bgetClass\(|\.execute\(\)|\bRuntime\b|\bThread\b|\bevaluate\(|Jenkins\.(?:instance|get)|\bJsonSlurper/,
  },
  { name: 'text with values in it', breaks: /"[^"\n]*\$[^"\n]*"(?![^\n]*')|"""|\$\// },
  { name: 'run wrongly by CPS', breaks: /\.(?:sort|toSorted|eachMatch|replaceAll|collect|each|findAll|any|every|inject)\s*\{|\bsynchronized\b|@NonCPS/ },
  { name: 'a shell script that is no constant', breaks: /\bsh\b(?!\w)\s*(?:\((?![^)]*script: COMMAND)|["'])/ },
  // Vars are singletons: a field would be shared by all builds.
  { name: 'state', breaks: /^@Field|^(?:static|def|String|Map|List)\s+\w+\s*=/m },
]

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '')
}

/** @returns the rules that a source breaks */
export function brokenRules(source: string): string[] {
  const text = withoutComments(source)
  const strange = [...text.matchAll(/\bscript\.(\w+)\s*[({]/g)].flatMap((call) =>
    call[1] === undefined || SHIPPED.includes(call[1]) ? [] : [`step ${call[1]} is not shipped`],
  )
  return [...RULES.filter((rule) => rule.breaks.test(text)).map((rule) => rule.name), ...strange]
}
