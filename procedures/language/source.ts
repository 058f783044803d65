/** A YAML file with the place of everything in it. */

import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml'
import type { Document } from 'yaml'
import type { Path, Problem, ProblemCode, Report } from './problem.ts'

export interface SourceFile {
  file: string
  value: unknown
  report: Report
}

/** Reads the text of a file; what cannot be read as YAML is reported, and `value` is then null. */
export function readSource(file: string, text: string, problems: Problem[]): SourceFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const add = (code: ProblemCode, position: number, message: string) => {
    const { line, col } = lines.linePos(position)
    problems.push({ file, line: Math.max(line, 1), column: Math.max(col, 1), code, message })
  }
  for (const error of document.errors) add('yaml', error.pos[0], `This is not YAML: ${error.message}`)
  return {
    file,
    value: document.errors.length > 0 ? null : document.toJS(),
    report: (code, path, message, offset = 0) =>
      add(code, positionOf(document, path, offset, code === 'unknown_key'), message),
  }
}

/** A scalar is pointed at itself; a collection or an empty value by its key; what is missing by what holds it. */
function positionOf(document: Document, path: Path, offset: number, atKey = false): number {
  const node = path.length === 0 ? document.contents : document.getIn(path, true)
  const last = path.at(-1)
  if (typeof last === 'string' && (atKey || !(isScalar(node) && node.value !== null))) {
    const holder = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
    const pair = isMap(holder)
      ? holder.items.find((item) => isScalar(item.key) && String(item.key.value) === last)
      : null
    if (isPair(pair) && isNode(pair.key) && pair.key.range) return pair.key.range[0]
  }
  if (isNode(node) && node.range) return node.range[0] + (isScalar(node) ? inside(node.type, offset) : 0)
  return path.length === 0 ? 0 : positionOf(document, path.slice(0, -1), 0)
}

function inside(style: string | undefined | null, offset: number): number {
  if (offset === 0) return 0
  if (style === 'PLAIN') return offset
  return style === 'QUOTE_DOUBLE' || style === 'QUOTE_SINGLE' ? offset + 1 : 0
}
