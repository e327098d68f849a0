/** Starting the command line, against starting Node with nothing. */
import { ferry } from '../contestants.ts'
import type { Row } from '../row.ts'

export const start: Row = {
  name: 'start',
  about: '`ferry --version` against `node -e 0`: what every command pays before it does anything',
  runs: 20,
  contestants: async (world) => [
    { name: 'ferry', start: () => ferry(world, '--version') },
    { name: 'node -e 0', start: () => ({ words: [process.execPath, '-e', '0'] }) },
  ],
}
