import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

export const HELP = `npm start [-- OPTIONS]   start a training installation: database, engine, worker, API, pages, mail catcher

  --data-dir FOLDER   where everything is kept (default .data)
  --port PORT         port of the API and the pages (default 7777, or the one of last time; another when it is taken)
  --reset             forget everything in the folder and begin anew; asks first
  --yes               do not ask
  --help              this text

Ctrl-C stops everything; the data stays. A second start says that one is running.`

export interface StartOptions {
  dataDir: string
  port: number | null
  reset: boolean
  yes: boolean
  help: boolean
}
export class OptionsWrong extends Error {
  readonly code = 'options_wrong'
}

export function startOptions(args: string[]): StartOptions {
  try {
    const { values } = parseArgs({
      args,
      options: {
        'data-dir': { type: 'string', default: '.data' },
        port: { type: 'string' },
        reset: { type: 'boolean', default: false },
        yes: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
    const port = values.port === undefined ? null : Number(values.port)
    if (port !== null && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
      throw new OptionsWrong(`--port ${values.port}: a number between 1 and 65535`)
    }
    return { dataDir: resolve(values['data-dir']), port, reset: values.reset, yes: values.yes, help: values.help }
  } catch (error) {
    if (error instanceof OptionsWrong) throw error
    throw new OptionsWrong(`${error instanceof Error ? error.message : 'unknown option'}\n\n${HELP}`)
  }
}
