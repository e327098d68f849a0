/** A process that collects a layout again and again: DIRECTORY AGE, until it is stopped. Prints how many files went each time. */
import { writeSync } from 'node:fs'
import { freeCall } from '../../../../src/kit/call.ts'
import { collectLayout } from '../../../../src/registry/target/layout/gc/collect.ts'
import { surveyLayout } from '../../../../src/registry/target/layout/gc/survey.ts'

const [directory = '', age = '0'] = process.argv.slice(2)
for (;;) {
  const survey = await surveyLayout(directory, Number(age), freeCall())
  if (survey.refused) throw survey.refused
  const removed = await collectLayout(survey, Number(age), freeCall())
  writeSync(1, `${removed.length}\n`)
}
