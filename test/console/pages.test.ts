import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { summaryInFrench } from '../../api/pages/summary-in-french.ts'
import { dateText } from '../../cases/words/dates.ts'
import { ADVICE } from '../../api/problems/advice.ts'
import { type ProblemCode, PROBLEMS } from '../../api/problems/catalogue.ts'
import { type InstalledApi, startApi } from '../api/installed-api.ts'

let api: InstalledApi
beforeAll(async () => {
  api = await startApi(inject('postgres'))
})
afterAll(() => api.end())

const page = (path: string, language = 'fr') => api.anonymous.get(path, { 'Accept-Language': language })

describe('pages', () => {
  it.each(['/', '/problems', '/problems/not_found', '/docs', '/docs/completeStep'])(
    '%s is whole in itself: no script, nothing from elsewhere',
    async (path) => {
      const { status, text, headers } = await page(path)
      expect(status).toBe(200)
      expect(headers.get('Content-Type')).toBe('text/html; charset=utf-8')
      expect(headers.get('Content-Security-Policy')).toContain("default-src 'none'")
      expect(text).not.toMatch(/<script|<link|<img|<iframe|src=|url\(/)
      expect(text).not.toMatch(/href="(https?:)?\/\//)
      expect(text).toMatch(/^<html lang="[a-z]{2}">|^<!DOCTYPE html>/i)
    },
  )

  it('home says what this is, in the language of its reader, and that it is for training', async () => {
    const [fr, en] = [await page('/'), await page('/', 'en')]
    expect(fr.text).toContain('Installation de formation')
    expect(en.text).toContain('Training installation')
    expect(fr.text).toContain(dateText(new Date().toISOString().slice(0, 10), 'fr'))
    for (const [, href] of fr.text.matchAll(/href="([^"]+)"/g)) expect((await page(href ?? '')).status, href).toBe(200)
  })

  it('explains every problem that an answer can name, in both languages', async () => {
    const list = await page('/problems')
    for (const [code, { title, status }] of Object.entries(PROBLEMS)) {
      expect(list.text).toContain(`/problems/${code}`)
      const { text } = await page(`/problems/${code}`)
      expect(text).toContain(String(status))
      const advice = ADVICE[code as ProblemCode]
      for (const one of [title.fr, title.en, advice.fr, advice.en]) expect(text).toContain(one.replaceAll("'", '&#39;'))
      expect(advice.fr).not.toBe(advice.en)
    }
    expect((await page('/problems/nothing')).status).toBe(404)
  })

  it('explains a problem in the language of its reader first', async () => {
    const [fr, en] = [await page('/problems/step_ended'), await page('/problems/step_ended', 'en')]
    const { title } = PROBLEMS.step_ended
    expect(fr.text.indexOf(title.fr)).toBeLessThan(fr.text.indexOf(title.en))
    expect(en.text.indexOf(title.en)).toBeLessThan(en.text.indexOf(title.fr))
  })

  it('shows the whole interface, every operation on a page of its own, called in French first', async () => {
    const [fr, en] = [await page('/docs'), await page('/docs', 'en')]
    for (const [path, methods] of Object.entries(await described())) {
      expect(fr.text).toContain(path)
      for (const { operationId, summary } of Object.values(methods)) {
        expect(fr.text).toContain(`href="/docs/${operationId}"`)
        expect(en.text).toContain(escaped(summary))
        const french = summaryInFrench(operationId)
        expect(french, operationId).toBeDefined()
        expect(fr.text).toContain(french)
      }
    }
    expect((await page('/docs/nothing')).status).toBe(404)
  })

  it('shows what was asked, answered and refused of every operation that has it', async () => {
    for (const methods of Object.values(await described()))
      for (const { operationId, requestBody, responses } of Object.values(methods)) {
        const { text } = await page(`/docs/${operationId}`)
        const examples = [requestBody, ...Object.values(responses)]
          .flatMap((body) => Object.values(body?.content ?? {}))
          .flatMap(({ example }) => (example === undefined ? [] : [JSON.stringify(example, null, 2)]))
        for (const example of examples) expect(text).toContain(`<pre lang="fr">${escaped(example)}</pre>`)
      }
  })

  it('names the parts of an operation in the language of its reader, and links a refusal to what it means', async () => {
    const [fr, en] = [await page('/docs/completeStep'), await page('/docs/completeStep', 'en')]
    for (const word of ['Ce qui est envoyé', 'Réponse 200', 'Un refus', 'obligatoire']) expect(fr.text).toContain(word)
    for (const word of ['What is sent', 'Answer 200', 'A refusal', 'required']) expect(en.text).toContain(word)
    const [, refusal = ''] = /href="(\/problems\/\w+)"/.exec(fr.text) ?? []
    expect((await page(refusal)).status).toBe(200)
  })
})

interface Described {
  operationId: string
  summary: string
  requestBody?: { content?: Record<string, { example?: unknown }> }
  responses: Record<string, { content?: Record<string, { example?: unknown }> }>
}
const described = async (): Promise<Record<string, Record<string, Described>>> =>
  (await api.anonymous.get('/api/v1/openapi.json')).body['paths'] as never
const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
