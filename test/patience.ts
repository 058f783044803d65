/** How long a test waits for what should come: only what never comes runs out of it, on the slowest machine too. */
export const PATIENCE_MS = 120_000
