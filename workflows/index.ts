export { broadcastWorkflow } from './broadcast.ts'
export { handoverWorkflow } from './handover.ts'
export { caseWorkflow } from './case.ts'
