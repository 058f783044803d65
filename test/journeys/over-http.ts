/** Installations for stories over real HTTP: each is `npm start` in a folder of its own. */

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { overHttp, Person } from '../../client/person.ts'
import { assemble, type Stage } from '../../journeys/telling/cast.ts'
import { remembered, run, type Started } from '../cli/started.ts'
import { freePort } from '../postgres.ts'
import { dateOf, lastBeginning } from './tell-one.ts'

export interface Installation extends Started {
  folder: string
  stage: Stage
  until: string
}

export class Installations {
  readonly all: Installation[] = []

  /** The last one while stories may begin on it, else a new one. */
  async young(): Promise<Installation> {
    const last = this.all.at(-1)
    if (last === undefined) return this.begin()
    if ((await dateOf(last.stage)) <= last.until) return last
    await stop(last)
    return this.begin()
  }

  async end(): Promise<void> {
    for (const one of this.all) {
      await stop(one)
      await rm(one.folder, { recursive: true, force: true })
    }
  }

  private async begin(): Promise<Installation> {
    const folder = await mkdtemp(join(tmpdir(), 'segin-journey-'))
    const started = run(['start', '--data-dir', folder, '--port', String(await freePort())])
    await started.says('To try:')
    const stage = await assemble(folder)
    const installation = { ...started, folder, stage, until: await lastBeginning(stage) }
    this.all.push(installation)
    return installation
  }
}

export async function stop({ child, ended }: Started): Promise<void> {
  child.kill('SIGTERM')
  await ended()
}

export async function signedIn({ folder }: Installation, login: string): Promise<Person> {
  const base = `http://127.0.0.1:${(await remembered(folder)).ports.api}`
  const signIns = JSON.parse(await readFile(join(folder, 'sign-ins.json'), 'utf8')) as {
    login: string
    secret: string
  }[]
  const secret = signIns.find((one) => one.login === login)?.secret ?? ''
  return Person.signIn(overHttp(base), login, secret)
}
