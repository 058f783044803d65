/** Pages at the root: where to begin, what a refusal means, and the interface to read. */

import { dayOf } from '../../cases/clocks/civil.ts'
import { fullDateText } from '../../cases/words/dates.ts'
import { ApiPage } from '../../console/api-page.tsx'
import { HomePage } from '../../console/home-page.tsx'
import { OperationPage } from '../../console/operation-page.tsx'
import { PAGE_HEADERS } from '../../console/page.tsx'
import { type ExplainedProblem, ProblemList, ProblemPage } from '../../console/problem-page.tsx'
import type { ApiApp, Deps } from '../context/deps.ts'
import { openApi31 } from '../openapi/document.ts'
import { ADVICE } from '../problems/advice.ts'
import { kindOf, PROBLEM_CODES } from '../problems/catalogue.ts'
import { problem } from '../problems/problem.ts'
import { groupsOf, operationIn } from './operations.ts'

const explained = (): ExplainedProblem[] =>
  PROBLEM_CODES.map((code) => {
    const { status, title, sameKey, after } = kindOf(code)
    return { code, status, title, advice: ADVICE[code], sameKey, after: after ?? null }
  })

export const registerPages = (app: ApiApp, deps: Deps): void => {
  let made: ReturnType<typeof openApi31> | null = null
  const document = () => (made ??= openApi31(app))
  app.get('/', async (c) => {
    const { now } = await deps.present()
    const { kind, version } = deps.installation
    const { language } = c.var
    const date = fullDateText(dayOf(now), language)
    const page = <HomePage {...{ language, date, version }} training={kind === 'training'} />
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
  app.get('/docs', (c) => {
    const groups = groupsOf(document())
    const page = <ApiPage version={deps.installation.version} groups={groups} language={c.var.language} />
    return c.html(page, 200, PAGE_HEADERS)
  })
  app.get('/docs/:operation', (c) => {
    const operation = operationIn(document(), c.req.param('operation'))
    if (!operation) throw problem('not_found')
    return c.html(<OperationPage operation={operation} language={c.var.language} />, 200, PAGE_HEADERS)
  })
}
