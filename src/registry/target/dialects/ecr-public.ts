/** Amazon ECR Public. */
import { type Dialect, wasRead } from '../dialect.ts'

export const ecrPublic: Dialect = {
  name: 'ecr-public',
  title: 'Amazon ECR Public',
  recognised: { hosts: ['public.ecr.aws'] },
  facts: {
    chunks: wasRead('never', 'aws/containers-roadmap#2831, said of ECR'),
  },
}
