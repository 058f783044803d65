/** Mali's folder: it loads, says all that `domain.md` asks of it, and one return can be lived through it. */

import { existsSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { isLike } from '../../api/acts/training-telephones.ts'
import { compileCountry, compileSettings, loadCountry } from '../../procedures/language/index.ts'
import type { Country, Problem, ProcedureDocument } from '../../procedures/language/index.ts'

const FOLDER = 'procedures/ml'
const range = (prefix: string, last: number) =>
  Array.from({ length: last }, (_, index) => `${prefix}-${String(index + 1).padStart(2, '0')}`)
const CODES = [
  ...range('ACC', 10),
  ...range('EVA', 12),
  ...range('REF', 9),
  ...range('SUI', 12),
  ...range('ENA', 13),
  ...range('VDT', 9),
  ...range('MED', 8),
  ...range('ECO', 12),
  ...['DEC', 'MIG', 'DEM', 'RET', 'PLT', 'INC', 'FIN', 'GEL', 'DBL', '18'].map((one) => `EVT-${one}`),
]

let problems: Problem[]
let loaded: Country | null
beforeAll(async () => {
  const result = await loadCountry(FOLDER)
  problems = result.problems
  loaded = result.country
})

function country(): Country {
  if (!loaded) throw new Error('procedures/ml has problems: see the first test')
  return loaded
}
const documents = (): ProcedureDocument[] => Object.values(country().procedures)
const stepsOf = (document: ProcedureDocument) => document.steps.map((step) => ({ document, step }))

describe('the folder', () => {
  it('loads without a problem', () => {
    expect(problems).toEqual([])
  })

  it('has every row of the eight procedures and every event', () => {
    const codes = new Set(documents().flatMap(({ steps }) => steps.map((step) => step.code)))
    expect(CODES.filter((code) => !codes.has(code))).toEqual([])
  })

  it('names every step in French and English and says where it comes from', () => {
    for (const { document, step } of documents().flatMap(stepsOf)) {
      const where = `${document.procedure}.${step.id}`
      expect(step.title.fr, where).not.toBe('')
      expect(step.title.en, where).not.toBe('')
      expect(step.source, where).toBeDefined()
    }
  })

  it('cites only sources that it uses', () => {
    const { rates, trainingTelephones } = country()
    const cited = documents()
      .flatMap(({ source, steps }) => [
        source,
        ...steps.flatMap((step) => [step.source, ...(step.kind === 'start' ? [] : [step.lapses?.basis])]),
      ])
      .concat(Object.values(rates).flatMap((list) => list.map((one) => one.source)))
      .concat(trainingTelephones?.source ?? [])
    expect(Object.keys(country().sources).filter((id) => !cited.includes(id))).toEqual([])
  })

  it('keeps free text personal, save the marks of rows and households', () => {
    const compiled = Object.values(compileCountry(country()))
    const fields = compiled.flatMap((procedure) => [
      ...procedure.inputs,
      ...procedure.steps.flatMap((step) => (step.kind === 'start' ? [] : step.form)),
    ])
    const open = fields
      .flatMap((field) => [field, ...(field.of ?? [])])
      .filter((one) => one.type === 'text' && !one.personal)
    expect([...new Set(open.map((field) => field.id))].toSorted()).toEqual(['household', 'key'])
  })

  it('sends mails that can hold nothing personal', () => {
    for (const [id, notice] of Object.entries(country().notices)) {
      for (const text of [notice.fr, notice.en]) {
        const holes = `${text.subject} ${text.body}`.match(/\{[^}]*\}/g) ?? []
        expect(
          holes.filter((hole) => !/^\{(case|step|date|place|link)\}$/.test(hole)),
          id,
        ).toEqual([])
      }
    }
  })
})

describe('published versions', () => {
  it('never change', () => {
    const path = 'test/procedures/published.json'
    const held: Record<string, string> = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}
    for (const { id, version, hash } of Object.values(compileCountry(country()))) {
      const name = `${id}@${version}`
      const advice =
        held[name] === undefined
          ? `${name} is new: add "${name}": "${hash}" to ${path}.`
          : `${name} is published and has changed: cases run under it. Raise \`version\` in its file, and add the new version to ${path} beside the old one.`
      expect(held[name] === hash, advice).toBe(true)
    }
  })
})

interface Staff {
  staff: { login: string; name: string; email: string; holds: { role: string; place: string }[] }[]
}
interface Partners {
  partners: Record<string, { email: string; telephone: string; services: { family: string; place: string }[] }>
}

describe('examples of a first run', () => {
  const staff = () => (parse(readFileSync(`${FOLDER}/staff.example.yaml`, 'utf8')) as Staff).staff
  const partners = () => (parse(readFileSync(`${FOLDER}/partners.example.yaml`, 'utf8')) as Partners).partners

  it('give every role somebody who holds it, at places that exist', () => {
    const held = staff().flatMap((person) => person.holds)
    expect(Object.keys(country().roles).filter((role) => !held.some((one) => one.role === role))).toEqual([])
    expect(held.filter((one) => !country().roles[one.role] || !country().places[one.place])).toEqual([])
  })

  it('reach nobody', () => {
    expect(staff().filter(({ login, email }) => email !== `${login}@segin.example`)).toEqual([])
    for (const [id, partner] of Object.entries(partners())) {
      expect(partner.email, id).toMatch(/@example\.org$/)
      expect(isLike(partner.telephone, country().trainingTelephones?.like ?? ''), id).toBe(true)
    }
  })

  it('offer in Kayes at least two partners for health, and one for each other family of need', () => {
    const offers = Object.values(partners()).flatMap(({ services }) => services)
    const inKayes = (family: string) => offers.filter((one) => one.family === family && one.place === 'ml-kayes').length
    expect(inKayes('health')).toBeGreaterThanOrEqual(2)
    const families = Object.keys(country().lists['need_family'] ?? {})
    expect(families.filter((family) => inKayes(family) < 1)).toEqual([])
  })
})

describe('the settings', () => {
  it('watch for a withdrawn consent and for a child who turns eighteen', () => {
    const { watchers } = compileSettings(country(), { version: 1, offsetMs: 0 })
    expect(watchers).toContainEqual({ procedure: 'ml-consent-withdrawn', endOfConsent: 'sharing' })
    expect(watchers).toContainEqual({ procedure: 'ml-majority', on: 'adult_on' })
  })
})
