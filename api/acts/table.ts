/** The one table of acts on a case. Routes, the OpenAPI document, sentences and what answers offer all come from it. */

import type { ActName } from '../../cases/actions.ts'
import type { Language } from '../context/deps.ts'
import type { ActDefinition, CaseActName, InBoth, Told } from './act.ts'
import { addNote } from './add-note.ts'
import { assignStep } from './assign-step.ts'
import { beginProcedure } from './begin-procedure.ts'
import { changeCaseManager } from './change-case-manager.ts'
import { completeStep } from './complete-step.ts'
import { correctAnswer } from './correct-answer.ts'
import { correctOpening } from './correct-opening.ts'
import { countersign } from './countersign.ts'
import { delegate } from './delegate.ts'
import { ELSEWHERE } from './elsewhere.ts'
import { extendClock } from './extend-clock.ts'
import { overrideStep } from './override-step.ts'
import { recordConsent } from './record-consent.ts'
import { reopenStep } from './reopen-step.ts'
import { resume } from './resume.ts'
import { suspend } from './suspend.ts'
import { withdrawConsent } from './withdraw-consent.ts'

/** In the order in which they are offered. */
const BY_NAME: Record<CaseActName, ActDefinition> = {
  complete_step: completeStep,
  extend_clock: extendClock,
  delegate,
  countersign,
  assign_step: assignStep,
  override_step: overrideStep,
  begin_procedure: beginProcedure,
  add_note: addNote,
  correct_answer: correctAnswer,
  reopen_step: reopenStep,
  correct_opening: correctOpening,
  record_consent: recordConsent,
  withdraw_consent: withdrawConsent,
  change_case_manager: changeCaseManager,
  resume,
  suspend,
}
export const CASE_ACTS: readonly ActDefinition[] = Object.values(BY_NAME)

const isOnCase = (act: ActName): act is CaseActName => Object.hasOwn(BY_NAME, act)

export const actText = (act: ActName, told: Told, language: Language): string =>
  (isOnCase(act) ? BY_NAME[act].said : ELSEWHERE[act])[language](told)

/** By `operationId`; undefined for what is no act on a case. */
export const actSummary = (operationId: string): InBoth | undefined =>
  CASE_ACTS.find((one) => one.operationId === operationId)?.summary
