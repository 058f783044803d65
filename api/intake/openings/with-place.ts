import type { CompiledProcedure } from '../../../procedures/language/compiled.ts'

/** The place of an opening is also its centre, when the form asks for one and it was not answered apart. */
export const withPlace = (
  procedure: CompiledProcedure,
  answers: Record<string, unknown>,
  place: string,
): Record<string, unknown> =>
  procedure.inputs.some((field) => field.id === 'centre') && answers['centre'] === undefined
    ? { ...answers, centre: place }
    : answers
