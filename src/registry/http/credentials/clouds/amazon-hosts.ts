/** Which hosts are Amazon's: account, region and kind of endpoint out of a registry's name. */

const PRIVATE = /^(\d{12})\.dkr[.-]ecr(-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws|on\.amazonwebservices\.com\.cn)$/

export interface EcrPlace {
  readonly region: string
  readonly fips: boolean
  /** Absent: ECR Public. */
  readonly account?: string
}

export function ecrPlace(registry: string): EcrPlace | undefined {
  const [, account, fips, region] = PRIVATE.exec(registry) ?? []
  return account === undefined || region === undefined ? undefined : { account, region, fips: fips !== undefined }
}
