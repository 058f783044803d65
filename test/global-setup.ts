/** What every file of the servers' tests shares: one Postgres with its templates, and the bundle of the workflows. */

import type { TestProject } from 'vitest/node'
import { startPostgres } from './postgres.ts'
import { staffedDatabase } from './templates.ts'
import { workflowBundle } from './workflow-bundle.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the Postgres that this run started. */
    postgres: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [server] = await Promise.all([startPostgres(), workflowBundle()])
  const { db } = await staffedDatabase(server.url)
  await db.drop()
  project.provide('postgres', server.url)
  return () => server.end()
}
