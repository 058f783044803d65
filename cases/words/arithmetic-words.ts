import type { Language } from './language.ts'

interface ArithmeticWords {
  /** By kind of anchor, for who knows no better name of it. */
  anchors: Record<string, string>
  date: string
  start: (anchor: string, when: string) => string
  counted: (days: string) => string
  countedHours: string
  countedBack: string
  leftOut: (days: string) => string
  held: (range: string) => string
  heldSince: (when: string) => string
  extension: (span: string) => string
  replanned: (when: string) => string
  deadline: (when: string) => string
  opens: (when: string) => string
  openEnded: (left: string | null) => string
}

export const ARITHMETIC_WORDS: Record<Language, ArithmeticWords> = {
  fr: {
    anchors: { opening: "ouverture de l'étape", step: "fin d'une étape précédente" },
    date: 'date du dossier',
    start: (anchor, when) => `Départ : ${anchor}, ${when}`,
    counted: (days) => `Compté : ${days}`,
    countedHours: 'Compté heure par heure, jour et nuit',
    countedBack: 'Compté à rebours',
    leftOut: (days) => `Non compté, férié ou fermé : ${days}`,
    held: (range) => `En pause ${range} : ce temps ne compte pas`,
    heldSince: (when) => `En pause depuis le ${when}`,
    extension: (span) => `Dont prolongation : ${span}`,
    replanned: (when) => `Recalculé le ${when} : le calendrier a changé`,
    deadline: (when) => `Échéance : ${when}`,
    opens: (when) => `Ouverture : ${when}`,
    openEnded: (left) =>
      left === null ? 'Échéance : dépassée avant la pause' : `Échéance : fixée à la reprise ; il reste ${left}`,
  },
  en: {
    anchors: { opening: 'opening of the step', step: 'end of an earlier step' },
    date: 'date in the case',
    start: (anchor, when) => `Start: ${anchor}, ${when}`,
    counted: (days) => `Counted: ${days}`,
    countedHours: 'Counted hour by hour, day and night',
    countedBack: 'Counted backwards',
    leftOut: (days) => `Not counted, holiday or closure: ${days}`,
    held: (range) => `On hold ${range}: this time does not count`,
    heldSince: (when) => `On hold since ${when}`,
    extension: (span) => `Including an extension of ${span}`,
    replanned: (when) => `Counted again on ${when}: the calendar changed`,
    deadline: (when) => `Deadline: ${when}`,
    opens: (when) => `Opens: ${when}`,
    openEnded: (left) =>
      left === null ? 'Deadline: passed before the hold' : `Deadline: set when it resumes; ${left} left`,
  },
}
