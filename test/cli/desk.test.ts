import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { desk } from '../../cli/desk/index.ts'
import { type RealApi, startRealApi } from '../api/installed-api.ts'
import { openCase } from '../api/screens/clerk.ts'
import { freePort } from '../postgres.ts'
import type { DeskCommand } from '../../cli/desk/usages.ts'
import { run } from './started.ts'

let api: RealApi
let folder: string
let url: string
let number: string
let stop: () => void
beforeAll(async () => {
  api = await startRealApi(inject('postgres'))
  await api.here.work()
  folder = await mkdtemp(join(tmpdir(), 'segin-desk-'))
  process.env['SEGIN_SESSION'] = join(folder, 'session.json')
  const port = await freePort()
  url = `http://127.0.0.1:${port}`
  const server = serve({ fetch: api.app.fetch, port, hostname: '127.0.0.1' })
  stop = () => server.close()
  number = await openCase(await api.person('boubacar.dembele'))
})
afterAll(async () => {
  stop()
  delete process.env['SEGIN_SESSION']
  await rm(folder, { recursive: true, force: true })
  await api.end()
})

const secretOf = (login: string) => api.here.signIns.find((one) => one.login === login)?.secret ?? ''
/** `replies`: what somebody types, question by question; without, nobody sits there. */
const typed = async (name: DeskCommand, args: string[], replies: string[] = []) => {
  const said: string[] = []
  const complaints: string[] = []
  const questions: string[] = []
  const reply = (question: string) => {
    questions.push(question)
    return Promise.resolve(replies.shift() ?? null)
  }
  const code = await desk(
    name,
    args,
    (line) => said.push(line),
    (line) => complaints.push(line),
    {
      ask: reply,
      askSecret: reply,
    },
  )
  return { code, said: said.join('\n'), complaints: complaints.join('\n'), questions }
}
const signIn = (login: string) => typed('sign-in', [login, '--url', url], [secretOf(login)])
const itemOf = async (): Promise<string> => {
  const { said } = await typed('show', [number, '--json'])
  return (JSON.parse(said) as { open_steps: { id: string }[] }).open_steps[0]?.id ?? ''
}

describe('whoever is not signed in', () => {
  it.each(['sign-in', 'sign-out', 'work', 'overdue', 'show', 'explain', 'complete'] as const)(
    'reads with --help what %s takes, in French and in English',
    async (name) => {
      const [french, english] = [await typed(name, ['--help']), await typed(name, ['-h', '--lang', 'en'])]
      expect([french.code, english.code]).toEqual([0, 0])
      expect(french.said).toMatch(new RegExp(`^Usage : segin ${name}`))
      expect(english.said).toMatch(new RegExp(`^Usage: segin ${name}`))
      for (const { said } of [french, english]) expect(said).toContain('--json')
      expect(french.said.split('\n')[2]).not.toBe(english.said.split('\n')[2])
    },
  )

  it('is told how', async () => {
    const { code, complaints } = await typed('work', [])
    expect([code, complaints]).toEqual([1, expect.stringContaining('segin sign-in')])
  })
  it('is told when nothing answers there', async () => {
    const { code, complaints } = await typed('sign-in', ['awa.keita', '--url', 'http://127.0.0.1:1'], ['x'])
    expect([code, complaints]).toEqual([1, expect.stringContaining('http://127.0.0.1:1')])
  })
  it('is refused with a wrong secret, which stands in no answer', async () => {
    const { code, complaints } = await typed('sign-in', ['awa.keita', '--url', url], ['wrong-secret'])
    expect(code).toBe(1)
    expect(complaints).toContain('Identifiant ou secret inconnu')
    expect(complaints).not.toContain('wrong-secret')
  })
})

describe('signed in', () => {
  beforeAll(async () => {
    const { code, said } = await signIn('boubacar.dembele')
    expect([code, said]).toEqual([0, expect.stringContaining('Boubacar Dembélé')])
  })

  it('the token lies in a file that nobody else can read, even where one lay before', async () => {
    await writeFile(join(folder, 'session.json'), '{}', { mode: 0o644 })
    await signIn('boubacar.dembele')
    expect((await stat(join(folder, 'session.json'))).mode & 0o077).toBe(0)
  })

  it('work is listed in French, or in English on demand', async () => {
    const french = await typed('work', [])
    expect(french.said).toMatch(/en retard.*\n/)
    expect(french.said).toContain(await itemOf())
    expect((await typed('work', ['--lang', 'en'])).said).toContain('due today')
    const overdue = await typed('overdue', ['--json', '--limit', '1'])
    expect(JSON.parse(overdue.said)).toMatchObject({ counts: { late: 0 }, items: [], next: null })
    const wrong = await typed('work', ['--limit', '0'])
    expect([wrong.code, wrong.complaints]).toEqual([1, expect.stringContaining('/limit')])
  })

  it('a case, an item and the reason of waiting are shown', async () => {
    const item = await itemOf()
    expect((await typed('show', [number])).said).toContain(item)
    const { said } = await typed('show', [item])
    expect(said).toContain('Résultats possibles')
    expect(said).toContain('priority')
    expect((await typed('explain', [number])).said).toMatch(/^Ce dossier attend/)
    const none = await typed('show', ['26-0000-000'])
    expect([none.code, none.complaints]).toEqual([1, expect.stringMatching(/^Introuvable\n.*mal recopié/)])
  })

  it('a step is completed by answering what the form still wants', async () => {
    const item = await itemOf()
    const alone = await typed('complete', [item])
    expect([alone.code, alone.complaints]).toEqual([2, expect.stringContaining('--outcome')])
    const wrong = await typed('complete', [item, '--outcome', 'ours', '--answer', 'priority=maximal'])
    expect([wrong.code, wrong.complaints]).toEqual([1, expect.stringContaining('/answers/priority')])
    const { code, said, questions } = await typed('complete', [item, '--outcome', 'ours', '--answer', 'priority=none'])
    expect([code, said, questions]).toEqual([0, expect.stringContaining('Étape terminée'), []])
    expect(said).toContain('S’ouvre')
    const again = await typed('complete', [item, '--outcome', 'ours', '--answer', 'priority=none'])
    expect([again.code, again.complaints]).toEqual([2, expect.stringMatching(/\S/)])
  })

  it('as a process of its own, it ends with a code', async () => {
    const process = run(['work'], { SEGIN_SESSION: join(folder, 'session.json') })
    expect(await process.ended()).toBe(0)
    expect(process.said()).toContain('en retard')
    const typo = run(['show'], { SEGIN_SESSION: join(folder, 'session.json') })
    expect(await typo.ended()).toBe(2)
  })

  it('signing out makes the token worthless', async () => {
    const kept = JSON.parse(await readFile(join(folder, 'session.json'), 'utf8')) as { token: string }
    expect((await typed('sign-out', [])).code).toBe(0)
    const answer = await fetch(`${url}/api/v1/me`, { headers: { Authorization: `Bearer ${kept.token}` } })
    expect(answer.status).toBe(401)
    expect((await typed('work', [])).complaints).toContain('segin sign-in')
  })
})
