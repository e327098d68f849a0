/** The grammar of GITHUB_OUTPUT, GITHUB_ENV and GITHUB_STATE. Source: FileCommandManager.cs of actions/runner. */

/** @throws Error as the runner does: wrong format, no matching delimiter */
export function parseEnvironmentFile(text: string): Record<string, string> {
  const values: Record<string, string> = {}
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    if (line === '') continue
    const equals = line.indexOf('=')
    const heredoc = line.indexOf('<<')
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) values[line.slice(0, equals)] = line.slice(equals + 1)
    else if (heredoc > 0 && heredoc + 2 < line.length) {
      const delimiter = line.slice(heredoc + 2)
      const end = lines.indexOf(delimiter, at + 1)
      if (end < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`)
      values[line.slice(0, heredoc)] = lines.slice(at + 1, end).join('\n')
      at = end
    } else throw new Error(`Invalid format '${line}'`)
  }
  return values
}
