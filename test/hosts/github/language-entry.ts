/** GitHub's own opinion of action files and workflows. Not imported as it stands: language.ts bundles it first, and says why. */
import { validate } from '@actions/languageservice'
import { NoOperationTraceWriter } from '@actions/workflow-parser'
import { parseAction } from '@actions/workflow-parser/actions/action-parser'
import { TextDocument } from 'vscode-languageserver-textdocument'

export const language = {
  /** What GitHub has against an action.yml. The parser is strict about keys, the service knows the words for branding. */
  async action(path: string, text: string): Promise<string[]> {
    const { context } = parseAction({ name: path, content: text }, new NoOperationTraceWriter())
    return [...context.errors.getErrors().map((error) => error.message), ...(await served('file:///action.yml', text))]
  },

  /** What GitHub has against a workflow, with line numbers. */
  workflow: (name: string, text: string): Promise<string[]> => served(`file:///.github/workflows/${name}`, text),
}

async function served(uri: string, text: string): Promise<string[]> {
  const found = await validate(TextDocument.create(uri, 'yaml', 1, text))
  return found.map(({ range, message }) => `${range.start.line + 1}: ${typeof message === 'string' ? message : message.value}`)
}
