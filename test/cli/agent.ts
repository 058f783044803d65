/** A registration agent of an installation that runs as a process, over HTTP: one request each time, and no second try. */

import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SignIn } from '../../cli/start/first-run.ts'

export interface Agent {
  /** Throws for whatever is not a success. */
  asked(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>
  /** Opens a case; answers its number. */
  opened(name: string): Promise<string>
  noted(number: string): Promise<unknown>
}

/** Signs in with the secret that the installation's folder keeps. */
export async function agentOf(folder: string, port: number): Promise<Agent> {
  const asking =
    (token: string | null): Agent['asked'] =>
    async (method, path, body) => {
      const headers = {
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      }
      const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
      const answer = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, init)
      const text = await answer.text()
      if (answer.status >= 300) throw new Error(`${answer.status} ${text}`)
      return JSON.parse(text) as Record<string, unknown>
    }
  const all = JSON.parse(await readFile(join(folder, 'sign-ins.json'), 'utf8')) as SignIn[]
  const { login, secret } = all.find((one) => one.login === 'boubacar.dembele')!
  const asked = asking(String((await asking(null)('POST', '/tokens', { user: login, secret }))['token']))
  return {
    asked,
    async opened(name) {
      const answers = { name, birth: '1994', arrived_on: new Date().toISOString().slice(0, 10) }
      return String((await asked('POST', '/cases', { opening: 'ml-reception', place: 'senou', answers }))['number'])
    },
    noted: (number) => asked('POST', `/cases/${number}/actions/add_note`, { text: 'Bonjour' }),
  }
}
