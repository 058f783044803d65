import { readFile } from 'node:fs/promises'
import type { DataFolder, Remembered } from '../../local/data-folder.ts'
import type { SignIn } from './first-run.ts'

/** The address, one sign-in a role, and three commands to try. */
export async function greet(folder: DataFolder, { ports }: Remembered, out: (line: string) => void): Promise<void> {
  const signIns = JSON.parse(await readFile(folder.in('sign-ins.json'), 'utf8')) as SignIn[]
  const api = `http://127.0.0.1:${ports.api}`
  const agent = signIns.find((one) => one.roles.some(({ role }) => role === 'registration_agent')) ?? signIns[0]
  out(`
Segin — formation / training: fictitious people only; mail stays here.

  ${api}/            pages            ${api}/docs   the API
  http://127.0.0.1:${ports.mail}/            mail that was sent
  ${folder.path}   data, logs, sign-ins.json

Sign-ins (login, secret):`)
  const shown = new Set<string>()
  for (const { login, secret, roles } of signIns) {
    const role = roles[0]
    if (!role || shown.has(role.role)) continue
    shown.add(role.role)
    out(`  ${role.role.padEnd(22)}${role.place.padEnd(16)}${login.padEnd(24)}${secret}`)
  }
  out(`
To try:
  S=${api}/api/v1
  T=$(curl -s --json '{"user":"${agent?.login}","secret":"${agent?.secret}"}' $S/tokens | jq -r .token)
  curl -s -H "Authorization: Bearer $T" $S/openings | jq .
  npm run journey          one return, told in a few minutes

Ctrl-C stops everything; the data stays.`)
}
