/** Every act, by name: one that lacks its rules does not compile. */

import type { ActName } from '../actions.ts'
import type { Decision } from '../world.ts'
import type { ActRules, May, Pointing } from './act.ts'
import { addNote } from './add-note.ts'
import { addPeople } from './add-people.ts'
import type { Asked } from './asked.ts'
import { assignStep } from './assign-step.ts'
import { beginProcedure } from './begin-procedure.ts'
import { changeCaseManager } from './change-case-manager.ts'
import { completeStep } from './complete-step.ts'
import { correctAnswer } from './correct-answer.ts'
import { correctOpening } from './correct-opening.ts'
import { countersign } from './countersign.ts'
import { delegate } from './delegate.ts'
import { extendClock } from './extend-clock.ts'
import { handBack } from './hand-back.ts'
import { handOver } from './hand-over.ts'
import { liftBatch } from './lift-batch.ts'
import { openCase } from './open-case.ts'
import { overrideStep } from './override-step.ts'
import { recordConsent } from './record-consent.ts'
import { reopenStep } from './reopen-step.ts'
import { resume } from './resume.ts'
import { suspend } from './suspend.ts'
import { withdrawConsent } from './withdraw-consent.ts'

const ACTS: { readonly [A in ActName]: ActRules<A> } = {
  open_case: openCase,
  complete_step: completeStep,
  add_note: addNote,
  override_step: overrideStep,
  reopen_step: reopenStep,
  countersign,
  assign_step: assignStep,
  delegate,
  change_case_manager: changeCaseManager,
  hand_over: handOver,
  hand_back: handBack,
  record_consent: recordConsent,
  withdraw_consent: withdrawConsent,
  suspend,
  resume,
  extend_clock: extendClock,
  correct_answer: correctAnswer,
  correct_opening: correctOpening,
  begin_procedure: beginProcedure,
  lift_batch: liftBatch,
  add_people: addPeople,
}

/** As which role the caller may act on what is pointed at, or why not: the same rule that decides. */
export const mayAct = <A extends ActName>(name: A, asked: Pointing<A>): May => ACTS[name].may(asked)

export const decideAct = <A extends ActName>(name: A, asked: Asked<A>): Decision => ACTS[name].decide(asked)
