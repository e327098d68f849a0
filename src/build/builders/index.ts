/** The builders there are, one line each. */
export { files } from './files.ts'
