import { JOURNEYS } from '../../journeys/index.ts'

/** Two files share the journeys, so that two workers tell them side by side. */
export const HALF = Math.ceil(JOURNEYS.length / 2)
