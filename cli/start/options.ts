import { resolve } from 'node:path'
import type { parsed } from '../command.ts'
import { ConfigurationWrong } from '../configuration-wrong.ts'

export const USAGE = {
  name: 'start',
  says: `Starts a training installation: database, engine, worker, API, pages, mail catcher (\`npm start -- …\`).
Ctrl-C stops everything; the data stays. A second start says that one is running.`,
  options: {
    'data-dir': {
      type: 'string',
      value: 'FOLDER',
      default: '.data',
      says: 'where everything is kept (default .data)',
    },
    port: {
      type: 'string',
      value: 'PORT',
      says: 'port of the API and the pages (default 7777, or the one of last time; another when it is taken)',
    },
    reset: { type: 'boolean', default: false, says: 'forget everything in the folder and begin anew; asks first' },
    yes: { type: 'boolean', default: false, says: 'do not ask' },
  },
} as const

export interface StartOptions {
  dataDir: string
  port: number | null
  reset: boolean
  yes: boolean
}

export function startOptions({ values }: ReturnType<typeof parsed<typeof USAGE.options>>): StartOptions {
  const port = values.port === undefined ? null : Number(values.port)
  if (port !== null && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
    throw new ConfigurationWrong(`--port ${values.port}: a number between 1 and 65535`)
  }
  return { dataDir: resolve(values['data-dir']), port, reset: values.reset, yes: values.yes }
}
