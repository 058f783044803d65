/** `segin COMMAND`: one door, each command in a file of its own, loaded when it is asked for. */

interface Command {
  says: string
  run(args: string[]): Promise<number>
}
const out = (line: string): void => console.log(line)

const complain = (line: string): void => console.error(line)
/** What a person does at a terminal, over HTTP like any other client. */
const atDesk = (name: string, says: string): Record<string, Command> => ({
  [name]: { says, run: async (args) => (await import('./desk/index.ts')).desk(name, args, out, complain) },
})

const COMMANDS: Record<string, Command> = {
  start: {
    says: 'start a training installation with everything it needs',
    run: async (args) => (await import('./start/index.ts')).start(args, out),
  },
  check: {
    says: 'check a folder of procedures: every problem, with file, line and column',
    run: async ([folder = 'procedures/ml']) => (await import('./check.ts')).check(folder, out),
  },
  simulate: {
    says: 'live the returns of a country on the core alone: funnel, waits, reminders, workload',
    run: async (args) => (await import('./simulate.ts')).simulateCommand(args, out),
  },
  journey: {
    says: 'tell a journey over HTTP, on the running training installation',
    run: async (args) => (await import('./journey.ts')).journey(args, out),
  },
  api: {
    says: 'run the API alone (configured by the environment)',
    run: async () => (await import('./api.ts')).runApi(),
  },
  worker: {
    says: 'run the worker alone (configured by the environment)',
    run: async () => (await import('./worker.ts')).runWorker(),
  },
  install: {
    says: 'make or bring up to date an installation on a database of your own',
    run: async (args) => (await import('./installation.ts')).install(args, out),
  },
  publish: {
    says: 'publish new versions of procedures while cases run; a dry run first',
    run: async (args) => (await import('./publish/index.ts')).publishCommand(args, out),
  },
  revive: {
    says: 'begin the workflows of cases again from the ledger; a dry run first',
    run: async (args) => (await import('./revive/index.ts')).revive(args, out),
  },
  doctor: {
    says: 'look at an installation and say what is wrong, and what to do',
    run: async (args) => (await import('./doctor/index.ts')).doctor(args, out),
  },
  verify: {
    says: 'hold every ledger against its chain, in the database or in an export',
    run: async (args) => (await import('./verify.ts')).verify(args, out),
  },
  rebuild: {
    says: 'make the rows of the lists again from the ledgers; --check only compares',
    run: async (args) => (await import('./rebuild.ts')).rebuild(args, out),
  },
  export: {
    says: 'write every case into a file, sealed',
    run: async (args) => (await import('./caseload.ts')).exportCases(args, out),
  },
  import: {
    says: 'add the cases of an export',
    run: async (args) => (await import('./caseload.ts')).importCases(args, out),
  },
  engine: {
    says: 'say which engine new cases get and which the workers know; raise it',
    run: async (args) => (await import('./engine.ts')).engine(args, out),
  },
  settle: {
    says: 'bring the newest engine to open cases',
    run: async (args) => (await import('./settle.ts')).settle(args, out),
  },
  backup: {
    says: 'copy the database of an installation made by start, while it runs or not',
    run: async (args) => (await import('./backup/index.ts')).backup(args, out),
  },
  restore: {
    says: 'put such a copy back; the next start begins its cases again',
    run: async (args) => (await import('./backup/index.ts')).restore(args, out),
  },
  erase: {
    says: 'make everything about the person of a closed case unreadable for ever',
    run: async (args) => (await import('./erase/index.ts')).erase(args, out),
  },
  keys: {
    says: 'make the key files of an installation; take it from one key to the next',
    run: async (args) => (await import('./keys/index.ts')).keys(args, out),
  },
  binaries: {
    says: "fetch the engine's programs now, instead of at the first start",
    run: async () => (await import('./binaries.ts')).fetchBinaries(out),
  },
  mail: {
    says: 'run the mail catcher alone',
    run: async () => (await import('./mail-catcher.ts')).runMailCatcher(process.env),
  },
  ...atDesk('sign-in', 'sign in as USER at --url; the token is kept in a file of your own'),
  ...atDesk('work', 'what waits for you, worst first'),
  ...atDesk('overdue', 'what is late at your places'),
  ...atDesk('show', 'one CASE, or one work ITEM with its form'),
  ...atDesk('complete', 'end a step: ITEM --outcome … --answer field=value … --paper evidence=where'),
  ...atDesk('explain', 'where a CASE waits, and why'),
  ...atDesk('sign-out', 'make the token worthless and forget it'),
}

function help(): void {
  out('segin COMMAND [options]\n')
  for (const [name, { says }] of Object.entries(COMMANDS)) out(`  ${name.padEnd(10)}${says}`)
  out('\nsegin COMMAND --help says what start and the commands from sign-in on take. README.md and docs/ say the rest.')
}

const [name = '--help', ...args] = process.argv.slice(2)
const command = COMMANDS[name]
if (!command) {
  help()
  process.exitCode = name === '--help' || name === 'help' ? 0 : 2
} else {
  try {
    process.exitCode = await command.run(args)
  } catch (error) {
    const known = error instanceof Error && 'code' in error
    console.error(known ? error.message : error)
    // Whatever is still connected must not keep a process that failed.
    process.exit(1)
  }
}
