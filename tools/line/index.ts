/** `npm run line [-- --no-upload]`: every screen of an hour through a line of the second generation, and a large upload. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { remembered, run } from '../../test/cli/started.ts'
import { freePort } from '../../test/postgres.ts'
import { layGround } from './ground.ts'
import { Hour, type Screen } from './screens.ts'
import { KBIT_A_SECOND, LATENCY_MS, slowLine } from './slow-line.ts'
import { upload } from './upload.ts'

const BAR_SECONDS = 5
const say = (line: string): void => console.log(line)

const { values } = parseArgs({
  options: { 'no-upload': { type: 'boolean', default: false }, help: { type: 'boolean' } },
})
if (values.help) say('npm run line [-- --no-upload]   half a minute for the screens, six minutes more for the upload')
else process.exitCode = await measure(!values['no-upload'])

async function measure(uploads: boolean): Promise<number> {
  const folder = join(await mkdtemp(join(tmpdir(), 'segin-line-')), 'data')
  const installation = run(['start', '--data-dir', folder, '--port', String(await freePort())])
  try {
    await installation.says('To try:')
    const { ports } = await remembered(folder)
    const ground = await layGround(`http://127.0.0.1:${ports.api}`, folder)
    const line = await slowLine(ports.api)
    const hour = new Hour(line.port)
    const number = await hour.live(ground)
    const missed = table(hour.screens)
    say(
      `\n${hour.desk.connections + hour.supervisor.connections} connections for ${hour.screens.length} screens of two people.`,
    )
    const sent = uploads ? await upload(line, hour.desk, number, say) : null
    if (sent)
      say(
        `upload of ${sent.bytes} bytes: ${sent.pieces} pieces, ${sent.cuts} cuts, ${sent.seconds.toFixed(0)} s, ` +
          (sent.whole ? 'complete, with the right digest' : 'NOT what was sent'),
      )
    hour.desk.hangUp()
    hour.supervisor.hangUp()
    await line.end()
    return missed > 0 || sent?.whole === false || sent?.cuts === 0 ? 1 : 0
  } finally {
    installation.child.kill('SIGTERM')
    await installation.ended()
    await rm(join(folder, '..'), { recursive: true, force: true })
  }
}

/** As it stands in docs/slow-line.md. Answers how many screens missed the bar. */
function table(screens: Screen[]): number {
  say(`${KBIT_A_SECOND} kbit/s, ${LATENCY_MS} ms each way; the bar is ${BAR_SECONDS} s a screen.\n`)
  const row = (...cells: string[]): void =>
    say(`| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(20) : cell.padStart(11))).join(' | ')} |`)
  row('screen', 'bytes', 'as gzip', 'seconds', 'again (304)', `under ${BAR_SECONDS} s`)
  row('-'.repeat(20), ...Array.from({ length: 5 }, () => `${'-'.repeat(10)}:`))
  let missed = 0
  for (const { name, first, again } of screens) {
    const met = Math.max(first.seconds, again?.seconds ?? 0) < BAR_SECONDS
    if (!met) missed += 1
    const numbers = [first.raw, first.sent].map(String)
    row(name, ...numbers, first.seconds.toFixed(2), again?.seconds.toFixed(2) ?? '', met ? 'yes' : 'NO')
  }
  return missed
}
