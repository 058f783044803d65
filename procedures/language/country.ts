/** A country folder, read: everything its procedures refer to, with all texts. */

import type { z } from 'zod'
import type { StageId } from './compiled.ts'
import type { ProcedureDocument } from './shapes/procedure.ts'
import type { Text } from './shapes/strict.ts'
import type {
  calendarFile,
  factsFile,
  gatesFile,
  listsFile,
  partnersFile,
  placesFile,
  purposesFile,
  ratesFile,
  rolesFile,
  sourcesFile,
} from './shapes/vocabulary.ts'

type Facts = z.infer<typeof factsFile>['facts']
export type Notice = Record<'fr' | 'en', { subject: string; body: string }>

export interface Country {
  id: string
  title: Text
  /** The procedure that opens when an open case has nothing open. */
  whatNext: string
  /** The procedure behind `suspend` and `resume`. */
  suspension: string
  /** What the stages of a case are called. */
  stages: Record<StageId, Text>
  /** Numbers that may be typed on a training installation: `x` is any figure; null where no field takes a telephone. */
  trainingTelephones: { like: string; source: string } | null
  facts: Facts
  gates: z.infer<typeof gatesFile>['gates']
  roles: z.infer<typeof rolesFile>['roles']
  escalations: z.infer<typeof rolesFile>['escalations']
  places: z.infer<typeof placesFile>['places']
  lists: z.infer<typeof listsFile>['lists']
  /** What people are asked to consent to. */
  purposes: z.infer<typeof purposesFile>['purposes']
  /** Gates that must be open for the case to record what the person consents to. */
  consentRequires: string[]
  /** What a unit of another currency is worth, from a day on. */
  rates: z.infer<typeof ratesFile>['rates']
  calendar: z.infer<typeof calendarFile>
  sources: z.infer<typeof sourcesFile>['sources']
  notices: Record<string, Notice>
  instruments: Record<string, { title: Text }>
  /** Example partners for a first run. */
  partners: z.infer<typeof partnersFile>['partners']
  procedures: Record<string, ProcedureDocument>
}

/** Held by every signed-in user; may begin a procedure, never owns a step. */
export const ANYONE = 'anyone'
