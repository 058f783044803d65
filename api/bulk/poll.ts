import type { Deps } from '../context/deps.ts'

const POLL_MS = 150

/** Asks again until it has settled, for at most so many seconds, and answers what was found last. */
export const pollUntil = async <T>(
  { realNow }: Pick<Deps, 'realNow'>,
  seconds: number,
  ask: () => Promise<T>,
  settled: (found: T) => boolean,
): Promise<T> => {
  const until = realNow() + seconds * 1000
  for (;;) {
    const found = await ask()
    if (settled(found) || realNow() >= until) return found
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}
