/** Questions to whoever sits at the terminal; nobody is asked where there is none. */

import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

export interface Asker {
  /** null when there is nobody to ask. */
  ask: (question: string) => Promise<string | null>
  /** Without showing what is typed. */
  askSecret: (question: string) => Promise<string | null>
}

const silent = () => new Writable({ write: (_piece, _encoding, done) => done() })

async function line(question: string, shown: boolean): Promise<string> {
  process.stderr.write(question)
  const output = shown ? process.stderr : silent()
  const reading = createInterface({ input: process.stdin, output, terminal: process.stdin.isTTY })
  try {
    return (await reading.question('')).trim()
  } finally {
    reading.close()
    if (!shown) process.stderr.write('\n')
  }
}

export const terminal: Asker = {
  ask: async (question) => (process.stdin.isTTY ? line(question, true) : null),
  /** A secret may also come through a pipe, so that it is in no list of processes. */
  askSecret: (question) => line(process.stdin.isTTY ? question : '', !process.stdin.isTTY),
}
