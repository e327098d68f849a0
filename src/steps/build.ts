/** build: a directory becomes an image. How, is the builder's business (src/build). */
import { buildImage } from '../build/build.ts'
import type { Base } from '../build/builder.ts'
import { Failure } from '../kit/failure.ts'
import { ANNOTATION } from '../registry/oci/annotations.ts'
import { readPlatform } from '../registry/oci/platform.ts'
import { type Location, printLocation } from '../registry/target/location.ts'
import type { Context } from '../step/context.ts'
import { field } from '../step/field.ts'
import { out } from '../step/output.ts'
import { defineStep } from '../step/step.ts'
import { readLayers } from './parts/layers.ts'
import { findImage } from './parts/places.ts'

export const build = defineStep({
  name: 'build',
  summary: 'Make an image out of a directory: no daemon, no root, the same bytes every time',
  details:
    'Puts files on top of a base image, or on nothing. One platform gives an image, several give an index. What .ferryignore (or else .dockerignore) names stays out, and nothing from outside the directory gets in. The tag is written last.',
  since: '0.1.0',
  chinese: { title: '构建镜像', summary: '把目录构建成镜像：无需守护进程，无需 root，每次结果相同' },
  needs: ['registry', 'files'],
  inputs: {
    context: field.directory({
      about: 'The directory to build; its ferry.yaml is used when there is none where you stand',
      example: './app',
      positional: true,
      fallback: '.',
      setting: 'build.context',
      holdsSettings: true,
    }),
    to: field.image({ about: 'Where the image goes, with its tag', writes: true, example: 'oci:./out:dev-v1.0-1' }),
    base: field.image({
      about: 'The image to build on; nothing when not given',
      example: 'docker.io/library/alpine:3.22',
      optional: true,
      setting: 'build.base',
    }),
    layers: field.list({
      about: 'What goes where: FROM=/TO, with ,owner=UID:GID and ,mode=OCTAL when wanted; the whole directory when not given',
      example: 'bin/app=/usr/bin/app,mode=0755',
    }),
    platforms: field.list({ about: 'os/architecture[/variant]; several give an index', example: 'linux/arm64', setting: 'build.platforms' }),
    entrypoint: field.list({ about: 'What is started, word by word', example: '/usr/bin/app', setting: 'build.entrypoint' }),
    cmd: field.list({ about: 'Words after the entrypoint', example: 'serve', setting: 'build.cmd' }),
    environmentVariables: field.map({ about: 'Variables that the program finds', example: 'PORT=8080', flag: 'env', setting: 'build.env' }),
    user: field.text({ about: 'User the program runs as', example: '65532:65532', optional: true, setting: 'build.user' }),
    workdir: field.text({ about: 'Directory the program starts in', example: '/app', optional: true, setting: 'build.workdir' }),
    ports: field.list({ about: 'Ports the program listens on', example: '8080', setting: 'build.ports' }),
    labels: field.map({ about: 'Labels of the image', example: 'team=pay', setting: 'build.labels' }),
    annotations: field.map({ about: 'Annotations of the manifest', example: 'org.example.ticket=PAY-7', setting: 'build.annotations' }),
    source: field.text({ about: 'URL of the source, for the annotation', example: 'https://git.example.com/pay/api', optional: true, fact: 'source' }),
    revision: field.text({ about: 'Commit, for the annotation', example: '8f2c0f4e', optional: true, fact: 'revision' }),
    imageVersion: field.text({ about: 'Version, for the annotation', example: 'v1.2', optional: true }),
    builder: field.choice({ about: 'What builds it', of: ['files'], fallback: 'files' }),
  },
  outputs: {
    image: out.image({ about: 'The image under its tag' }),
    digest: out.digest({ about: 'Digest of the image or index' }),
    digests: out.list({ about: 'Digest of each platform, in the order of the platforms' }),
  },
  examples: [
    { title: 'A directory to a layout on disk', inputs: { context: 'examples/hello', to: 'oci:./out:dev-v1.0-1' } },
    {
      title: 'One program on a base, for two platforms',
      inputs: {
        context: '.',
        to: 'oci:./out:dev-v1.2-7',
        base: 'docker.io/library/alpine:3.22',
        layers: ['dist/{arch}/app=/usr/bin/app,mode=0755'],
        platforms: ['linux/amd64', 'linux/arm64'],
      },
    },
  ],

  async run({ context: directory, to, base, layers, platforms, builder, ...more }, context) {
    const { log, call, opener, settings } = context
    if (to.tag === undefined) throw new Failure('INPUT_INVALID', 'the image that is built needs a tag, not a digest', { hint: 'Write to as PLACE:TAG.' })
    const { target } = opener.open(to)
    const found = base === undefined ? undefined : await openBase(base, context)
    const given = readLayers(layers, settings.build.layers)
    const { source, revision, imageVersion } = more
    const built = await buildImage(
      {
        context: directory,
        ...(to.kind === 'remote' ? {} : { exclude: [to.kind === 'layout' ? to.directory : to.file] }),
        ...(given === undefined ? {} : { layers: given }),
        ...(found === undefined ? {} : { base: found }),
        ...(platforms.length === 0 ? {} : { platforms: platforms.map(readPlatform) }),
        ...(more.entrypoint.length === 0 ? {} : { entrypoint: more.entrypoint }),
        ...(more.cmd.length === 0 ? {} : { cmd: more.cmd }),
        ...(more.user === undefined ? {} : { user: more.user }),
        ...(more.workdir === undefined ? {} : { workdir: more.workdir }),
        env: more.environmentVariables,
        ports: more.ports,
        labels: more.labels,
        annotations: {
          ...(source === undefined ? {} : { [ANNOTATION.source]: source }),
          ...(revision === undefined ? {} : { [ANNOTATION.revision]: revision }),
          ...(imageVersion === undefined ? {} : { [ANNOTATION.version]: imageVersion }),
          ...more.annotations,
        },
        ...(context.frozen === undefined ? {} : { created: context.frozen }),
      },
      builder,
      target,
      call,
    )
    for (const path of built.suspicious) log.warn('a file that looks like a secret is in the image', { path })
    await target.tag(built.root, to.tag, call)
    log.info('built', { files: built.files, ignored: built.ignored.length, digest: built.root.digest })
    return { image: printLocation({ ...to, tag: to.tag }), digest: built.root.digest, digests: built.images.map((image) => image.descriptor.digest) }
  },
})

async function openBase(base: Location, context: Context): Promise<Base> {
  const { target, descriptor, name } = await findImage(base, context)
  return { source: target, descriptor, name }
}
