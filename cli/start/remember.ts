import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { choosePort, type DataFolder, type Remembered } from './data-folder.ts'
import { identify } from './identity.ts'

/** The ports of last time where they are still free, and who starts now. */
export async function remember(folder: DataFolder, last: Remembered | null, port: number | null): Promise<Remembered> {
  const { version } = JSON.parse(await readFile(resolve(import.meta.dirname, '../../package.json'), 'utf8')) as {
    version: string
  }
  const state: Remembered = {
    ports: {
      api: await choosePort(port ?? last?.ports.api ?? 7777),
      mail: await choosePort(last?.ports.mail ?? 7778),
      smtp: await choosePort(last?.ports.smtp ?? 0),
      temporal: await choosePort(last?.ports.temporal ?? 0),
      temporal_metrics: await choosePort(last?.ports.temporal_metrics ?? 0),
      postgres: await choosePort(last?.ports.postgres ?? 0),
    },
    children: {},
    wrote: { temporal: null, postgres: null, ...last?.wrote, segin: version },
  }
  const self = await identify(process.pid)
  if (self) state.supervisor = self
  await folder.save(state)
  await writeFile(folder.in('README'), 'Data of a Segin training installation: see docs/operator.md\n')
  return state
}
