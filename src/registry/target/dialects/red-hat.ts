/** The registries of Red Hat, which images of Red Hat are pulled from. */
import { type Dialect, wasRead } from '../dialect.ts'

export const redHat: Dialect = {
  name: 'red-hat',
  title: 'Red Hat registry',
  recognised: { hosts: ['registry.redhat.io', 'registry.access.redhat.com', 'registry.connect.redhat.com'] },
  facts: {
    head: wasRead('no digest', 'containerd#3238, regclient#363'),
  },
  quirks: [
    {
      shows: 'HEAD does not say the digest (containerd#3238, regclient#363)',
      match: { method: 'HEAD', path: '/manifests/' },
      fault: { drop: ['Docker-Content-Digest'] },
    },
  ],
  notes: 'Compresses answers on the way when it is allowed to (quay#1310); it is not.',
}
