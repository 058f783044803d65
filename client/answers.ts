/** Answers of the API by name and by address, from the generated types. */

import type { components, paths } from './api.d.ts'

export type Schemas = components['schemas']

interface Read<A> {
  get: { responses: { 200: { content: { 'application/json': A } } } }
}
/** What each address answers to a GET. */
export type Reads = { [P in keyof paths as paths[P] extends Read<unknown> ? P : never]: AnswerOf<paths[P]> }
type AnswerOf<P> = P extends Read<infer A> ? A : never

/** `/cases/{case}` with its parameters filled in. */
export const filled = (path: string, parameters: Record<string, string>): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parameters[name] ?? ''))
