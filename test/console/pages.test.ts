import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
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
  it.each(['/', '/problems', '/problems/not_found', '/docs'])(
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
    expect(fr.text).toContain(new Date().toISOString().slice(0, 10))
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

  it('shows the whole interface', async () => {
    const { text } = await page('/docs')
    const document = await api.anonymous.get('/api/v1/openapi.json')
    for (const path of Object.keys(document.body['paths'] as object)) expect(text).toContain(path)
  })
})
