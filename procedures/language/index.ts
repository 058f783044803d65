/** The public door of the procedure language. */

export { loadCountry } from './load.ts'
export type { Loaded } from './load.ts'
export { PROBLEM_CODES } from './problem.ts'
export type { Problem, ProblemCode } from './problem.ts'
export type { Country, Notice } from './country.ts'
export type { ProcedureDocument } from './shapes/procedure.ts'
export type { FieldText } from './shapes/field.ts'
export type { OutcomeText, StartText, StepText, WorkText } from './shapes/step.ts'
export type { Text } from './shapes/strict.ts'
export { compileCountry, compileProcedure } from './compile.ts'
export { withOlderWords } from './older-words.ts'
export { compileSettings } from './compile-settings.ts'
