/** What stories and bad requests told stands in the clear in no file of their installations. */

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { leaksIn } from './canaries.ts'
import { type Installations, signedIn, stop } from './over-http.ts'

/** What the stories say of people and on their behalf, and what the bad requests below try to smuggle. */
const CANARIES = [
  'Awa Exemple',
  'Nènè Exemple',
  'Yaya Exemple',
  '+223 70 00 77 0',
  'Noté au dossier',
  'Classeur du service',
  'gestionnaire est en brousse',
  'Date lue sur le laissez-passer',
  'Zinzolin',
]

/** Ends the installations on which the stories were told. */
export function nothingInFiles(installations: Installations): void {
  describe('after years of life and a few bad requests', () => {
    it('nothing personal stands in the clear in any file: database, engine, log, mail, names of files', async () => {
      const last = await installations.young()
      const person = await signedIn(last, 'boubacar.dembele')
      const opening = { opening: 'ml-reception', place: 'senou' }
      const bad: [string, unknown][] = [
        ['/api/v1/cases', { ...opening, answers: { name: 'Zinzolin', sex: 'Zinzolin', arrived_on: 'Zinzolin' } }],
        ['/api/v1/cases', { ...opening, answers: { name: 'Zinzolin' }, Zinzolin: true }],
        ['/api/v1/cases?name=Zinzolin', { ...opening, answers: {} }],
        ['/api/v1/cases/Zinzolin/actions/add_note', { text: 'Zinzolin' }],
      ]
      for (const [path, body] of bad) await expect(person.post(path, body as never)).rejects.toThrow(/: 4\d\d/)
      await stop(last)
      for (const { folder } of installations.all) expect(await leaksIn(folder, CANARIES)).toEqual([])
    })
    it('a leak would be found, however it is written', async () => {
      const [{ folder } = { folder: '' }] = installations.all
      const hidden = { base64: Buffer.from('...Awa Exemple...').toString('base64'), text: 'tel. +223 70 00 77 07' }
      for (const [name, content] of Object.entries(hidden)) await writeFile(join(folder, `leak-${name}`), content)
      const found = await leaksIn(folder, CANARIES)
      expect(found.map(({ canary, as }) => [canary, as])).toEqual([
        ['Awa Exemple', 'base64'],
        ['+223 70 00 77 0', 'text'],
      ])
    })
  })
}
