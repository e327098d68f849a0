/**
 * Takes secrets out of text, also in the forms they take on the way: single lines, base64, URL-encoded, JSON-escaped.
 * A safety net below the rule that no code prints a secret.
 */
import type { Secret } from './secret.ts'

export interface Redactor {
  /** From now on no text that passes contains this secret or a form derived from it. */
  add(secret: Secret): void
  clean(text: string): string
}

// Shorter values would tear holes into ordinary text.
const SHORTEST = 4

export function createRedactor(): Redactor {
  let forms: string[] = []
  return {
    add(secret) {
      forms = [...new Set([...forms, ...derivedForms(secret.reveal())])].toSorted((left, right) => right.length - left.length)
    },
    clean(text) {
      let clean = text
      for (const form of forms) if (clean.includes(form)) clean = clean.replaceAll(form, '***')
      return clean
    },
  }
}

/** Every form of a secret that may turn up in text. */
export function derivedForms(value: string): string[] {
  const lines = value.split(/\r?\n/).map((line) => line.trim())
  const plain = [value, ...lines]
  const encoded = plain.flatMap((text) => [encodeURIComponent(text), JSON.stringify(text).slice(1, -1), ...base64Forms(text)])
  return [...plain, ...encoded].filter((form) => form.length >= SHORTEST)
}

/** Base64 of a value that stands at any offset in a longer text (e.g. `user:secret`), without the shared edges. */
function base64Forms(text: string): string[] {
  if (text.length < SHORTEST) return []
  return [0, 1, 2].flatMap((shift) => {
    const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)])
    const start = Math.ceil((shift * 8) / 6)
    const whole = Math.floor((bytes.length * 8) / 6)
    const form = bytes.toString('base64').slice(start, whole)
    const urlForm = form.replaceAll('+', '-').replaceAll('/', '_')
    return form.length >= 6 ? [form, urlForm] : []
  })
}
