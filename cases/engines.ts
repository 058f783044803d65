/**
 * What a case does is chosen by the engine in its state, never by the code that happens to run: yesterday's acts are
 * replayed by today's code. A branch on it stands where the rule stands, and goes when no run is older.
 *
 * 1: the first. 2: a reminder of a day reaches people in its morning (`progress/hour-of-day.ts`).
 * 3: who proposed an ending out of turn does not decide on it either (`evolve/steps.ts`).
 * 4: a step that may not begin before a day opens in its morning (`progress/hour-of-day.ts`).
 */
export const NEWEST_ENGINE = 4
