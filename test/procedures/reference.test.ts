import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { PROBLEM_CODES } from '../../procedures/language/index.ts'
import { field, FIELD_TYPES } from '../../procedures/language/shapes/field.ts'
import { procedureHead } from '../../procedures/language/shapes/procedure.ts'
import { outcome, startStep, workStep } from '../../procedures/language/shapes/step.ts'
import {
  calendarFile,
  countryFile,
  factsFile,
  gatesFile,
  listsFile,
  noticesFile,
  placesFile,
  purposesFile,
  ratesFile,
  sourcesFile,
} from '../../procedures/language/shapes/vocabulary.ts'

const reference = readFileSync(join(import.meta.dirname, '../../docs/language.md'), 'utf8')
const chapters = reference.split(/^## /m)
const chapter = (number: number): string => chapters.find((text) => text.startsWith(`${number}. `)) ?? ''

describe('every clause of the grammar is in the reference', () => {
  test.each(Object.keys(procedureHead.shape))('procedure: %s', (key) => expect(chapter(3)).toContain(`\`${key}\``))
  test.each(Object.keys(workStep.shape))('step: %s', (key) => expect(chapter(4)).toContain(`\`${key}\``))
  test.each(Object.keys(startStep.shape))('start: %s', (key) => expect(chapter(4) + chapter(5)).toContain(`\`${key}\``))
  test.each(Object.keys(outcome.shape))('outcome: %s', (key) => expect(chapter(3) + chapter(6)).toContain(`\`${key}\``))
  test.each(Object.keys(field.shape))('field: %s', (key) => expect(chapter(7)).toContain(`\`${key}\``))
  test.each([...FIELD_TYPES])('field type: %s', (type) => expect(chapter(7)).toContain(`\`${type}\``))
})

describe('every problem is in the reference', () => {
  test.each([...PROBLEM_CODES])('%s', (code) => expect(chapter(14)).toContain(`### \`${code}\``))

  test('with each message, word for word', () => {
    const folder = join(import.meta.dirname, 'broken')
    const messages = readdirSync(folder).flatMap((name) => {
      const cases: { problems: string[] }[] = parse(readFileSync(join(folder, name), 'utf8'))
      return cases.flatMap(({ problems }) => problems.map((line) => line.split(' ').slice(2).join(' ')))
    })
    expect(messages.filter((message) => !chapter(14).includes(`- ${message}\n`))).toEqual([])
  })
})

test('there are fifteen sentences of meaning', () => {
  const [, ...sentences] = chapter(12).match(/^\d+\. /gm) ?? []
  expect(sentences).toEqual(Array.from({ length: 15 }, (_, index) => `${index + 1}. `))
})

describe('its examples', () => {
  const examples = [...reference.matchAll(/```yaml\n([^]*?)```/g)].map(([, text = '']) => text)
  test('are YAML', () => {
    for (const document of examples.flatMap((text) => parseAllDocuments(text))) expect(document.errors).toEqual([])
  })
  test('of the other files have the shape that is read', () => {
    const files = parseAllDocuments(examples.at(-1) ?? '').map((document) => document.toJS())
    const shapes = [
      countryFile,
      factsFile,
      gatesFile,
      placesFile,
      listsFile,
      purposesFile,
      calendarFile,
      ratesFile,
      sourcesFile,
      noticesFile,
    ]
    expect(files).toHaveLength(shapes.length)
    for (const [index, shape] of shapes.entries()) expect(shape.safeParse(files[index]).error?.issues).toBeUndefined()
  })
})
