/** Looks for words in every file under a folder, whatever the program that wrote them, also as they travel encoded. */

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface Leak {
  file: string
  canary: string
  as: string
}

/**
 * base64 depends on where in the text a word begins: three ways, without the letters that its neighbours share. A word of
 * fewer than eight letters would be found by chance.
 */
const inBase64 = (word: Buffer): Buffer[] =>
  [0, 1, 2].map((shift) => {
    const whole = Buffer.concat([Buffer.alloc(shift), word])
      .toString('base64')
      .replace(/=+$/, '')
    return Buffer.from(whole.slice(shift === 0 ? 0 : shift + 1, whole.length - 2))
  })

const quotedPrintable = (word: string): Buffer =>
  Buffer.from(
    [...Buffer.from(word)]
      .map((byte) => (byte > 126 ? `=${byte.toString(16).toUpperCase()}` : String.fromCharCode(byte)))
      .join(''),
  )

function waysOf(word: string): [string, Buffer][] {
  const bytes = Buffer.from(word)
  const ways: [string, Buffer][] = [
    ['text', bytes],
    ['utf-16', Buffer.from(word, 'utf16le')],
    ['hex', Buffer.from(bytes.toString('hex'))],
    ['quoted-printable', quotedPrintable(word)],
    [
      'JSON',
      Buffer.from(
        JSON.stringify(word)
          .slice(1, -1)
          .replaceAll(/[\u0080-\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`),
      ),
    ],
    ['URL', Buffer.from(encodeURIComponent(word))],
    ...inBase64(bytes).map((way): [string, Buffer] => ['base64', way]),
  ]
  return ways.filter(([, way], index) => ways.findIndex(([, one]) => one.equals(way)) === index)
}

export async function leaksIn(folder: string, canaries: string[]): Promise<Leak[]> {
  const ways = canaries.flatMap((canary) => waysOf(canary).map(([as, bytes]) => ({ canary, as, bytes })))
  const leaks: Leak[] = []
  for (const one of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = join(one.parentPath, one.name)
    for (const { canary, as } of ways.filter((way) => file.includes(way.canary)))
      leaks.push({ file, canary, as: `name, ${as}` })
    if (!one.isFile()) continue
    const content = await readFile(file)
    for (const { canary, as, bytes } of ways) if (content.includes(bytes)) leaks.push({ file, canary, as })
  }
  return leaks
}
