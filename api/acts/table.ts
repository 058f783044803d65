/** The one table of acts on a case: routes and OpenAPI come from it. What answers offer is in `offered-on-*.ts`. */

import type { ActDefinition } from './act.ts'
import { completeStep } from './complete-step.ts'
import { overrideStep } from './override-step.ts'
import {
  addNote,
  assignStep,
  correctAnswer,
  correctOpening,
  countersign,
  delegate,
  extendClock,
  reopenStep,
} from './steps.ts'
import { beginProcedure, changeCaseManager, recordConsent, resume, suspend, withdrawConsent } from './whole-case.ts'

export const CASE_ACTS: readonly ActDefinition[] = [
  completeStep,
  overrideStep,
  countersign,
  reopenStep,
  assignStep,
  delegate,
  extendClock,
  suspend,
  resume,
  beginProcedure,
  correctAnswer,
  correctOpening,
  recordConsent,
  withdrawConsent,
  changeCaseManager,
  addNote,
]
