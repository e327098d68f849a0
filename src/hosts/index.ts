// Printed by `npm run generate` from the folders beside it. Edit that, not this.
/** The files that each host is given. */
import { githubFiles } from './github/files.ts'
import type { HostFiles } from './host-files.ts'
import { jenkinsFiles } from './jenkins/files.ts'
import { kubesphereFiles } from './kubesphere/files.ts'
import { tektonFiles } from './tekton/files.ts'
import { terminalFiles } from './terminal/files.ts'

export const HOST_FILES: readonly HostFiles[] = [githubFiles, jenkinsFiles, kubesphereFiles, tektonFiles, terminalFiles]
