/** A JPEG without its metadata (place, device, names, comments); only the way it must be turned is kept. */

const SOI = 0xd8
const EOI = 0xd9
const SOS = 0xda
const APP0 = 0xe0
const APP1 = 0xe1
const APP14 = 0xee
const APP15 = 0xef
const COMMENT = 0xfe
const ORIENTATION_TAG = 0x0112

/** 1 to 8 as EXIF says; null when it says nothing. */
const orientationIn = (exif: Buffer): number | null => {
  if (exif.subarray(0, 6).toString('latin1') !== 'Exif\0\0' || exif.length < 16) return null
  const tiff = exif.subarray(6)
  const little = tiff.toString('latin1', 0, 2) === 'II'
  const u16 = (at: number): number =>
    at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at)
  const u32 = (at: number): number =>
    at + 4 > tiff.length ? 0 : little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at)
  const first = u32(4)
  for (let entry = 0; entry < u16(first); entry++) {
    const at = first + 2 + entry * 12
    const value = u16(at + 8)
    if (u16(at) === ORIENTATION_TAG) return value >= 1 && value <= 8 ? value : null
  }
  return null
}

/** An EXIF segment that holds nothing but the orientation. */
const onlyOrientation = (orientation: number): Buffer => {
  const tiff = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex')
  tiff.writeUInt16BE(orientation, 18)
  const payload = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
  const head = Buffer.from([0xff, APP1, 0, 0])
  head.writeUInt16BE(payload.length + 2, 2)
  return Buffer.concat([head, payload])
}

/** APP14 tells how colours are coded: without it some photographs come out inverted. */
const isMetadata = (marker: number): boolean =>
  (marker > APP0 && marker <= APP15 && marker !== APP14) || marker === COMMENT

/** Where the coded image data that begins at `from` ends: at the next marker that is no stuffing and no restart. */
const endOfScan = (bytes: Buffer, from: number): number => {
  for (let at = from; at + 1 < bytes.length; at++) {
    const next = bytes[at + 1] ?? 0
    if (bytes[at] === 0xff && next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  return bytes.length
}

/** null when the bytes are no JPEG that can be read to its end. What follows the image's end is dropped. */
export const stripJpeg = (bytes: Buffer): Buffer | null => {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return null
  const kept: Buffer[] = [bytes.subarray(0, 2)]
  let at = 2
  while (at + 2 <= bytes.length) {
    const marker = bytes[at + 1] ?? 0
    if (bytes[at] !== 0xff) return null
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === EOI) return Buffer.concat([...kept, bytes.subarray(at, at + 2)])
    const length = at + 4 <= bytes.length ? bytes.readUInt16BE(at + 2) : 0
    const end = marker === SOS ? endOfScan(bytes, at + 2 + length) : at + 2 + length
    if (length < 2 || end > bytes.length) return null
    const orientation = marker === APP1 ? orientationIn(bytes.subarray(at + 4, end)) : null
    if (orientation !== null && orientation !== 1) kept.push(onlyOrientation(orientation))
    else if (!isMetadata(marker)) kept.push(bytes.subarray(at, end))
    at = end
  }
  return null
}
