import { lookUpProcedures } from './look-up-procedures.ts'
import { moveWork } from './move-work.ts'
import { openCases } from './open-cases.ts'
import { recordCaseEvents } from './record-case-events.ts'
import { signalCasesBehind } from './signal-cases-behind.ts'
import type { Tools } from './tools.ts'
import { workOnBatch } from './work-on-batch.ts'

export const createActivities = (tools: Tools) => ({
  recordCaseEvents: recordCaseEvents(tools),
  lookUpProcedures: lookUpProcedures(tools),
  openCases: openCases(tools),
  moveWork: moveWork(tools),
  workOnBatch: workOnBatch(tools),
  signalCasesBehind: signalCasesBehind(tools),
})
