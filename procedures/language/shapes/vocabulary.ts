/** The shapes of the files beside the procedures. */

import { z } from 'zod'
import type { StageId } from '../compiled.ts'
import { civilDate, clockTime, entryId, nameId, strict, text, wideId } from './strict.ts'

const stages = {
  reception: text,
  assessment: text,
  referral: text,
  support: text,
  follow_up: text,
  closure: text,
} satisfies Record<StageId, typeof text>

export const countryFile = strict({
  id: wideId,
  title: text,
  what_next: z.string(),
  suspension: z.string(),
  stages: strict(stages),
  training_telephones: strict({
    like: z
      .string()
      .regex(/^\+\d+( [\dx]+)+$/, { error: 'a number as it is written, with x for any figure: +223 70 00 xx xx' }),
    source: z.string(),
  }).optional(),
})

const fact = strict({
  type: z.enum(['yes_no', 'number', 'date', 'place', 'user', 'text', 'choice']),
  of: z.record(entryId, text).optional(),
  start: z.union([z.boolean(), z.number(), z.string()], { error: 'true, false, a number or a text' }).optional(),
  label: text,
  help: text.optional(),
  restricted: nameId.optional(),
})
export const factsFile = strict({ facts: z.record(nameId, fact) })

const gate = strict({
  open: z.string(),
  opened_by: z.array(z.string()).min(1),
  text,
  declassifies: nameId.optional(),
})
export const gatesFile = strict({ gates: z.record(wideId, gate) })

const role = strict({
  title: text,
  help: text.optional(),
  body: strict({ quorum: z.int().min(1), sits: z.string() }).optional(),
  last: z.boolean().optional(),
})
const rung = strict({
  to: z.string(),
  after: z.string(),
  every: z.string().optional(),
  last: z.boolean().optional(),
})
const escalation = strict({ remind: z.array(z.string()).optional(), ladder: z.array(rung).min(1) })
export const rolesFile = strict({ roles: z.record(nameId, role), escalations: z.record(nameId, escalation) })

const place = z.looseObject({
  title: text,
  kind: nameId,
  under: z.string().optional(),
  telephone: z
    .string()
    .regex(/^\+\d[\d ]{6,18}$/, { error: 'write the number with the code of the country, like +223 20 00 00 00' })
    .optional(),
  codes: z.record(z.string(), z.string()).optional(),
})
export const placesFile = strict({ places: z.record(wideId, place) })

export const listsFile = strict({ lists: z.record(nameId, z.record(entryId, text)) })
export const purposesFile = strict({
  requires: z.array(z.string()).optional(),
  purposes: z.record(nameId, strict({ title: text, each_run: z.boolean().optional() })),
})
export const sourcesFile = strict({ sources: z.record(wideId, z.looseObject({ title: z.union([z.string(), text]) })) })
/** Whole francs for one unit of a currency, from a day on. */
export const ratesFile = strict({
  rates: z.record(
    z.string().regex(/^[A-Z]{3}$/),
    z.array(strict({ from: civilDate, xof: z.number(), source: z.string() })).min(1),
  ),
})
export const noticesFile = strict({ notices: z.record(nameId, z.looseObject({})) })
export const instrumentsFile = strict({ instruments: z.record(nameId, z.looseObject({ title: text })) })
export const partnersFile = strict({
  partners: z.record(
    wideId,
    strict({
      name: text,
      place: z.string(),
      telephone: z.string(),
      email: z.string().optional(),
      /** Examples of a first run may run for so many months from that day. */
      agreement: z.union([strict({ until: civilDate }), strict({ months: z.int().min(1) })]),
      services: z.array(strict({ family: z.string(), place: z.string(), rank: z.int(), capacity: z.int() })),
    }),
  ),
})

const hours = z.tuple([clockTime, clockTime])
const week = strict({
  mon: hours.optional(),
  tue: hours.optional(),
  wed: hours.optional(),
  thu: hours.optional(),
  fri: hours.optional(),
  sat: hours.optional(),
  sun: hours.optional(),
})
const declared = z.enum(['law', 'communique', 'estimate'])
export const calendarFile = strict({
  zone: z.string(),
  week,
  ramadan_week: week,
  ramadan: z.array(strict({ from: civilDate, to: civilDate, declared_by: declared })),
  days_off: z.array(strict({ date: civilDate, title: text, declared_by: declared, place: z.string().optional() })),
})
