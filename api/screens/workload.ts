/** Who carries how much at my places, what nobody has, and which roles nobody holds. */

import { z } from '@hono/zod-openapi'
import { closingTime, nthWorkingDay } from '../../cases/clocks/working-days.ts'
import { dayAt } from '../../cases/clocks/civil.ts'
import { remaining } from '../../cases/clocks/measure.ts'
import { oneOf } from '../../cases/words/language.ts'
import { spanText } from '../../cases/words/spans.ts'
import { asViewer } from '../../database/as-viewer.ts'
import { type Waits, waitsOfNobody, type WaitsOfNobody, waitsOfOwners } from '../../database/queries/waits.ts'
import { NOBODY } from '../../database/queries/work.ts'
import { type Load, staffingHoles, workload } from '../../database/queries/workload.ts'
import type { Settings } from '../../procedures/language/settings.ts'
import { type CaseLabels, labelsFrom } from '../case/labels.ts'
import { answer, Named, orNull } from '../openapi/answers.ts'
import { sessionOf } from '../auth/session-of.ts'
import type { ApiApp, Deps, Language } from '../context/deps.ts'
import { named, namedOrNull } from '../texts/names.ts'
import { none, reads } from '../openapi/read-route.ts'
import { under, viewerOf } from '../case/viewer.ts'
import { textOf } from '../texts/form-texts.ts'

const SOON_WORKING_DAYS = 5

const LongestWait = answer({
  step: z.string(),
  title: z.string(),
  since: z.string(),
  text: z.string(),
  href: z.string(),
}).openapi('LongestWait')
const waiting = {
  late: z.number().int(),
  due_in_5_working_days: z.number().int(),
  longest_wait: orNull(LongestWait),
  work: z.string().openapi({ description: 'The list that is counted here' }),
}
const Workload = answer({
  as_of: z.string(),
  people: z.array(
    answer({
      user: Named,
      role: Named,
      place: Named,
      open_cases: z.number().int(),
      limit: z.number().int(),
      over: z.number().int(),
      ...waiting,
    }).openapi('Carried'),
  ),
  unowned: z.array(
    answer({ roles: z.array(Named), place: orNull(Named), open: z.number().int(), ...waiting }).openapi('Unowned', {
      description: 'Open steps that nobody has: whoever holds one of these roles may take them',
    }),
  ),
  holes: z.array(answer({ role: Named, place: Named, since: z.string(), text: z.string() }).openapi('Hole')),
}).openapi('Workload')
const route = reads({
  path: '/api/v1/workload',
  operationId: 'getWorkload',
  tag: 'people',
  summary: 'Who carries how much at my places, what nobody has, and which roles nobody holds',
  schema: Workload,
  params: none,
  query: z.strictObject({ place: z.string().max(60).optional(), role: z.string().max(60).optional() }),
})

export const registerWorkload = (app: ApiApp, deps: Deps): void => {
  app.openapi(route, async (c) => {
    const session = sessionOf(c)
    const { role = null, place } = c.req.valid('query')
    const { settings, now } = session
    const viewer = viewerOf(session)
    const places =
      place === undefined ? viewer.places : under(place, settings).filter((one) => viewer.places.includes(one))
    const [loads, holes, names] = await Promise.all([
      workload(deps.sql, { role, places, now: new Date(now) }),
      staffingHoles(deps.sql, places),
      deps.names(),
    ])
    const asked = { places, role, now: new Date(now), soon: soonAt(viewer.places, settings, now) }
    const owners = [...new Set(loads.map(({ user }) => user))]
    const [owned, unowned] = await asViewer(deps.sql, viewer, (lists) =>
      Promise.all([waitsOfOwners(lists, owners, asked), waitsOfNobody(lists, asked)]),
    )
    const { language } = c.var
    const labels = labelsFrom({ country: deps.country, names, language, self: session.user, state: null })
    const telling = { deps, settings, now, language, labels }
    const body: z.infer<typeof Workload> = {
      as_of: new Date(now).toISOString(),
      people: loads.map((load) => carried(load, owned.get(load.user), telling)).toSorted((a, b) => b.late - a.late),
      unowned: unowned.map((one) => nobodys(one, telling)),
      holes: holes.map((hole) => ({
        role: named(hole.role, labels.role),
        place: named(hole.place, labels.place),
        since: hole.since.toISOString(),
        text: holeText(hole, unowned, telling),
      })),
    }
    return c.json(body, 200)
  })
}

/** The end of the fifth working day from now, as each place works. */
function soonAt(places: string[], settings: Settings, now: number) {
  const until = (place: string | null): Date => {
    const day = nthWorkingDay(dayAt(now), SOON_WORKING_DAYS, settings, place)
    // A deadline at closing time still counts.
    return new Date(closingTime(day, settings, place) + 1)
  }
  return { places, until: places.map(until), elsewhere: until(null) }
}

interface Telling {
  deps: Deps
  settings: Settings
  now: number
  language: Language
  labels: CaseLabels
}

function carried(load: Load, waits: Waits | undefined, telling: Telling) {
  const { labels } = telling
  return {
    user: { id: load.user, label: load.name },
    role: named(load.role, labels.role),
    place: named(load.place, labels.place),
    open_cases: load.openCases,
    limit: load.limit,
    over: Math.max(0, load.openCases - load.limit),
    ...figures(waits, telling),
    work: `/api/v1/work?scope=places&owner=${load.user}`,
  }
}

function nobodys(one: WaitsOfNobody, telling: Telling) {
  const { labels } = telling
  const [role] = one.roles
  const filters = { scope: 'places', owner: NOBODY, ...(role && { role }), ...(one.place && { place: one.place }) }
  return {
    roles: one.roles.map((id) => named(id, labels.role)),
    place: namedOrNull(one.place, labels.place),
    open: one.open,
    ...figures(one, telling),
    work: `/api/v1/work?${new URLSearchParams(filters).toString()}`,
  }
}

function figures(waits: Waits | undefined, telling: Telling) {
  return {
    late: waits?.late ?? 0,
    due_in_5_working_days: waits?.dueSoon ?? 0,
    longest_wait: waits === undefined ? null : waited(waits.longest, telling),
  }
}

const LESS = { fr: 'moins d’un jour ouvrable', en: 'less than a working day' }
function waited(longest: Waits['longest'], { deps, settings, now, language }: Telling) {
  const { number, item, procedure, step, place, opened } = longest
  const days = remaining(opened.getTime(), now, 'working_days', settings, place)
  const id = `${number}.${item}`
  return {
    step: id,
    title: textOf(deps.country, procedure, step)?.title[language] ?? step,
    since: opened.toISOString(),
    text: days.n < 1 ? LESS[language] : spanText(days, language),
    href: `/api/v1/work/${id}`,
  }
}

const HOLE = {
  fr: (roles: string) => (roles === '' ? 'Personne ne tient ce rôle ici.' : `Personne : les rappels vont à ${roles}.`),
  en: (roles: string) => (roles === '' ? 'Nobody holds this role here.' : `Nobody: reminders go to ${roles}.`),
}
/** Told from what waits there, as far as the viewer may know of it. */
function holeText(
  { role, place }: { role: string; place: string },
  unowned: WaitsOfNobody[],
  telling: Telling,
): string {
  const there = unowned.filter((one) => one.roles.includes(role) && one.place === place)
  const next = [...new Set(there.flatMap((one) => one.next))].filter((id) => id !== role)
  return HOLE[telling.language](next.length === 0 ? '' : oneOf(next.map(telling.labels.role), telling.language))
}
