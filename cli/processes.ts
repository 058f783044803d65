/** Processes that the environment configures, and nothing else: docs/operator.md has every variable. */

import { command } from './command.ts'

const processOf = (name: string, says: string, run: () => Promise<number>) =>
  command(
    {
      name,
      says: `${says} It stops in order at SIGTERM; docs/operator.md has the variables that configure it.`,
      options: {},
    },
    run,
  )

export const api = processOf('api', 'Runs the API alone.', async () => (await import('./api.ts')).runApi())
export const worker = processOf(
  'worker',
  'Runs the worker alone: workflows, activities and the relay of mail.',
  async () => (await import('./worker.ts')).runWorker(),
)
export const mail = processOf(
  'mail',
  'Runs the mail catcher alone: it keeps what is sent to it and lets nothing out.',
  async () => (await import('./mail-catcher.ts')).runMailCatcher(process.env),
)
