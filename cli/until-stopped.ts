/** Resolves at the first request to stop; Ctrl-C reaches us more than once, from the terminal and from each wrapper. */
export const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => resolve())
    // Whoever read what we say has gone; that ends nothing.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  })
