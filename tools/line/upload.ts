/** Two megabytes in pieces over the slow line, which is cut three times; the telephone asks how far it came and goes on. */

import { createHash, randomBytes } from 'node:crypto'
import type { Caller } from './caller.ts'
import type { SlowLine } from './slow-line.ts'

const BYTES = 2_000_000
/** Of the way, each in the middle of a piece. */
const CUTS = [0.23, 0.51, 0.87]

export interface Uploaded {
  bytes: number
  seconds: number
  pieces: number
  cuts: number
  /** What the server says that it holds is what was sent. */
  whole: boolean
}

export async function upload(
  line: SlowLine,
  caller: Caller,
  number: string,
  say: (line: string) => void,
): Promise<Uploaded> {
  const began = performance.now()
  const document = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(BYTES - 9)])
  const start = await caller.ask('POST', `/api/v1/cases/${number}/documents`, {
    headers: { 'Content-Type': 'application/pdf', 'Upload-Length': String(BYTES) },
  })
  const [href, size] = [String(start.body['href']), Number(start.body['chunk_bytes'])]
  const planned = CUTS.map((part) => Math.round(part * BYTES))
  const told = { pieces: 0, cuts: 0, sha256: '' }
  for (let offset = 0; told.sha256 === '';) {
    const [next] = planned
    if (next !== undefined && next < offset + size) line.cutAfter(next - offset)
    try {
      const piece = document.subarray(offset, offset + size)
      const headers = { 'Content-Type': 'application/octet-stream', 'Upload-Offset': String(offset) }
      const sent = await caller.ask('PATCH', href, { body: piece, headers })
      if (sent.status >= 300) throw new Error(`a piece is refused: ${sent.status} ${JSON.stringify(sent.body)}`)
      told.pieces += 1
      offset = Number(sent.headers['upload-offset'])
      told.sha256 = String(sent.body['sha256'] ?? '')
    } catch (error) {
      if (planned.length === 0 || !lost(error)) throw error
      planned.shift()
      told.cuts += 1
      const where = await caller.ask('HEAD', href)
      say(`  cut at ${offset} and something; the server has ${String(where.headers['upload-offset'])}`)
      offset = Number(where.headers['upload-offset'])
    }
  }
  const seconds = (performance.now() - began) / 1000
  const whole = told.sha256 === createHash('sha256').update(document).digest('hex')
  return { bytes: BYTES, seconds, pieces: told.pieces, cuts: told.cuts, whole }
}

const lost = (error: unknown): boolean => ['ECONNRESET', 'EPIPE'].includes(String((error as { code?: unknown }).code))
