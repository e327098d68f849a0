/**
 * The token that a CI run brings for the registry of its own host, and for no other one.
 * Sources: docs.github.com "Working with the Container registry"; docs.gitlab.com "Authenticate with the container registry".
 */
import { Secret } from '../../../../kit/secret.ts'
import type { CloudSource } from './cloud.ts'

/** Only in a run of GitHub Actions: a token somebody keeps for other things may lack the right even to public packages. */
export const github: CloudSource = {
  name: 'GitHub',
  showsPublic: true,
  keyOf: (registry, variables) => (registry === 'ghcr.io' && variables['GITHUB_ACTIONS'] === 'true' ? registry : undefined),
  async find(_registry, { variables }) {
    const { GITHUB_TOKEN: token, GITHUB_ACTOR: actor } = variables
    if (token === undefined) return { looked: ['GITHUB_TOKEN is not in the environment of this run'] }
    const from = 'the token of this run (GITHUB_TOKEN)'
    return { credential: { kind: 'basic', id: from, from, username: actor ?? 'x-access-token', password: new Secret(token) } }
  },
}

/** The host that GitLab names in CI_REGISTRY. */
export const gitlab: CloudSource = {
  name: 'GitLab',
  showsPublic: true,
  keyOf: (registry, variables) => (registry === variables['CI_REGISTRY'] ? registry : undefined),
  async find(_registry, { variables }) {
    const { CI_REGISTRY_USER: user, CI_REGISTRY_PASSWORD: password, CI_JOB_TOKEN: token } = variables
    if (user !== undefined && password !== undefined) {
      const from = 'the registry login of this run (CI_REGISTRY_USER)'
      return { credential: { kind: 'basic', id: from, from, username: user, password: new Secret(password) } }
    }
    if (token === undefined) return { looked: ['CI_REGISTRY_USER with CI_REGISTRY_PASSWORD and CI_JOB_TOKEN are not in the environment of this run'] }
    const from = 'the token of this job (CI_JOB_TOKEN)'
    return { credential: { kind: 'basic', id: from, from, username: 'gitlab-ci-token', password: new Secret(token) } }
  },
}
