import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { stripJpeg } from '../../api/documents/strip-jpeg.ts'
import { strip } from '../../api/documents/strip.ts'
import { type InstalledApi, type Person, startApi } from './installed-api.ts'

let api: InstalledApi
let agent: Person
let head: Person
let stranger: Person
let number: string
let triage: string
beforeAll(async () => {
  api = await startApi(inject('postgres'))
  await api.here.work()
  agent = await api.person('boubacar.dembele')
  head = await api.person('modibo.sangare')
  stranger = await api.person('fatoumata.coulibaly')
  const opened = await agent.post('/api/v1/cases', {
    opening: 'ml-reception',
    place: 'senou',
    answers: { name: 'Awa Diarra', arrived_on: new Date().toISOString().slice(0, 10) },
  })
  number = String(opened.body['number'])
  triage = String(opened.at('/opened/0/id'))
})
afterAll(() => api.end())

const segment = (marker: number, payload: Buffer | string): Buffer => {
  const bytes = Buffer.from(payload)
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(bytes.length + 2, 2)
  return Buffer.concat([head, bytes])
}
/** Tiff of one entry: orientation. */
const exif = (orientation: number): Buffer => {
  const tiff = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex')
  tiff.writeUInt16BE(orientation, 18)
  return Buffer.concat([Buffer.from('Exif\0\0'), tiff, Buffer.from('GPS 12.6392N 8.0029W, Tecno Spark')])
}
const jpeg = (size: number, orientation = 1): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, 'JFIF\0\x01\x01\0\0\x01\0\x01\0\0'),
    segment(0xe1, exif(orientation)),
    segment(0xfe, 'taken by Awa'),
    segment(0xdb, Buffer.alloc(65, 1)),
    segment(0xda, Buffer.alloc(10, 0)),
    Buffer.alloc(size, 0x55),
    Buffer.from([0xff, 0x00, 0xff, 0xd0, 0x12, 0xff, 0xd9]),
    Buffer.from('trailing secret'),
  ])

const start = (by: Person, photo: Buffer, first: Buffer, type = 'image/jpeg') =>
  by.ask('POST', `/api/v1/cases/${number}/documents`, {
    body: first,
    headers: { 'Content-Type': type, 'Upload-Length': String(photo.length) },
  })
const piece = (by: Person, href: string, at: number, bytes: Buffer) =>
  by.ask('PATCH', href, {
    body: bytes,
    headers: { 'Content-Type': 'application/octet-stream', 'Upload-Offset': String(at) },
  })

