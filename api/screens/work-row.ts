/** One row of a work queue, in the words of its reader. */

import { covers } from '../../cases/places.ts'
import type { Clock } from '../../cases/state.ts'
import { dayOf } from '../../cases/clocks/civil.ts'
import { deadlineInstantText, instantText } from '../../cases/words/dates.ts'
import { latenessText } from '../../cases/words/deadlines.ts'
import { capitalised } from '../../cases/words/language.ts'
import type { WorkRow } from '../../database/queries/work.ts'
import type { Country } from '../../procedures/language/country.ts'
import type { Settings } from '../../procedures/language/settings.ts'
import type { CaseLabels } from '../case/labels.ts'
import type { Session } from '../context/session.ts'
import type { Language } from '../context/deps.ts'
import type { RowBody } from './work-schema.ts'
import { textOf } from '../texts/form-texts.ts'
import { named, namedOrNull } from '../texts/names.ts'

export interface RowTelling {
  country: Country
  settings: Settings
  session: Session
  scope: 'mine' | 'places'
  labels: CaseLabels
  partner: (id: string) => string
  now: number
  language: Language
}

export function rowBody(row: WorkRow, telling: RowTelling): RowBody {
  const { labels, language, country } = telling
  const id = `${row.number}.${row.item}`
  const text = textOf(country, row.procedure, row.step)
  return {
    id,
    title: text?.title[language] ?? row.step,
    code: text?.code ?? null,
    kind: row.kind,
    state: row.state,
    procedure: { id: row.procedure, version: row.version },
    place: namedOrNull(row.place, labels.place),
    roles: row.roles.map((role) => named(role, labels.role)),
    owner: namedOrNull(row.owner, labels.user),
    mine_because: because(row, telling),
    waiting_for: row.partner === null ? null : { kind: 'partner', ...named(row.partner, telling.partner) },
    open_since: row.opened.toISOString(),
    deadline: row.due && row.clock ? deadline(row, row.due, telling) : null,
    href: `/api/v1/work/${id}`,
  }
}

/** null when the row is somebody else's. */
function because(row: WorkRow, { scope, session, settings, labels, language }: RowTelling): string | null {
  const fr = language === 'fr'
  if (row.users.includes(session.user)) return fr ? 'Cette étape vous a été confiée' : 'This step was given to you'
  if (row.owner === session.user) return fr ? 'Vous suivez ce dossier' : 'You follow this case'
  const held = session.holds.find(
    ({ role, place }) => row.roles.includes(role) && row.place !== null && covers(place, row.place, settings.places),
  )
  if (held && row.owner === null) {
    return `${fr ? 'Votre rôle' : 'Your role'} : ${labels.role(held.role)}, ${labels.place(held.place)}`
  }
  return scope === 'mine' ? (fr ? 'Vous en avez été prévenu(e)' : 'You were told of it') : null
}

function deadline(row: WorkRow, due: Date, telling: RowTelling): RowBody['deadline'] {
  const { now, language, settings, labels } = telling
  const at = due.getTime()
  const kind = row.clock?.endsWith('.opens') ? ('opens' as const) : ('due' as const)
  const clock: Clock = {
    kind,
    item: row.item,
    place: row.place,
    unit: row.clockUnit ?? 'days',
    anchor: { kind: 'opening', at: row.opened.getTime() },
    target: at,
    status: 'running',
    marks: [],
    fired: [],
    extended: [],
    heldBy: [],
  }
  const late = row.state === 'open' && at < now
  const lateness = late ? latenessText(clock, now, settings, language) : null
  const when = capitalised(deadlineInstantText(at, language, dayOf(now)))
  const rung = row.nextRung
  return {
    clock: `${row.number}.${row.clock}`,
    state: row.state === 'held' ? 'held' : row.state === 'waiting' ? 'waiting' : late ? 'late' : 'on_time',
    at: due.toISOString(),
    text: lateness ? `${when} — ${lateness}` : when,
    fired: row.fired,
    next_rung: rung
      ? {
          at: rung.toISOString(),
          to: named(row.nextRungRole ?? '', labels.role),
          text: `${instantText(rung.getTime(), language, dayOf(now))} : ${labels.role(row.nextRungRole ?? '')}`,
        }
      : null,
  }
}
