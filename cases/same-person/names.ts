/** How a name sounds: the same key for `Diarra`, `Diara`, `Jara` and `DJARRA`, whatever the script of its clerk. */

/** Words that stand between names, or before them, and are left out by some clerks. */
const PARTICLES = new Set([
  'el',
  'al',
  'hadj',
  'hadja',
  'elhadj',
  'dit',
  'dite',
  'ag',
  'walet',
  'wallet',
  'ould',
  'mint',
])

/** Mande and Fula letters, and what French has of its own. */
const LETTERS: Record<string, string> = { ɛ: 'e', ɔ: 'o', ɲ: 'ny', ŋ: 'n', ɓ: 'b', ɗ: 'd', ƴ: 'y', œ: 'oe', æ: 'ae' }

/** The words of a name: no accents, no capitals; `N'Diaye` is one word. */
export const wordsOf = (name: string): string[] =>
  name
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f'’ʼ]/g, '')
    .toLowerCase()
    .replaceAll(/[ɛɔɲŋɓɗƴœæ]/g, (letter) => LETTERS[letter] ?? letter)
    .split(/[^a-z]+/)
    .filter((word) => word !== '' && !PARTICLES.has(word))

/** In order: French, English and national spellings of one sound become one. */
const SOUNDS: [RegExp, string][] = [
  [/ph/g, 'f'],
  [/t[cj]h?/g, 't'],
  [/dj|di(?=[aou])|dy(?=[aou])/g, 'j'],
  [/gn/g, 'ny'],
  [/gu(?=[eiy])/g, 'g'],
  [/[cs]h|[cs](?=[eiy])/g, 's'],
  [/c(?![aou])|[cq]u?(?=[aou])|[ck]+/g, 'k'],
  [/h/g, ''],
  [/ou(?=[aeiouy])/g, 'w'],
  [/ou|o/g, 'u'],
  [/[eiy]+/g, 'i'],
  [/n(?=[bp])/g, 'm'],
  [/(.)\1+/g, '$1'],
  [/uw$/, 'u'],
]

const bySound = (word: string): string => SOUNDS.reduce((text, [from, to]) => text.replace(from, to), word)

/** Spellings of one name that no rule of sound brings together. */
const ALIKE = [
  'mamadou mohamed mouhamadou mahamed muhammad mohammad mohamadou',
  'fatoumata fatimata fatima fatma fatim fatouma',
  'kadiatou khadidiatou kadidia khadija kadia',
  'ibrahima ibrahim ibrahime brehima birama',
  'aissata aissatou aicha assetou assa',
  'souleymane sulayman soulaiman',
  'oumar oumarou amar',
  'abdoulaye abdoulaï ablaye',
  'boubacar aboubacar aboubakr boubakr',
  'seydou saidou',
  'coulibaly kulubali',
  'traore tarawele tarawale',
  'doumbia doumbouya dumbuya',
  'bagayoko bagayogo',
]
const STANDS_FOR = new Map(
  ALIKE.flatMap((line) => {
    const [first = '', ...others] = line.split(' ').flatMap(wordsOf).map(bySound)
    return others.map((other): [string, string] => [other, first])
  }),
)

export function soundOf(word: string): string {
  const sound = bySound(word)
  return STANDS_FOR.get(sound) ?? sound
}

/** Each sound of a name once, in the order of the alphabet: clerks write the family name first or last. */
export const soundsOf = (name: string): string[] => [...new Set(wordsOf(name).map(soundOf))].toSorted()