describe('a photograph', () => {
  it('loses place, device and comment, and keeps the way it must be turned', () => {
    const stripped = stripJpeg(jpeg(100, 6))?.toString('latin1') ?? ''
    for (const secret of ['GPS', 'Tecno', 'Awa', 'trailing']) expect(stripped).not.toContain(secret)
    expect(stripped).toContain('Exif')
    expect(stripJpeg(jpeg(100, 1))?.toString('latin1')).not.toContain('Exif')
    expect(stripJpeg(Buffer.from('no photograph'))).toBeNull()
    expect(strip('application/pdf', Buffer.from('<html>'))).toBeNull()
  })

  it('as a PDF loses who wrote it, where and when, and not one byte of its length', () => {
    const packet = '<x:xmpmeta><rdf:RDF><dc:creator>Awa Diarra</dc:creator></rdf:RDF></x:xmpmeta>'
    const info =
      '<< /Author (Awa \\) (Diarra)) /Producer <41776120446961727261> /Creator(Tecno) /CreationDate (D:2026) /Type /X >>'
    const pdf = Buffer.from(`%PDF-1.4\n1 0 obj\n${info}\nendobj\n${packet}\n(Awa au texte) Tj\n%%EOF`, 'latin1')
    const kept = strip('application/pdf', pdf)?.bytes.toString('latin1') ?? ''
    expect(kept).toHaveLength(pdf.length)
    expect(kept).not.toMatch(/Diarra|Tecno|4177|D:2026/)
    expect(kept).toMatch(/^%PDF-1\.4\n1 0 obj\n<< \/Author \( +\) \/Producer < +> \/Creator\( +\)/)
    expect(kept).toContain('/Type /X >>')
    expect(kept).toContain('(Awa au texte) Tj')
    const broken = Buffer.from(`%PDF-1.4 ${'/Title ( <rdf:RDF '.repeat(200_000)}`)
    expect(strip('application/pdf', broken)?.bytes).toHaveLength(broken.length)
  })

  it('arrives in pieces, and goes on where the line was cut', async () => {
    const photo = jpeg(80_000)
    const begun = await start(agent, photo, Buffer.alloc(0))
    expect(begun.status, begun.text).toBe(201)
    expect(begun.body).toMatchObject({
      state: 'uploading',
      received_bytes: 0,
      bytes: photo.length,
      chunk_bytes: 32_768,
    })
    const href = String(begun.body['href'])
    expect((await piece(agent, href, 0, photo.subarray(0, 32_768))).headers.get('Upload-Offset')).toBe('32768')
    expect((await piece(agent, href, 0, photo.subarray(0, 32_768))).headers.get('Upload-Offset')).toBe('32768')
    const apart = await piece(agent, href, 50_000, photo.subarray(50_000, 60_000))
    expect([apart.status, apart.body['code'], apart.headers.get('Upload-Offset')]).toEqual([
      409,
      'upload_offset',
      '32768',
    ])
    const where = await agent.ask('HEAD', href)
    expect(where.headers.get('Upload-Offset')).toBe('32768')
    await piece(agent, href, 32_768, photo.subarray(32_768, 65_536))
    const last = await piece(agent, href, 65_536, photo.subarray(65_536))
    expect(last.body).toMatchObject({ state: 'ready', place_and_device_removed: true })
    const kept = stripJpeg(photo) ?? Buffer.alloc(0)
    expect(last.body['sha256']).toBe(createHash('sha256').update(kept).digest('hex'))
    const read = await api.app.request(href, { headers: await bearer() })
    expect(Buffer.from(await read.arrayBuffer()).equals(kept)).toBe(true)
  })

  it('may come whole', async () => {
    const photo = jpeg(218_400)
    const whole = await start(agent, photo, photo)
    expect(whole.body).toMatchObject({ state: 'ready' })
  })

  it('is sealed where it is kept', async () => {
    const photo = jpeg(50)
    const whole = await start(agent, photo, photo)
    const [row] = await api.here.db
      .sql`select sealed from document_pieces where document_id = ${String(whole.body['id'])}`
    expect(Buffer.from(row?.['sealed']).toString('latin1')).not.toContain('JFIF')
  })

  it('must be one of the accepted kinds, and be what it says', async () => {
    const text = await start(agent, jpeg(10), Buffer.alloc(0), 'text/html')
    expect([text.status, text.body['accepts']]).toEqual([415, ['image/jpeg', 'image/png', 'application/pdf']])
    const lie = Buffer.from('<script>alert(1)</script>')
    expect((await start(agent, lie, lie)).status).toBe(415)
  })

  it('is at most five megabytes', async () => {
    const answer = await agent.ask('POST', `/api/v1/cases/${number}/documents`, {
      headers: { 'Content-Type': 'image/jpeg', 'Upload-Length': '6000000' },
    })
    expect([answer.status, answer.body['max_bytes']]).toEqual([413, 5_242_880])
  })

  it('is the sender’s alone until it is evidence, and then of those who see the step', async () => {
    const photo = jpeg(100)
    const document = String((await start(agent, photo, photo)).body['id'])
    const href = `/api/v1/documents/${document}`
    expect((await head.ask('HEAD', href)).status).toBe(404)
    const done = await agent.post(`/api/v1/cases/${number}/actions/complete_step`, {
      step: triage,
      outcome: 'ours',
      answers: { priority: 'none' },
      evidence: { triage_sheet: [{ document }] },
    })
    expect(done.status, done.text).toBe(200)
    expect((await head.ask('HEAD', href)).status).toBe(200)
    expect((await stranger.ask('HEAD', href)).status).toBe(404)
    expect((await agent.ask('DELETE', href)).status).toBe(404)
  })

  it('must have arrived before it is evidence', async () => {
    const begun = await start(agent, jpeg(1000), Buffer.alloc(0))
    const opened = await agent.post('/api/v1/cases', {
      opening: 'ml-reception',
      place: 'senou',
      answers: { name: 'Ami Diarra', arrived_on: new Date().toISOString().slice(0, 10) },
    })
    const answer = await agent.post(`/api/v1/cases/${String(opened.body['number'])}/actions/complete_step`, {
      step: String(opened.at('/opened/0/id')),
      outcome: 'ours',
      answers: { priority: 'none' },
      evidence: { triage_sheet: [{ document: String(begun.body['id']) }] },
    })
    expect(answer.status).toBe(422)
    expect(answer.at('/errors/0')).toMatchObject({ pointer: '/evidence/triage_sheet', code: 'evidence_missing' })
  })

  it('that nothing holds may be forgotten', async () => {
    const href = String((await start(agent, jpeg(100), Buffer.alloc(0))).body['href'])
    expect((await head.ask('DELETE', href)).status).toBe(404)
    expect((await agent.ask('DELETE', href)).status).toBe(204)
    expect((await agent.ask('HEAD', href)).status).toBe(404)
  })
})

const bearer = async (): Promise<Record<string, string>> => {
  const secret = api.here.signIns.find((one) => one.login === 'boubacar.dembele')?.secret ?? ''
  const answer = await api.anonymous.ask('POST', '/api/v1/tokens', { body: { user: 'boubacar.dembele', secret } })
  return { Authorization: `Bearer ${String(answer.body['token'])}` }
}
