import { describe, expect, it } from 'vitest'
import { arithmetic, type Known } from '../../../cases/words/arithmetic.ts'
import type { Clock } from '../../../cases/state.ts'
import { at, settings, withDaysOff } from '../clocks/mali.ts'
import { clockFrom, entry, workingDays } from './clocks.ts'

const id = 'referral-t9x.answer.2.due'
const tell = (clock: Clock, now: string, known: Known = {}, on = settings) =>
  arithmetic(clock, on, at(now), 'fr', known)
const texts = (...args: Parameters<typeof tell>) => tell(...args).map(({ text }) => text)

describe('the arithmetic of a deadline', () => {
  it('names its start, the days counted one by one, and the deadline', () => {
    const clock = clockFrom('2026-11-13 11:00', [workingDays(3)])
    expect(tell(clock, '2026-11-23 10:00', { anchor: 'envoi de la fiche' })).toEqual([
      { text: 'Départ : envoi de la fiche, vendredi 13 novembre, 11 h', at: at('2026-11-13 11:00') },
      { text: 'Compté : lundi 16, mardi 17, mercredi 18', counted: '3 jours ouvrables' },
      { text: 'Échéance : mercredi 18 novembre, 16 h', at: at('2026-11-18 16:00') },
    ])
    expect(arithmetic(clock, settings, at('2026-11-23 10:00'), 'en').map(({ text }) => text)).toEqual([
      'Start: opening of the step, Friday 13 November, 11:00',
      'Counted: Monday 16, Tuesday 17, Wednesday 18',
      'Deadline: Wednesday 18 November, 16:00',
    ])
  })
  it('gives first and last day when more than seven are counted', () => {
    const clock = clockFrom('2026-11-06 09:30', [workingDays(10)])
    expect(tell(clock, '2026-11-23 10:00')[1]).toEqual({
      text: 'Compté : du lundi 9 au vendredi 20 novembre',
      counted: '10 jours ouvrables',
    })
  })
  it('says which holidays and closures were left out', () => {
    const closed = withDaysOff({ date: '2026-12-24', place: 'ml-kayes' })
    const clock = clockFrom('2026-12-22 09:00', [workingDays(3)], {}, closed)
    expect(texts(clock, '2026-12-22 10:00', {}, closed)).toEqual([
      "Départ : ouverture de l'étape, mardi 22 décembre, 9 h",
      'Compté : mercredi 23, lundi 28, mardi 29',
      'Non compté, férié ou fermé : jeudi 24, vendredi 25',
      'Échéance : mardi 29 décembre, 16 h',
    ])
  })
  it('names the month where it changes', () => {
    const clock = clockFrom('2026-11-26 09:00', [workingDays(4)])
    expect(texts(clock, '2026-11-26 10:00')[1]).toBe(
      'Compté : vendredi 27, lundi 30 novembre, mardi 1er, mercredi 2 décembre',
    )
  })
  it('keeps the words of the procedure: a month is a month', () => {
    const clock = clockFrom('2026-10-30 00:00', [{ n: 1, unit: 'months' }], {
      anchor: { kind: 'fact', ref: 'arrived_on', at: at('2026-10-30 00:00') },
    })
    expect(tell(clock, '2026-11-23 10:00', { anchor: "date d'arrivée" })).toEqual([
      { text: "Départ : date d'arrivée, vendredi 30 octobre", at: at('2026-10-30 00:00') },
      { text: 'Compté : du samedi 31 octobre au lundi 30 novembre', counted: '1 mois' },
      { text: 'Échéance : lundi 30 novembre', at: at('2026-11-30 23:59') },
    ])
  })
  it('still knows the month after the breach, from the entries of the case', () => {
    const running = clockFrom('2026-10-15 09:00', [{ n: 1, unit: 'months' }])
    const { kind, item, place, unit, anchor, marks } = running
    const opened = entry('2026-10-15 09:00', {
      kind: 'step_opened',
      item,
      stage: 'referral',
      type: 'task',
      roles: [],
      place,
      owner: null,
      tags: [],
      clocks: [{ id, kind, item, place, unit, anchor, marks }],
    })
    const breached: Clock = { ...running, status: 'breached', marks: [] }
    expect(tell(breached, '2026-11-23 10:00', { entries: [opened] })[1]?.counted).toBe('1 mois')
    expect(tell(breached, '2026-11-23 10:00')[1]?.counted).toBe('31 jours')
  })
  it('counts hours without a calendar, and says when it counts backwards', () => {
    const hours = clockFrom('2026-11-20 17:00', [{ n: 48, unit: 'hours' }])
    expect(tell(hours, '2026-11-21 10:00')[1]).toEqual({
      text: 'Compté heure par heure, jour et nuit',
      counted: '48 heures',
    })
    const before = clockFrom('2026-12-01 00:00', [workingDays(-2)])
    expect(tell(before, '2026-11-23 10:00').slice(1)).toEqual([
      { text: 'Compté à rebours', counted: '2 jours ouvrables' },
      { text: 'Échéance : vendredi 27 novembre, 17 h 30', at: at('2026-11-27 17:30') },
    ])
  })
  it('tells an extension as part of what was counted', () => {
    const clock = clockFrom('2026-11-13 11:00', [workingDays(3), workingDays(2)], { extended: [workingDays(2)] })
    expect(tell(clock, '2026-11-16 10:00').slice(1)).toEqual([
      { text: 'Compté : lundi 16, mardi 17, mercredi 18, jeudi 19, vendredi 20', counted: '5 jours ouvrables' },
      { text: 'Dont prolongation : 2 jours ouvrables' },
      { text: 'Échéance : vendredi 20 novembre, 17 h 30', at: at('2026-11-20 17:30') },
    ])
  })
  it('leaves out a hold, and counts on where it ended', () => {
    const clock = clockFrom('2026-11-18 09:00', [workingDays(2)], {
      anchor: { kind: 'opening', at: at('2026-11-10 11:00') },
    })
    const entries = [
      entry('2026-11-11 10:00', { kind: 'clock_held', clock: id, by: 'safety-q2w.check.1', left: {} }),
      entry('2026-11-12 10:00', { kind: 'clock_held', clock: id, by: 'complaint-a1b.hear.1', left: {} }),
      entry('2026-11-16 10:00', { kind: 'clock_resumed', clock: id, by: 'safety-q2w.check.1', marks: [] }),
      entry('2026-11-18 09:00', { kind: 'clock_resumed', clock: id, by: 'complaint-a1b.hear.1', marks: clock.marks }),
    ]
    expect(tell(clock, '2026-11-19 10:00', { entries })).toEqual([
      { text: "Départ : ouverture de l'étape, mardi 10 novembre, 11 h", at: at('2026-11-10 11:00') },
      { text: 'Compté : mercredi 11', counted: '1 jour ouvrable' },
      { text: 'En pause du mercredi 11 au mercredi 18 novembre : ce temps ne compte pas', at: at('2026-11-11 10:00') },
      { text: 'Compté : jeudi 19, vendredi 20', counted: '2 jours ouvrables' },
      { text: 'Échéance : vendredi 20 novembre, 17 h 30', at: at('2026-11-20 17:30') },
    ])
  })
  it('has no deadline while a hold lasts, only what is left', () => {
    const clock = clockFrom('2026-11-10 11:00', [workingDays(3)], {
      heldBy: ['safety-q2w.check.1'],
      left: { target: workingDays(2) },
    })
    const entries = [
      entry('2026-11-11 10:00', {
        kind: 'clock_held',
        clock: id,
        by: 'safety-q2w.check.1',
        left: { target: workingDays(2) },
      }),
    ]
    expect(texts(clock, '2026-11-19 10:00', { entries }).slice(1)).toEqual([
      'Compté : mercredi 11',
      'En pause depuis le mercredi 11 novembre, 10 h',
      'Échéance : fixée à la reprise ; il reste 2 jours ouvrables',
    ])
    expect(texts(clock, '2026-11-19 10:00').slice(1)).toEqual([
      'Échéance : fixée à la reprise ; il reste 2 jours ouvrables',
    ])
  })
  it('says that the calendar changed under it', () => {
    const eve = withDaysOff({ date: '2026-11-17' })
    const clock = clockFrom('2026-11-13 11:00', [workingDays(3)], {}, eve)
    const entries = [
      entry('2026-11-16 15:00', { kind: 'clock_replanned', clock: id, marks: clock.marks, because: 'calendar' }),
    ]
    expect(texts(clock, '2026-11-16 16:00', { entries }, eve).slice(1)).toEqual([
      'Compté : lundi 16, mercredi 18, jeudi 19',
      'Non compté, férié ou fermé : mardi 17',
      'Recalculé le lundi 16 novembre : le calendrier a changé',
      'Échéance : jeudi 19 novembre, 16 h',
    ])
  })
})
