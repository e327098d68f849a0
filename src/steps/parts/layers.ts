/** Layers as inputs write them: `FROM=/TO,owner=UID:GID,mode=OCTAL`. */
import type { LayerRecipe } from '../../build/builder.ts'
import { Failure } from '../../kit/failure.ts'
import type { LayerSetting } from '../../step/settings/schema.ts'

/** @returns undefined when neither input nor file says anything: then the builder takes the whole context */
export function readLayers(inputs: readonly string[], settings: readonly LayerSetting[] | undefined): LayerRecipe[] | undefined {
  if (inputs.length > 0) return inputs.map(readLayer)
  return settings?.map(({ from, to, owner, mode }) => ({ from, to, ...(owner === undefined ? {} : { owner }), ...(mode === undefined ? {} : { mode }) }))
}

function readLayer(text: string): LayerRecipe {
  const refuse = (why: string): never => {
    throw new Failure('INPUT_INVALID', `"${text.slice(0, 120)}" is not a layer: ${why}`, {
      hint: 'Write FROM=/TO, e.g. bin/app=/usr/bin/app,owner=0:0,mode=0755.',
    })
  }
  const [mapping = '', ...options] = text.split(',')
  const equals = mapping.indexOf('=')
  if (equals < 1 || mapping.length === equals + 1) return refuse('FROM=/TO is missing')
  const known = new Map(options.map((option): [string, string] => [option.slice(0, option.indexOf('=')), option.slice(option.indexOf('=') + 1)]))
  for (const name of known.keys()) if (name !== 'owner' && name !== 'mode') return refuse(`it has the option "${name}"; owner and mode are known`)
  const owner = known.get('owner')
  const mode = known.get('mode')
  return { from: mapping.slice(0, equals), to: mapping.slice(equals + 1), ...(owner === undefined ? {} : { owner }), ...(mode === undefined ? {} : { mode }) }
}
