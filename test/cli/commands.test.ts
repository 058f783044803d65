/** Every command says what it takes, and refuses what it does not take. */

import { describe, expect, it } from 'vitest'
import { COMMANDS, listCommands, perform } from '../../cli/commands.ts'

const names = Object.keys(COMMANDS)
/** Words without an option that a command cannot do without. */
const NEEDS: Record<string, string> = {
  export: 'FILE',
  import: 'FILE',
  backup: 'FOLDER',
  restore: 'FOLDER',
  keys: 'FOLDER',
  erase: 'CASE',
  'sign-in': 'USER',
  show: 'CASE',
  explain: 'CASE',
  complete: 'ITEM',
}

async function called(name: string, args: string[]) {
  const said: string[] = []
  const complaints: string[] = []
  const code = await perform(
    COMMANDS[name]!,
    args,
    (line) => said.push(line),
    (line) => complaints.push(line),
  )
  return { code, said: said.join('\n'), complaints: complaints.join('\n') }
}

describe.each(names)('segin %s', (name) => {
  it('answers --help with its use and every option, and does nothing', async () => {
    const { code, said } = await called(name, ['--help'])
    expect(code).toBe(0)
    expect(said).toMatch(new RegExp(`^Usage ?: segin ${name}`))
    for (const row of said.split('\n').filter((line) => /^ +--/.test(line))) expect(row).toMatch(/^ {2}--\S+.* {2}\S/)
    expect(said).toMatch(/^ {2}--help +\S/m)
    expect((await called(name, ['-h'])).said).toBe(said)
  })
  it('refuses an option that it does not know, and says what it takes', async () => {
    const { code, complaints } = await called(name, ['--nonsense'])
    expect(code).toBe(2)
    expect(complaints).toContain('--nonsense')
    expect(complaints).toMatch(new RegExp(`Usage ?: segin ${name}`))
  })
})

it.each(Object.entries(NEEDS))('segin %s without anything says that %s is missing', async (name, needed) => {
  const { code, complaints } = await called(name, [])
  expect(code).toBe(2)
  expect(complaints).toContain(`${needed} is missing`)
})

it('speak one language in one help', async () => {
  for (const name of names) {
    expect((await called(name, ['--help', '--lang', 'en'])).said).toMatch(/^Usage: [^]*this text$/)
    expect((await called(name, ['--help'])).said).toMatch(/^(Usage : [^]*ce texte|Usage: [^]*this text)$/)
  }
})

it('are all in the list, each with what it does', () => {
  const said: string[] = []
  listCommands((line) => said.push(line))
  for (const name of names) expect(said.some((line) => new RegExp(`^  ${name} +\\S`).test(line))).toBe(true)
})
