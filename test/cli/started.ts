/** A command of ours as a process of its own, with what it says. */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Remembered } from '../../local/data-folder.ts'
import { PATIENCE_MS } from '../patience.ts'

const MAIN = resolve(import.meta.dirname, '../../cli/main.ts')

export interface Started {
  child: ChildProcess
  /** Everything said so far. */
  said(): string
  /** Resolves when this was said; fails when it ended without. */
  says(text: string): Promise<void>
  ended(): Promise<number | null>
}

export function run(args: string[], env: Record<string, string> = {}): Started {
  const program = ['--import', import.meta.resolve('tsx'), MAIN]
  const child = spawn(process.execPath, [...program, ...args], { env: { ...process.env, ...env } })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (text += piece.toString()))
  const exit = once(child, 'exit')
  return {
    child,
    said: () => text,
    async says(wanted) {
      while (!text.includes(wanted)) {
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`ended without "${wanted}":\n${text}`)
        await pause(50)
      }
    },
    async ended() {
      await exit
      return child.exitCode
    },
  }
}

export async function remembered(folder: string): Promise<Remembered> {
  return JSON.parse(await readFile(join(folder, 'state.json'), 'utf8')) as Remembered
}

/** Asks again and again until it holds. */
export async function until(holds: () => Promise<boolean>, patienceMs = PATIENCE_MS): Promise<void> {
  for (const end = Date.now() + patienceMs; Date.now() < end; await pause(100)) {
    if (await holds().catch(() => false)) return
  }
  throw new Error('it never came true')
}
