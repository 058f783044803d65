/** Intake forgets: documents lose what they say about place, device and author before they are stored. */

import { stripJpeg } from './strip-jpeg.ts'
import { stripPdf } from './strip-pdf.ts'

export const ACCEPTED_TYPES = ['image/jpeg', 'image/png', 'application/pdf'] as const
export type MediaType = (typeof ACCEPTED_TYPES)[number]

export interface Stripped {
  bytes: Buffer
  /** False for PDF: what it keeps in compressed objects stays. */
  removed: boolean
}

const PNG_HEAD = Buffer.from('89504e470d0a1a0a', 'hex')
const PNG_KEPT = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'gAMA',
  'cHRM',
  'sRGB',
  'iCCP',
  'sBIT',
  'bKGD',
  'pHYs',
])

const stripPng = (bytes: Buffer): Buffer | null => {
  if (!bytes.subarray(0, 8).equals(PNG_HEAD)) return null
  const kept: Buffer[] = [PNG_HEAD]
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 12 + bytes.readUInt32BE(at)
    if (end > bytes.length) return null
    const type = bytes.toString('latin1', at + 4, at + 8)
    if (PNG_KEPT.has(type)) kept.push(bytes.subarray(at, end))
    if (type === 'IEND') return Buffer.concat(kept)
    at = end
  }
  return null
}

/** null when the bytes are not what their media type says. */
export const strip = (type: MediaType, bytes: Buffer): Stripped | null => {
  switch (type) {
    case 'image/jpeg': {
      const found = stripJpeg(bytes)
      return found === null ? null : { bytes: found, removed: true }
    }
    case 'image/png': {
      const found = stripPng(bytes)
      return found === null ? null : { bytes: found, removed: true }
    }
    case 'application/pdf': {
      const found = stripPdf(bytes)
      return found === null ? null : { bytes: found, removed: false }
    }
  }
}
