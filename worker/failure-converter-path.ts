import { fileURLToPath } from 'node:url'

/** By itself, so that a client of the engine does not load what only a worker needs. */
export const failureConverterPath = fileURLToPath(new URL('./failure-converter.ts', import.meta.url))
