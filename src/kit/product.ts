/** What the product calls itself; a test holds the version equal to package.json's. */
export const PRODUCT = {
  name: 'kubeferry',
  command: 'ferry',
  version: '0.1.0',
  /** Where the documents and actions of the product live. */
  repository: 'kubeferry/kubeferry',
  home: 'https://github.com/kubeferry/kubeferry',
  /** The lowest Node that runs the bundle (KubeSphere's builder-base ships 22). */
  nodeFloor: 22,
  userAgent: 'kubeferry/0.1.0',
} as const
