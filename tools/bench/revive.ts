/** `npm run bench -- revive [CASES]`: how long it takes until cases of a lost engine work again. */

import { NEWEST_ENGINE } from '../../cases/engines.ts'
import { reviveCases } from '../../cli/revive/index.ts'
import { startInstallation } from '../../test/installation.ts'
import { startPostgres } from '../../test/postgres.ts'
import { recordedCase } from '../../test/recorded-case.ts'

export async function reviveBench(count: number, say: (line: string) => void): Promise<void> {
  const server = await startPostgres()
  const here = await startInstallation(server.url)
  const standing = {
    sql: here.db.sql,
    ring: here.db.ring,
    temporal: here.temporal,
    installation: { id: 'bench', kind: 'training' as const, engine: NEWEST_ENGINE },
  }
  try {
    for (let made = 0; made < count; made += 1) await recordedCase(standing)
    await here.work()
    const options = { run: true, all: false, discard: false, help: false }
    const began = performance.now()
    const code = await reviveCases(standing, options, say)
    const seconds = (performance.now() - began) / 1000
    say(
      `${count} cases work again after ${seconds.toFixed(1)} s, ${(count / seconds).toFixed(0)} a second (ended with ${code})`,
    )
  } finally {
    await here.end()
    await server.end()
  }
}
