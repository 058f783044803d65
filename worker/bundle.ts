/** The workflow code as the engine's sandbox runs it; made once for each content. */

import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundle } from '@temporalio/worker'
import { failureConverterPath } from './failure-converter-path.ts'

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))
/** All that can end up in a bundle. */
const SOURCES = ['../workflows', '../cases', '../procedures/language', './failure-converter.ts', '../package-lock.json']

/** `cache`: a folder where bundles are kept by their content; without it one is made each time. */
export async function bundleWorkflows(cache?: string): Promise<WorkflowBundle> {
  if (cache === undefined) return made()
  const file = join(cache, `workflows-${await contentHash()}.js`)
  const kept = await readFile(file, 'utf8').catch(() => null)
  if (kept !== null) return { code: kept }
  const bundle = await made()
  if ('code' in bundle) {
    await mkdir(cache, { recursive: true })
    await writeFile(`${file}.${process.pid}`, bundle.code)
    await rename(`${file}.${process.pid}`, file)
  }
  return bundle
}

/** The module that parses conditions and hashes is shared by all cached cases. */
function made(): Promise<WorkflowBundle> {
  return bundleWorkflowCode({
    workflowsPath: path('../workflows/index.ts'),
    preloadModules: [path('../workflows/preload.ts')],
    failureConverterPath,
    logger: new DefaultLogger('ERROR'),
  })
}

async function contentHash(): Promise<string> {
  const hash = createHash('sha256').update(process.version)
  for (const source of SOURCES.map(path)) {
    for (const file of await filesOf(source)) hash.update(file).update(await readFile(file))
  }
  return hash.digest('hex').slice(0, 20)
}

async function filesOf(source: string): Promise<string[]> {
  if (/\.\w+$/.test(source)) return [source]
  const found = await readdir(source, { recursive: true, withFileTypes: true })
  return found.flatMap((one) => (one.isFile() ? [join(one.parentPath, one.name)] : [])).toSorted()
}
