/** Whose registry a given login is for. */
import { describe, expect, test } from 'vitest'
import { Secret } from '../../src/kit/secret.ts'
import { parseLocation } from '../../src/registry/target/location.ts'
import { openerOptions } from '../../src/step/access.ts'
import { promote } from '../../src/steps/promote.ts'
import { push } from '../../src/steps/push.ts'
import { tag } from '../../src/steps/tag.ts'
import { verify } from '../../src/steps/verify.ts'

const nobody = { dockerConfigFiles: [], environment: {} }
const login = { registryUsername: 'robot', registryPassword: new Secret('x') }
const at = parseLocation
const registryOf = (step: Parameters<typeof openerOptions>[0], values: Record<string, unknown>) =>
  openerOptions(step, { ...login, ...values }, nobody).credentials.explicit?.map(({ registry }) => registry)

describe('a login that is given', () => {
  test('is for the registry that the step writes to', () => {
    expect(registryOf(push, { image: at('from.example.com/a:b'), to: at('to.example.com/a:b') })).toEqual(['to.example.com'])
    expect(registryOf(promote, { image: at('from.example.com/a:b'), target: at('to.example.com/a') })).toEqual(['to.example.com'])
    expect(registryOf(promote, { image: at('from.example.com/a:b'), target: at('oci:./out') })).toEqual(['from.example.com'])
    expect(registryOf(promote, { image: at('from.example.com/a:b') })).toEqual(['from.example.com'])
  })

  test('else for that of the image', () => {
    expect(registryOf(verify, { image: at('from.example.com/a:b') })).toEqual(['from.example.com'])
    expect(registryOf(tag, { subjects: ['from.example.com/a'] })).toEqual(['from.example.com'])
    expect(registryOf(tag, { subjects: ['dev-v1-1'] })).toEqual([])
  })

  test('a password without a user is an error', () => {
    expect(() => openerOptions(verify, { registryPassword: new Secret('x') }, nobody)).toThrow(/without a user/)
  })
})
