/** Pages at the root: where to begin, what a refusal means, and the interface to read. */

import { ApiPage, type ShownOperation } from '../../console/api-page.tsx'
import { HomePage } from '../../console/home-page.tsx'
import { PAGE_HEADERS } from '../../console/page.tsx'
import { type ExplainedProblem, ProblemList, ProblemPage } from '../../console/problem-page.tsx'
import type { ApiApp, Deps } from '../deps.ts'
import { openApi31 } from '../openapi/document.ts'
import { ADVICE } from '../problems/advice.ts'
import { kindOf, type ProblemCode, PROBLEMS } from '../problems/catalogue.ts'
import { problem } from '../problems/problem.ts'

const explained = (): ExplainedProblem[] =>
  (Object.keys(PROBLEMS) as ProblemCode[]).map((code) => {
    const { status, title, sameKey, after } = kindOf(code)
    return { code, status, title, advice: ADVICE[code], sameKey, after: after ?? null }
  })

export const registerPages = (app: ApiApp, deps: Deps): void => {
  app.get('/', async (c) => {
    const { now } = await deps.present()
    const { kind, version } = deps.installation
    const date = new Date(now).toISOString().slice(0, 10)
    const page = <HomePage language={c.var.language} training={kind === 'training'} date={date} version={version} />
    return c.html(page, 200, PAGE_HEADERS)
  })
  app.get('/problems', (c) =>
    c.html(<ProblemList problems={explained()} language={c.var.language} />, 200, PAGE_HEADERS),
  )
  app.get('/problems/:code', (c) => {
    const found = explained().find((one) => one.code === c.req.param('code'))
    if (!found) throw problem('not_found')
    return c.html(<ProblemPage problem={found} language={c.var.language} />, 200, PAGE_HEADERS)
  })
  app.get('/docs', (c) =>
    c.html(<ApiPage version={deps.installation.version} groups={groupsOf(openApi31(app))} />, 200, PAGE_HEADERS),
  )
}

interface Described {
  paths?: Record<string, unknown>
}
interface Operation {
  operationId?: string
  summary?: string
  tags?: string[]
  parameters?: { name?: string; in?: string; required?: boolean }[]
}

function groupsOf(document: Described): { tag: string; operations: ShownOperation[] }[] {
  const groups = new Map<string, ShownOperation[]>()
  for (const [path, methods] of Object.entries(document.paths ?? {})) {
    for (const [method, one] of Object.entries(methods as Record<string, Operation>)) {
      const tag = one.tags?.[0] ?? ''
      const fields = (one.parameters ?? []).map(({ name = '', in: where = '', required = false }) => ({
        name,
        where,
        required,
      }))
      const shown = {
        method: method.toUpperCase(),
        path,
        id: one.operationId ?? '',
        summary: one.summary ?? '',
        fields,
      }
      groups.set(tag, [...(groups.get(tag) ?? []), shown])
    }
  }
  return [...groups].map(([tag, operations]) => ({ tag, operations }))
}
