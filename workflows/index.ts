export { broadcastWorkflow } from './broadcast.ts'
export { caseWorkflow } from './case.ts'
