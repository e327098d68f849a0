/** Amazon ECR Public. */
import { type Dialect, wasRead } from '../dialect.ts'

export const ecrPublic: Dialect = {
  name: 'ecr-public',
  title: 'Amazon ECR Public',
  recognised: { hosts: ['public.ecr.aws'] },
  facts: {
    untag: wasRead('last one takes the image', 'Amazon ECR Public API reference, BatchDeleteImage'),
    tagsWithDigests: wasRead('DescribeImages, DescribeImageTags', 'Amazon ECR Public API reference'),
    chunks: wasRead('never', 'aws/containers-roadmap#2831, said of ECR'),
  },
}
