/** A description of an image as tables. Everything in it comes from outside. */
import { printable } from '../../kit/printable.ts'
import { formatBytes } from '../../kit/units.ts'
import type { DescribedImage, Description } from '../../registry/copy/describe.ts'
import { shortDigest } from '../../registry/oci/digest.ts'
import type { Shown } from '../../step/context.ts'
import type { Table } from '../../step/table.ts'

/** Rows that are shown to people; machines get all. */
const MOST_ROWS = 100

export function shownDescription(name: string, description: Description): Shown {
  const { root, kind, artifactType, annotations, subject, images, referrers } = description
  const [only, ...more] = images
  const tables: Table[] = [
    {
      columns: ['image', ''],
      rows: [
        ['digest', root.digest],
        ['type', root.mediaType],
        ...(artifactType === undefined ? [] : [['artifact type', artifactType]]),
        ...(subject === undefined ? [] : [['attached to', subject]]),
        ...Object.entries(annotations).map(([key, text]) => [`annotation ${key}`, text]),
        ...(kind === 'image' && only !== undefined ? settingRows(only) : []),
      ],
    },
    ...(kind === 'index' ? [{ columns: ['platform', 'digest', 'layers', 'size', 'created'], rows: images.map(imageRow) }] : []),
    ...(only !== undefined && more.length === 0 && only.layers.length > 0 ? [layerTable(only)] : []),
    ...(referrers === undefined || referrers.length === 0
      ? []
      : [
          {
            columns: ['attached', 'digest', 'size', 'to'],
            rows: referrers.map(({ descriptor, subject: to }) => [
              descriptor.artifactType ?? descriptor.mediaType,
              shortDigest(descriptor.digest),
              formatBytes(descriptor.size),
              to === root.digest ? 'the whole' : shortDigest(to),
            ]),
          },
        ]),
  ]
  return {
    name: 'description',
    data: description,
    title: printable(name),
    tables: tables.map(({ columns, rows }) => ({ columns, rows: rows.slice(0, MOST_ROWS) })),
    lines: [
      ...(tables.some(({ rows }) => rows.length > MOST_ROWS) ? ['Long tables are cut here; the report has all of it.'] : []),
      ...images
        .flatMap(({ broken }) => (broken === undefined ? [] : [`The config cannot be shown: ${printable(broken, 300)}. ferry check says what else is wrong.`]))
        .slice(0, MOST_ROWS),
      ...(referrers === undefined ? ['What is attached was not asked for.'] : referrers.length === 0 ? ['Nothing is attached to it.'] : []),
    ],
  }
}

function imageRow({ platform, artifactType, descriptor, layers, size, settings, missing, broken }: DescribedImage): string[] {
  const what = platform ?? artifactType ?? descriptor.mediaType
  if (missing) return [what, shortDigest(descriptor.digest), '', 'not there', '']
  return [what, shortDigest(descriptor.digest), String(layers.length), formatBytes(size), broken === undefined ? (settings?.created ?? '') : 'config broken']
}

function layerTable({ layers }: DescribedImage): Table {
  return {
    columns: ['layer', 'digest', 'size', 'type'],
    rows: layers.map((layer, at) => [String(at + 1), shortDigest(layer.digest), formatBytes(layer.size), layer.mediaType]),
  }
}

function settingRows({ platform, size, settings }: DescribedImage): string[][] {
  const rows: [string, string | undefined][] = [
    ['platform', platform],
    ['size', formatBytes(size)],
    ['created', settings?.created],
    ['user', settings?.user],
    ['workdir', settings?.workdir],
    ['entrypoint', words(settings?.entrypoint)],
    ['cmd', words(settings?.cmd)],
    ['ports', settings?.ports.join(' ')],
    ['volumes', settings?.volumes.join(' ')],
    ...(settings?.env ?? []).map((text): [string, string] => ['env', text]),
    ...Object.entries(settings?.labels ?? {}).map(([key, text]): [string, string] => [`label ${key}`, text]),
  ]
  return rows.flatMap(([key, text]) => (text === undefined || text === '' ? [] : [[key, text]]))
}

/** Words as they would be typed into JSON, so that a space inside one is seen. */
function words(list: readonly string[] | undefined): string | undefined {
  return list === undefined || list.length === 0 ? undefined : JSON.stringify(list)
}
