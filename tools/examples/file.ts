/** What is done with the file of a settled case: evidence in pieces, a draft, a link for the partner, another manager. */

import type { Body } from '../../client/person.ts'
import type { StoryWorld } from '../../journeys/telling/world.ts'
import { NEEDS, settled } from '../../journeys/ground/people.ts'
import type { Hand } from './hand.ts'

/** A photograph as a phone would send it, with nothing on it. */
const PHOTO = Buffer.concat([
  Buffer.from('ffd8ffdb004300', 'hex'),
  Buffer.alloc(64, 1),
  Buffer.from('ffda000c', 'hex'),
  Buffer.alloc(10),
  Buffer.alloc(40_000, 0x55),
  Buffer.from('ffd9', 'hex'),
])

export async function fileAtTheDesk(world: StoryWorld, hand: Hand): Promise<void> {
  const { manager, supervisor, colleague } = world.cast
  const number = await settled(world, { name: 'Awa' }, { needs: [NEEDS.health] })
  const at = `/api/v1/cases/${number}`

  const unused = await sentInPieces(hand, at)
  await hand({ method: 'DELETE', path: String(unused['href']) })
  const proof = await sentInPieces(hand, at)
  await hand({ method: 'GET', path: String(proof['href']) })

  await world.complete(manager, number, 'need', 'done', { urgency: '3d' })
  const evidence = { consent_proof: [{ document: proof['id'] ?? '' }] }
  await world.complete(manager, number, 'agreement', 'given', {}, { evidence })
  await manager.get(`${at}/documents`)
  const provider = await world.item(manager, number, 'provider')
  const draft = `/api/v1/work/${provider}/draft`
  await hand({ method: 'PUT', path: draft, content: { answers: { to: 'csref-kayes' } } })
  await hand({ method: 'DELETE', path: draft })
  await world.complete(manager, number, 'provider', 'chosen', { to: 'csref-kayes', rank: 1 })
  await world.complete(manager, number, 'sending', 'sent')
  await manager.get(`${at}/disclosures`)
  const asked = await world.item(manager, number, 'answer')
  await hand({ method: 'POST', path: `/api/v1/work/${asked}/link` })

  await supervisor.post(`${at}/actions/change_case_manager`, { to: colleague.id, reason: 'Parle soninké' })
}

async function sentInPieces(hand: Hand, at: string): Promise<Body> {
  const length = String(PHOTO.length)
  const begun = await hand({
    method: 'POST',
    path: `${at}/documents`,
    content: PHOTO.subarray(0, 0),
    headers: { 'content-type': 'image/jpeg', 'upload-length': length },
  })
  const piece = Number(begun['chunk_bytes'])
  for (let from = 0; from < PHOTO.length; from += piece)
    await hand({
      method: 'PATCH',
      path: String(begun['href']),
      content: PHOTO.subarray(from, from + piece),
      headers: { 'content-type': 'application/octet-stream', 'upload-offset': String(from) },
    })
  return begun
}
