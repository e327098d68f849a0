/** `Link: <…>; rel="next"`, read in one pass. RFC 8288; distribution-spec v1.1 "Listing Tags". */

/** A header with more links than this is not read on. */
const MOST_LINKS = 64

/** The target of the first link that leads to the next page; undefined when there is none. */
export function nextLink(header: string | undefined): string | undefined {
  let rest = header ?? ''
  if (rest.length > 32 * 1024) return undefined
  for (let links = 0; links < MOST_LINKS; links += 1) {
    const open = rest.indexOf('<')
    const close = rest.indexOf('>', open)
    if (open < 0 || close < 0) return undefined
    const target = rest.slice(open + 1, close)
    rest = rest.slice(close + 1)
    const following = rest.indexOf('<')
    const parameters = following < 0 ? rest : rest.slice(0, following)
    const isNext = parameters.split(/[;,]/).some((parameter) => {
      const [name = '', value = ''] = parameter.split('=')
      return name.trim().toLowerCase() === 'rel' && value.trim().replaceAll('"', '').toLowerCase().split(/\s+/).includes('next')
    })
    if (isNext) return target.trim()
  }
  return undefined
}
