/** `segin COMMAND`: the one door of the command line. */

import { COMMANDS, listCommands, perform } from './commands.ts'

const out = (line: string): void => console.log(line)
const complain = (line: string): void => console.error(line)

const [name = '--help', ...args] = process.argv.slice(2)
const command = COMMANDS[name]
if (!command) {
  listCommands(out)
  process.exitCode = ['--help', '-h', 'help'].includes(name) ? 0 : 2
} else {
  try {
    process.exitCode = await perform(command, args, out, complain)
  } catch (error) {
    const known = error instanceof Error && 'code' in error
    console.error(known ? error.message : error)
    // A connection that is still open must not keep a process that failed.
    process.exit(1)
  }
}
