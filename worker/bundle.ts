/** The workflow code as the engine's sandbox runs it; made once for each content. */

import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BundleOptions, bundleWorkflowCode, DefaultLogger, type WorkflowBundle } from '@temporalio/worker'
import { failureConverterPath } from './failure-converter-path.ts'

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))
/** All that can end up in a bundle. */
const SOURCES = [
  '../workflows',
  '../cases',
  '../procedures/language',
  './failure-converter.ts',
  './bundle.ts',
  '../package-lock.json',
]

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
    webpackConfigHook: inModernSyntax,
  })
}

type Webpack = Parameters<NonNullable<BundleOptions['webpackConfigHook']>>[0]

/** Spreads and `?.` stay what the engine of Node knows: written out for older ones they cost several times as much. */
function inModernSyntax(config: Webpack): Webpack {
  const rules = config.module?.rules?.map((rule) => {
    const use = rule && typeof rule === 'object' ? rule.use : null
    if (!use || typeof use !== 'object' || !('options' in use) || typeof use.options !== 'object') return rule
    const jsc: unknown = use.options['jsc']
    if (!rule || typeof rule !== 'object' || typeof jsc !== 'object') return rule
    return { ...rule, use: { ...use, options: { ...use.options, jsc: { ...jsc, target: 'es2021' } } } }
  })
  return { ...config, module: { ...config.module, ...(rules && { rules }) } }
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
