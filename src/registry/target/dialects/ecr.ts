/** Amazon Elastic Container Registry, private. */
import { type Dialect, refusal, wasRead } from '../dialect.ts'

export const ecr: Dialect = {
  name: 'ecr',
  title: 'Amazon ECR',
  recognised: { hosts: ['*.dkr.ecr.*.amazonaws.com', '*.dkr.ecr-fips.*.amazonaws.com', '*.dkr.ecr.*.amazonaws.com.cn', '*.dkr-ecr.*.on.aws'] },
  facts: {
    // Range stops after the first chunk. The report first says that the data is lost, then that it is stored: either way nothing tells where to go on.
    chunks: wasRead('never', 'aws/containers-roadmap#2831'),
    untag: wasRead('last one takes the image', 'aws/containers-roadmap#1567'),
    tagsPage: wasRead(1000, 'go-containerregistry#681, go-containerregistry#1091'),
    immutable: wasRead({ status: 400, code: 'TAG_INVALID' }, 'moby/buildkit#3776'),
    tagsWithDigests: wasRead('ListImages, DescribeImages', 'Amazon ECR API reference'),
    referrersApi: wasRead('works', 'Amazon ECR User Guide, "Private images"'),
  },
  quirks: [
    {
      shows: 'pages of more than 1000 tags are refused (go-containerregistry#681)',
      match: { method: 'GET', path: '/tags/list.*[?&]n=([2-9][0-9]{3}|1[0-9]{4})' },
      fault: refusal(405, 'UNSUPPORTED', 'invalid parameter at maxResults'),
    },
    {
      shows: 'Range stands still after a chunk (aws/containers-roadmap#2831)',
      match: { method: 'PATCH', path: '/blobs/uploads/' },
      fault: { set: { Range: '0-0' } },
    },
  ],
  removing: 'Delete it with BatchDeleteImage of the ECR API; an image goes with its last tag.',
  notes: 'A repository must exist before anything is pushed to it. Manifests without mediaType are refused.',
}
