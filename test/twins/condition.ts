/** The engine's `condition`, outside of the engine: asked again whenever something has happened. */

const waiting = new Set<() => void>()

export const condition = (holds: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (!holds()) return
      waiting.delete(look)
      resolve()
    }
    waiting.add(look)
    look()
  })

export const happened = (): void => {
  for (const look of waiting) look()
}
