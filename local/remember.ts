import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { choosePort, type DataFolder, type PortName, type Remembered } from './data-folder.ts'
import { identify } from './identity.ts'

/** The ports of last time where they are still free, and who starts now. */
export async function remember(folder: DataFolder, last: Remembered | null, port: number | null): Promise<Remembered> {
  const { version } = JSON.parse(await readFile(resolve(import.meta.dirname, '../package.json'), 'utf8')) as {
    version: string
  }
  const state: Remembered = {
    ports: await choosePorts(last?.ports, port),
    children: {},
    wrote: { temporal: null, postgres: null, ...last?.wrote, segin: version },
  }
  const self = await identify(process.pid)
  if (self) state.supervisor = self
  await folder.save(state)
  await writeFile(folder.in('README'), 'Data of a Segin training installation: see docs/operator.md\n')
  return state
}

/**
 * One after the other, and none twice: a port that was found free is not held until its process starts. The mail catcher
 * stands beside the API, so that two installations that start at once do not look for the same door.
 */
export async function choosePorts(
  last: Remembered['ports'] | undefined,
  api: number | null,
): Promise<Remembered['ports']> {
  const door = api ?? 7777
  const own = { smtp: 0, temporal: 0, temporal_metrics: 0, postgres: 0 }
  const first = { api: door, mail: door + 1, metrics: door + 2, ...own }
  const ports = { ...first, ...last, ...(api === null ? {} : { api }) }
  const taken = new Set<number>()
  for (const name of Object.keys(first) as PortName[]) {
    let port = await choosePort(ports[name])
    while (taken.has(port)) port = await choosePort(0)
    taken.add(port)
    ports[name] = port
  }
  return ports
}
