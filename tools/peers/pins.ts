/**
 * The real programs that our tests run against: the only list of them, and of their versions.
 *
 * To add one, add an entry (and for a Go program its line in a go.mod under go/), then run install.ts.
 * Checkers that are npm packages are not here: package.json pins them.
 */

import type { Pin } from './pin.ts'

// What the binaries link; trixie's and sid's names for them differ from bookworm's only after these letters.
const skopeoLibraries = ['libc6', 'libgcc-s1', 'libgpgme', 'libassuan', 'libgpg-error', 'libsqlite3', 'libdevmapper', 'libselinux', 'libudev', 'libpcre2']
const skopeoArguments = ['--policy', '{etc}/policy.json', '--registries.d', '{etc}/registries.d']
const registryTools = { kind: 'go', module: 'registry' } as const
const tekton = { kind: 'go', module: 'tekton', of: 'github.com/tektoncd/pipeline', tags: ['disable_spire'] } as const

export const pins = [
  {
    name: 'skopeo',
    version: '1.22.0',
    needs: ['apt'],
    source: {
      kind: 'deb',
      suite: 'sid',
      package: 'skopeo',
      path: 'usr/bin/skopeo',
      libraries: skopeoLibraries,
      arguments: skopeoArguments,
    },
    purpose: 'copy and inspect: the current reference client',
    probe: ['--version'],
  },
  {
    name: 'skopeo-1.9',
    version: '1.9.3',
    needs: ['apt'],
    source: {
      kind: 'deb',
      suite: 'bookworm',
      package: 'skopeo',
      path: 'usr/bin/skopeo',
      libraries: skopeoLibraries,
      arguments: skopeoArguments,
    },
    purpose: 'the client that stable distributions still ship',
    probe: ['--version'],
  },
  {
    name: 'distribution-2',
    version: '2.8.2',
    needs: ['apt'],
    source: { kind: 'deb', suite: 'bookworm', package: 'docker-registry', path: 'usr/bin/docker-registry' },
    purpose: 'registry, the release that most private ones run',
    probe: ['--version'],
  },
  {
    name: 'cosign',
    version: '3.1.1',
    needs: ['apt'],
    source: { kind: 'deb', suite: 'sid', package: 'cosign', path: 'usr/bin/cosign' },
    purpose: 'signatures and attestations as bundles',
    probe: ['version'],
  },
  {
    name: 'cosign-2',
    version: '2.5.0',
    needs: ['apt'],
    source: { kind: 'deb', suite: 'trixie', package: 'cosign', path: 'usr/bin/cosign' },
    purpose: 'signatures as .sig tags, and what older clients accept',
    probe: ['version'],
  },
  {
    name: 'notation',
    version: '1.3.2',
    needs: ['apt'],
    source: { kind: 'deb', suite: 'sid', package: 'notation', path: 'usr/bin/notation' },
    purpose: 'Notary Project signatures',
    probe: ['version'],
  },
  {
    name: 'crane',
    version: '0.22.1',
    needs: ['go'],
    source: {
      ...registryTools,
      package: 'github.com/google/go-containerregistry/cmd/crane',
      of: 'github.com/google/go-containerregistry',
    },
    purpose: 'copy, list, mutate',
    probe: ['version'],
  },
  {
    name: 'regctl',
    version: '0.11.7',
    needs: ['go'],
    source: {
      ...registryTools,
      package: 'github.com/regclient/regclient/cmd/regctl',
      of: 'github.com/regclient/regclient',
    },
    purpose: 'copy with referrers, strict reading of layouts',
    probe: ['version'],
  },
  {
    name: 'regsync',
    version: '0.11.7',
    needs: ['go'],
    source: {
      ...registryTools,
      package: 'github.com/regclient/regclient/cmd/regsync',
      of: 'github.com/regclient/regclient',
    },
    purpose: 'runs the sync configurations that we write',
    probe: ['version'],
  },
  {
    name: 'oras',
    version: '1.3.6',
    needs: ['go'],
    source: { ...registryTools, package: 'oras.land/oras/cmd/oras', of: 'oras.land/oras' },
    purpose: 'artifacts and referrers',
    probe: ['version'],
  },
  {
    name: 'referrers-registry',
    version: '0.22.1',
    needs: ['go'],
    source: { ...registryTools, package: './referrers', of: 'github.com/google/go-containerregistry' },
    purpose: 'registry with the referrers API (go-containerregistry)',
  },
  {
    name: 'oci-conformance',
    version: '0.0.0-20260831232431-97274622c111',
    needs: ['go'],
    source: {
      ...registryTools,
      package: 'github.com/opencontainers/distribution-spec/conformance',
      of: 'github.com/opencontainers/distribution-spec/conformance',
    },
    purpose: 'conformance of the embedded registry',
  },
  {
    name: 'tekton-entrypoint',
    version: '1.15.1',
    needs: ['go'],
    source: { ...tekton, package: 'github.com/tektoncd/pipeline/cmd/entrypoint' },
    purpose: 'runs a step as a Tekton pod does',
  },
  {
    name: 'tekton-validate',
    version: '1.15.1',
    needs: ['go'],
    source: { ...tekton, package: './validate' },
    purpose: "what Tekton's admission webhook would say",
    probe: [],
  },
  {
    name: 'actionlint',
    version: '1.7.12',
    needs: ['go'],
    source: {
      kind: 'go',
      module: 'actionlint',
      package: 'github.com/rhysd/actionlint/cmd/actionlint',
      of: 'github.com/rhysd/actionlint',
    },
    purpose: 'workflows and action.yml files',
    probe: ['-version'],
  },
  {
    name: 'kstemplate',
    version: '6a0248f',
    needs: ['go'],
    source: { kind: 'go', module: 'kubesphere', package: '.' },
    purpose: 'renders KubeSphere templates as ks-devops at that commit does',
    probe: ['-h'],
  },
  {
    name: 'distribution-3',
    version: '3.1.2',
    needs: ['go'],
    source: { kind: 'go', module: 'distribution', package: '.', of: 'github.com/distribution/distribution/v3' },
    purpose: 'registry, the current release',
    probe: ['--version'],
  },
  {
    name: 'act',
    version: '0.2.89',
    needs: ['go'],
    source: { kind: 'go', module: 'act', package: 'github.com/nektos/act', of: 'github.com/nektos/act' },
    purpose: 'runs workflows and actions',
    probe: ['--version'],
  },
  {
    name: 'groovy',
    version: '2.4.21',
    needs: ['java'],
    source: { kind: 'maven', group: 'org.codehaus.groovy', artifact: 'groovy-all', main: 'groovy.ui.GroovyMain' },
    purpose: "Jenkins' own Groovy, with all Java peers on its class path",
    probe: ['--version'],
  },
  {
    name: 'jenkins-pipeline-unit',
    version: '1.1',
    needs: ['java'],
    source: { kind: 'maven', group: 'com.lesfurets', artifact: 'jenkins-pipeline-unit' },
    purpose: 'runs Jenkinsfiles and the shared library',
  },
  {
    name: 'groovy-cps',
    version: '1.31',
    needs: ['java'],
    source: { kind: 'maven', group: 'com.cloudbees', artifact: 'groovy-cps' },
    purpose: "Jenkins' own transformation of pipeline code",
  },
  {
    name: 'junit',
    version: '4.13.2',
    needs: ['java'],
    source: { kind: 'maven', group: 'junit', artifact: 'junit' },
    purpose: "jenkins-pipeline-unit's base classes",
  },
  {
    name: 'podns',
    version: '1',
    needs: ['sh'],
    source: { kind: 'script', file: 'podns.sh' },
    purpose: 'gives a command its own /tekton and /workspace',
    probe: ['/tmp', '/tmp', 'true'],
  },
] as const satisfies readonly Pin[]

export type PeerName = (typeof pins)[number]['name']
