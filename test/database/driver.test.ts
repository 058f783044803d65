import { once } from 'node:events'
import { type AddressInfo, connect as dial, createServer } from 'node:net'
import { expect, inject, it, onTestFinished } from 'vitest'
import { connect } from '../../database/connect.ts'

/** What a server says while it recovers, as it stands on the wire. */
function notReady(): Buffer {
  const fields = Buffer.from('SFATAL\0C57P03\0Mthe database system is not yet accepting connections\0\0')
  const length = Buffer.alloc(4)
  length.writeInt32BE(fields.length + 4)
  return Buffer.concat([Buffer.from('E'), length, fields])
}

/** A line to the real server: the first call is cut as soon as it asks for `words`, the second finds it recovering. */
async function cutLine(url: string, words: string): Promise<string> {
  let calls = 0
  const line = createServer((near) => {
    calls += 1
    if (calls === 2) return void near.once('data', () => near.end(notReady()))
    const far = dial(Number(new URL(url).port), '127.0.0.1')
    const end = (): void => [near, far].forEach((one) => one.end())
    near.on('data', (chunk) => (calls === 1 && chunk.includes(words) ? end() : far.write(chunk)))
    far.on('data', (chunk) => near.write(chunk))
    near.on('close', end).on('error', end)
    far.on('close', end).on('error', end)
  })
  line.listen(0, '127.0.0.1')
  await once(line, 'listening')
  onTestFinished(() => void line.close())
  const through = new URL(url)
  through.port = String((line.address() as AddressInfo).port)
  return through.href
}

it('a line that dies while the driver asks for its types takes no process with it: whoever asked is told, the next is answered', async () => {
  const unheard: unknown[] = []
  const note = (error: unknown): void => void unheard.push(error)
  process.on('unhandledRejection', note)
  const sql = connect(await cutLine(inject('postgres'), 'pg_catalog.pg_type'), { as: 'owner', max: 1 })
  onTestFinished(async () => {
    process.off('unhandledRejection', note)
    await sql.end({ timeout: 1 })
  })

  await expect(sql`select 1 as one`).rejects.toMatchObject({ code: '57P03' })
  expect(await sql`select 1 as one`).toMatchObject([{ one: 1 }])
  expect(unheard).toEqual([])
})
