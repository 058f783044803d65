export { batchWorkflow } from './batch.ts'
export { broadcastWorkflow } from './broadcast.ts'
export { handoverWorkflow } from './handover.ts'
export { caseWorkflow } from './case.ts'
