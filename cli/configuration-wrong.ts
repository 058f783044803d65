/** What whoever runs a command can put right themselves; its message says how. */
export class ConfigurationWrong extends Error {
  readonly code = 'configuration_wrong'
}
