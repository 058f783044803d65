import { parseArgs, type ParseArgsConfig } from 'node:util'
import { ConfigurationWrong } from './configuration.ts'

type Known = NonNullable<ParseArgsConfig['options']>

/** What was asked, or what the command takes when it is not that. */
export function optionsOf<K extends Known>(args: string[], options: K, help: string) {
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    throw new ConfigurationWrong(`${error instanceof Error ? error.message : 'unknown option'}\n\n${help}`)
  }
}
