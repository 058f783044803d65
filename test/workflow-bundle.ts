/** The workflows as a worker of the tests runs them: bundled once for each content, as a real worker does. */

import { resolve } from 'node:path'
import { bundleWorkflows } from '../worker/host.ts'

export const BUNDLES = resolve(import.meta.dirname, '../.data/bundles')

export async function workflowBundle(): Promise<{ code: string }> {
  const bundle = await bundleWorkflows(BUNDLES)
  if (!('code' in bundle)) throw new Error('a bundle without its code')
  return bundle
}
