/** Asks a person for a secret; what is typed is not shown. Ctrl-D means none, Ctrl-C ends the run. */
import { Failure } from '../../kit/failure.ts'
import { Secret } from '../../kit/secret.ts'

export async function askSecret(question: string, stdin: NodeJS.ReadStream, stderr: NodeJS.WriteStream): Promise<Secret | undefined> {
  stdin.setRawMode(true)
  try {
    return await new Promise<Secret | undefined>((resolve, reject) => {
      let typed = ''
      const done = (secret: Secret | undefined): void => {
        stdin.off('data', read)
        resolve(secret)
      }
      const read = (chunk: Buffer): void => {
        for (const character of chunk.toString('utf8')) {
          if (character === '\r' || character === '\n') return done(new Secret(typed))
          if (character === '\u0004') return done(undefined)
          if (character === '\u0003') {
            stdin.off('data', read)
            return reject(new Failure('INTERRUPTED', 'interrupted at the prompt; nothing was changed'))
          }
          if (character === '\u007f' || character === '\b') typed = [...typed].slice(0, -1).join('')
          else typed += character
        }
      }
      stdin.on('data', read)
      // Only now: what is typed after the question must not be shown any more.
      stderr.write(`${question}: `)
    })
  } finally {
    stdin.setRawMode(false)
    stdin.pause()
    stderr.write('\n')
  }
}
