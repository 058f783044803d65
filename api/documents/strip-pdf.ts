/**
 * A PDF loses who wrote it, with what and when. Each value is blanked where it stands, so that the offsets that the file
 * counts by stay right; what a PDF keeps in compressed objects cannot be reached so.
 */

const NAMES = /\/(?:Author|Creator|Producer|Title|Subject|Keywords|Company|Manager|CreationDate|ModDate)\s*(?=[(<])/g
const PACKETS = ['x:xmpmeta', 'rdf:RDF']

/** null when it is no PDF. As long as before, to the byte. */
export const stripPdf = (bytes: Buffer): Buffer | null => {
  if (bytes.subarray(0, 5).toString('latin1') !== '%PDF-') return null
  const text = bytes.toString('latin1')
  const kept = Buffer.from(bytes)
  for (const [from, to] of [...strings(text), ...PACKETS.flatMap((tag) => packets(text, tag))]) kept.fill(' ', from, to)
  return kept
}

type Span = [from: number, to: number]

/** What stands between the brackets of each value. Every byte is looked at once, whatever the file says. */
function strings(text: string): Span[] {
  const found: Span[] = []
  const names = new RegExp(NAMES)
  for (let name = names.exec(text); name; name = names.exec(text)) {
    const end = endOfString(text, names.lastIndex)
    if (end > names.lastIndex) found.push([names.lastIndex + 1, end])
    names.lastIndex = Math.max(end, names.lastIndex)
  }
  return found
}

/** Of its closing bracket; of the text when there is none; where it began, for a dictionary. */
function endOfString(text: string, from: number): number {
  if (text.startsWith('<<', from)) return from
  if (text[from] === '<') return (text.indexOf('>', from) + 1 || text.length + 1) - 1
  let depth = 0
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '(') depth += 1
    else if (text[at] === ')') depth -= 1
    if (depth === 0) return at
  }
  return text.length
}

function packets(text: string, tag: string): Span[] {
  const found: Span[] = []
  for (let from = text.indexOf(`<${tag}`); from >= 0;) {
    const to = text.indexOf(`</${tag}>`, from)
    if (to < 0) break
    found.push([from, to + tag.length + 3])
    from = text.indexOf(`<${tag}`, to)
  }
  return found
}
