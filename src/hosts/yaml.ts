/** YAML as files hold it: built from objects, never from text, in the quoting that YAML 1.1 readers (Kubernetes) need too. */
import { dump } from 'js-yaml'

export function yamlText(document: object): string {
  return dump(document, { lineWidth: -1, noRefs: true })
}
