/** Journeys over real HTTP, each installation by `npm start`; afterwards its files are looked through. */

import { afterAll, describe, it } from 'vitest'
import type { Journey } from '../../journeys/telling/tell.ts'
import { nothingInFiles } from './nothing-in-files.ts'
import { Installations } from './over-http.ts'
import { tellOne } from './tell-one.ts'

export function tellOverHttp(journeys: readonly Journey[]): void {
  const installations = new Installations()
  afterAll(() => installations.end())

  describe('told over HTTP, one after another, each by itself to its end', () => {
    it.each(journeys)('$name: $title', async (journey) => tellOne(journey, (await installations.young()).stage))
  })
  nothingInFiles(installations)
}
