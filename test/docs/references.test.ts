/** What the documents name exists: files, folders, commands, and the screens of the first hour. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const documents = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true }).map((file) => join('docs', String(file))),
].filter((file) => file.endsWith('.md'))
const scripts = Object.keys(
  (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object }).scripts,
)
const commands = [...readFileSync(join(ROOT, 'cli/commands.ts'), 'utf8').matchAll(/^ {2}(\w+): \{$/gm)].map(
  (found) => found[1],
)

describe.each(documents)('%s', (document) => {
  const text = readFileSync(join(ROOT, document), 'utf8')

  it('links only to what is there', () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((found) => found[1] ?? '')
    expect(links.filter((link) => !existsSync(join(ROOT, dirname(document), link)))).toEqual([])
  })
  it('names only files and folders that are there', () => {
    const named = [
      ...text.matchAll(
        /`((?:api|cases|cli|console|database|docs|procedures|test|worker|workflows|activities)\/[\w./-]*)`/g,
      ),
    ]
    const paths = named.map((found) => (found[1] ?? '').replace(/:\d+$/, ''))
    expect(paths.filter((path) => !existsSync(join(ROOT, path)) && !existsSync(join(ROOT, `${path}.ts`)))).toEqual([])
  })
  it('names only commands that exist', () => {
    const npm = [...text.matchAll(/npm run (?:--\w+ )?([\w:]+)/g)].map((found) => found[1] ?? '')
    expect(npm.filter((name) => !scripts.includes(name))).toEqual([])
    const ours = [
      ...text.matchAll(
        /segin (?:-- )?(start|check|api|worker|journey|binaries|mail|install|revive|verify|simulate|settle)\b/g,
      ),
    ]
    expect(ours.map((found) => found[1]).filter((name) => !commands.includes(name ?? ''))).toEqual([])
  })
})
