/** Every command by name. Each is a file of its own, loaded when it is asked for. */

import { type Say, UsageWrong } from './command.ts'
import type { DeskCommand } from './desk/usages.ts'

interface Command {
  /** Its line in the list of commands. */
  says: string
  run(args: string[], out: Say, complain: Say): Promise<number>
}
/** What a person does at a terminal, over HTTP like any other client. */
const atDesk =
  (name: DeskCommand): Command['run'] =>
  async (args, out, complain) =>
    (await import('./desk/index.ts')).desk(name, args, out, complain)

export const COMMANDS: Record<string, Command> = {
  start: {
    says: 'start a training installation with everything it needs',
    run: async (args, out) => (await import('./start/index.ts')).start(args, out),
  },
  check: {
    says: 'check a folder of procedures: every problem, with file, line and column',
    run: async (args, out) => (await import('./check.ts')).checkCommand(args, out),
  },
  simulate: {
    says: 'live the returns of a country on the core alone: funnel, waits, reminders, workload',
    run: async (args, out) => (await import('./simulate.ts')).simulateCommand(args, out),
  },
  journey: {
    says: 'tell a journey over HTTP, on the running training installation',
    run: async (args, out) => (await import('./journey.ts')).journey(args, out),
  },
  api: {
    says: 'run the API alone (configured by the environment)',
    run: async (args, out) => (await import('./processes.ts')).api(args, out),
  },
  worker: {
    says: 'run the worker alone (configured by the environment)',
    run: async (args, out) => (await import('./processes.ts')).worker(args, out),
  },
  install: {
    says: 'make or bring up to date an installation on a database of your own',
    run: async (args, out) => (await import('./installation.ts')).install(args, out),
  },
  publish: {
    says: 'publish new versions of procedures while cases run; a dry run first',
    run: async (args, out) => (await import('./publish/index.ts')).publishCommand(args, out),
  },
  revive: {
    says: 'begin the workflows of cases again from the ledger; a dry run first',
    run: async (args, out) => (await import('./revive/index.ts')).revive(args, out),
  },
  doctor: {
    says: 'look at an installation and say what is wrong, and what to do',
    run: async (args, out) => (await import('./doctor/index.ts')).doctor(args, out),
  },
  verify: {
    says: 'hold every ledger against its chain, in the database or in an export',
    run: async (args, out) => (await import('./verify.ts')).verify(args, out),
  },
  rebuild: {
    says: 'make the rows of the lists again from the ledgers; --check only compares',
    run: async (args, out) => (await import('./rebuild.ts')).rebuild(args, out),
  },
  export: {
    says: 'write every case into a file, sealed',
    run: async (args, out) => (await import('./caseload.ts')).exportCases(args, out),
  },
  import: {
    says: 'add the cases of an export',
    run: async (args, out) => (await import('./caseload.ts')).importCases(args, out),
  },
  engine: {
    says: 'say which engine new cases get and which the workers know; raise it',
    run: async (args, out) => (await import('./engine.ts')).engine(args, out),
  },
  settle: {
    says: 'bring the newest engine to open cases',
    run: async (args, out) => (await import('./settle.ts')).settle(args, out),
  },
  backup: {
    says: 'copy the database of an installation made by start, while it runs or not',
    run: async (args, out) => (await import('./backup/index.ts')).backup(args, out),
  },
  restore: {
    says: 'put such a copy back; the next start begins its cases again',
    run: async (args, out) => (await import('./backup/index.ts')).restore(args, out),
  },
  erase: {
    says: 'make everything about the person of a closed case unreadable for ever',
    run: async (args, out) => (await import('./erase/index.ts')).erase(args, out),
  },
  keys: {
    says: 'make the key files of an installation; take it from one key to the next',
    run: async (args, out) => (await import('./keys/index.ts')).keys(args, out),
  },
  binaries: {
    says: "fetch the engine's programs now, instead of at the first start",
    run: async (args, out) => (await import('./binaries.ts')).binaries(args, out),
  },
  mail: {
    says: 'run the mail catcher alone',
    run: async (args, out) => (await import('./processes.ts')).mail(args, out),
  },
  'sign-in': {
    says: 'sign in as USER at --url; the token is kept in a file of your own',
    run: atDesk('sign-in'),
  },
  work: {
    says: 'what waits for you, worst first',
    run: atDesk('work'),
  },
  overdue: {
    says: 'what is late at your places',
    run: atDesk('overdue'),
  },
  show: {
    says: 'one CASE, or one work ITEM with its form',
    run: atDesk('show'),
  },
  complete: {
    says: 'end a step: ITEM --outcome … --answer field=value … --paper evidence=where',
    run: atDesk('complete'),
  },
  explain: {
    says: 'where a CASE waits, and why',
    run: atDesk('explain'),
  },
  'sign-out': {
    says: 'make the token worthless and forget it',
    run: atDesk('sign-out'),
  },
}

/** The exit code: 2 when the call itself is wrong, and it says what is. */
export async function perform(command: Command, args: string[], out: Say, complain: Say): Promise<number> {
  try {
    return await command.run(args, out, complain)
  } catch (error) {
    if (!(error instanceof UsageWrong)) throw error
    complain(error.message)
    return 2
  }
}

export function listCommands(out: Say): void {
  out('segin COMMAND [options]\n')
  for (const [name, { says }] of Object.entries(COMMANDS)) out(`  ${name.padEnd(10)}${says}`)
  out('\n`segin COMMAND --help` says what a command takes. README.md and docs/ say the rest.')
}
