/** Colours for a terminal, and none elsewhere. Meaning is never carried by colour alone. */
import { styleText } from 'node:util'

export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan'

export type Paint = (style: Style, text: string) => string

/** Honours NO_COLOR and FORCE_COLOR (no-color.org, force-color.org). */
export function createPaint(isTerminal: boolean, variable: (name: string) => string | undefined): Paint {
  const forced = variable('FORCE_COLOR')
  const wanted = variable('NO_COLOR') === undefined && (forced === undefined ? isTerminal : forced !== '0')
  return wanted ? (style, text) => styleText(style, text, { validateStream: false }) : (_style, text) => text
}
