/** The working calendar, and days declared off on the running system. */

import { createRoute, z } from '@hono/zod-openapi'
import { dayOf } from '../../../cases/clocks/civil.ts'
import { root } from '../../../cases/places.ts'
import { holdsRole } from '../../../cases/who-may.ts'
import { keyOf } from '../../case/idempotency.ts'
import { sessionOf } from '../../auth/session-of.ts'
import type { ApiApp, Deps } from '../../context/deps.ts'
import { KeyHeader, preferenceOf, PreferHeader, secured } from '../../openapi/parameters.ts'
import { problem } from '../../problems/problem.ts'
import { problems } from '../../openapi/problem.ts'
import { broadcastId, declare, isDeclared, progressWithin } from './broadcast.ts'
import { calendarFor, isProvisional, withDay } from './days.ts'
import { BroadcastAnswer, CalendarAnswer, DeclareDay } from './schema.ts'

const DECLARERS = ['national_desk', 'national_coordination']

const json = <S extends z.ZodType>(schema: S, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})
const calendarRoute = createRoute({
  method: 'get',
  path: '/api/v1/calendar',
  operationId: 'getCalendar',
  tags: ['installation'],
  summary: 'Working hours and days off',
  security: secured,
  responses: { 200: json(CalendarAnswer, 'The calendar'), ...problems },
})
const declareRoute = createRoute({
  method: 'post',
  path: '/api/v1/calendar/days',
  operationId: 'declareDayOff',
  tags: ['installation'],
  summary: 'Declare a day off; every running clock that spans it is planned again',
  security: secured,
  request: { headers: KeyHeader, body: { required: true, content: { 'application/json': { schema: DeclareDay } } } },
  responses: {
    200: json(BroadcastAnswer, 'Every open case has it'),
    202: json(BroadcastAnswer, 'Declared; cases are being told'),
    ...problems,
  },
})
const progressRoute = createRoute({
  method: 'get',
  path: '/api/v1/broadcasts/{broadcast}',
  operationId: 'getBroadcast',
  tags: ['installation'],
  summary: 'How far a declaration has come',
  security: secured,
  request: {
    params: z.object({
      broadcast: z
        .string()
        .max(60)
        .openapi({ param: { name: 'broadcast', in: 'path' } }),
    }),
    headers: PreferHeader,
  },
  responses: { 200: json(BroadcastAnswer, 'Progress'), ...problems },
})

const PLACE_UNKNOWN = { fr: 'Ce lieu n’existe pas.', en: 'There is no such place.' }
const DAY_PAST = {
  fr: 'Ce jour est passé : des échéances déjà annoncées seront recalculées. Dites pourquoi dans « reason », ou corrigez la date.',
  en: 'This day has passed: deadlines that people were told will be counted again. Say why in “reason”, or correct the date.',
}
const NOT_PROVISIONAL = {
  fr: 'Seule une fête encore provisoire peut être déplacée : le calendrier (GET /calendar) dit lesquelles.',
  en: 'Only a feast that is still provisional can be moved: the calendar (GET /calendar) says which are.',
}

export const registerCalendar = (app: ApiApp, deps: Deps): void => {
  app.openapi(calendarRoute, async (c) => c.json(await calendarFor(deps, c.var.language), 200))
  app.openapi(declareRoute, async (c) => {
    const session = sessionOf(c)
    const { settings, now } = await deps.present()
    const country = root(settings.places)
    if (!DECLARERS.some((role) => holdsRole(session.principal, role, country, settings.places)))
      throw problem('role_required', {
        more: {
          who: DECLARERS.map((id) => ({ role: { id, label: deps.country.roles[id]?.title[c.var.language] ?? id } })),
        },
      })
    const key = keyOf(c.req.valid('header')['Idempotency-Key'] ?? null)
    const day = c.req.valid('json')
    if (day.place !== undefined && !(day.place in settings.places))
      throw problem('answers_invalid', {
        errors: [{ pointer: '/place', code: 'unknown_place', message: PLACE_UNKNOWN }],
      })
    const id = broadcastId(deps, 'day_off', session.user, key)
    // The same declaration sent again is the same, even if its day has passed meanwhile.
    if (!(await isDeclared(deps, 'day_off', id))) {
      const past = [day.date, day.instead_of ?? day.date].some((one) => one < dayOf(now))
      if (past && day.reason === undefined)
        throw problem('answers_invalid', { errors: [{ pointer: '/reason', code: 'required', message: DAY_PAST }] })
      if (day.instead_of !== undefined && !(await isProvisional(deps, day.instead_of, day.place)))
        throw problem('answers_invalid', {
          errors: [{ pointer: '/instead_of', code: 'not_an_option', message: NOT_PROVISIONAL }],
        })
    }
    await declare(deps, 'day_off', id, session.user, JSON.stringify(day), (newest) => ({
      ...newest,
      calendar: withDay(newest.calendar, day),
    }))
    const { wait } = preferenceOf(c.req.valid('header').Prefer)
    const progress = await progressWithin(deps, id, c.var.language, wait)
    return c.json(progress, progress.status === 'done' ? 200 : 202, { Location: progress.href })
  })
  app.openapi(progressRoute, async (c) => {
    const { wait } = preferenceOf(c.req.valid('header').Prefer)
    return c.json(await progressWithin(deps, c.req.valid('param').broadcast, c.var.language, wait), 200)
  })
}
