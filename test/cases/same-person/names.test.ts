import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reasonsFor } from '../../../cases/same-person/likeness.ts'
import { marksFor, marksOf } from '../../../cases/same-person/marks.ts'
import { soundOf, soundsOf, wordsOf } from '../../../cases/same-person/names.ts'

const soundsOfAll = (names: string): string[] => [...new Set(names.split(' ').flatMap(wordsOf).map(soundOf))]

describe('the sound of a name', () => {
  it.each([
    'Diarra Diara Jara Djarra DIARRA',
    'Diallo Jallow Djalo',
    'Coulibaly Koulibali Kulubali',
    'Traoré Traore Tarawele',
    'Mamadou Mahamadou Mohamed Mohammed Mouhamadou Mahamed Muhammad',
    'Fatoumata Fatimata Fatima',
    'Kadiatou Khadidiatou Kadidia Khadija',
    'Ibrahim Ibrahima Bréhima',
    'Aïssata Aichata Aïcha Assétou',
    'Ouattara Watara Wattara',
    "N’Diaye NDiaye N'Diaye",
    'Cissé Sissé Cisse',
    'Cissoko Sissoko Sissokho',
    'Keïta Keita Kéita',
    'Hawa Awa Haoua',
    'Haïdara Aidara',
    'Doumbia Doumbouya Dumbuya',
    'Camara Kamara',
    'Dembélé Denbele',
    'Thiam Tiam',
    'Cheick Cheikh Sheick',
    'Souleymane Sulayman Soulemane',
    'Abdoulaye Ablaye',
    'Sɛku Sékou Sekou',
  ])('is one for %s', (names) => {
    expect(soundsOfAll(names)).toHaveLength(1)
  })

  it.each(['Traoré Touré', 'Moussa Maïssa Issa', 'Konaté Koné', 'Diop Dicko', 'Sacko Soucko', 'Zoumana Soumana'])(
    'keeps %s apart',
    (names) => expect(soundsOfAll(names)).toHaveLength(names.split(' ').length),
  )

  it('forgets titles and particles', () => {
    expect(soundsOf('El Hadj Oumar ag Alhassane')).toEqual(soundsOf('Oumar Alhassane'))
  })
})

describe('the marks of a person', () => {
  const shared = (one: Parameters<typeof marksOf>[0], other: Parameters<typeof marksOf>[0]): string[] => {
    const kept = new Set(marksOf(one).map((mark) => mark.text))
    return [...new Set(marksFor(other).flatMap((mark) => (kept.has(mark.text) ? [mark.kind] : [])))]
  }

  it('are found under another order, spelling and a year beside', () => {
    const kinds = shared({ name: 'Awa Diarra', birth: '1994-05-02' }, { name: 'DJARRA Hawa', birth: '1995' })
    expect(kinds).toContain('names_and_year')
  })
  it('are found by telephone with one name, with or without the country', () => {
    const kinds = shared({ name: 'Awa Diarra', phone: '+223 70 00 00 01' }, { name: 'Awa', phone: '70000001' })
    expect(kinds).toEqual(['name_and_phone'])
  })
  it('are found after a marriage by one name and the day of birth', () => {
    const kinds = shared({ name: 'Awa Diarra', birth: '1994-05-02' }, { name: 'Awa Keïta', birth: '1994-05-02' })
    expect(kinds).toEqual(['name_and_day'])
  })
  it('never stand for one field alone', () => {
    expect(marksOf({ name: 'Awa' })).toEqual([])
    expect(marksOf({ phone: '70 00 00 01', birth: '1994-05-02' })).toEqual([])
  })
  it('stay few, however long the text', () => {
    const text = fc.string({ maxLength: 400 })
    fc.assert(
      fc.property(text, text, text, (name, birth, phone) => {
        expect(marksFor({ name, birth, phone }).length).toBeLessThanOrEqual(50)
      }),
      { seed: 15 },
    )
  })
})

describe('likeness', () => {
  it('says why, best first', () => {
    const known = { name: 'Awa Diarra', birth: '1994', phone: '+223 70 00 00 01' }
    expect(reasonsFor({ name: 'Diara Awa', birth: '1994' }, known)).toEqual(['name_sounds_alike', 'same_year'])
    expect(reasonsFor({ name: 'Diarra Awa', phone: '70000001' }, known)).toEqual([
      'same_phone',
      'same_name_other_order',
    ])
    expect(reasonsFor({ name: 'Moussa Keïta', birth: '1994' }, known)).toEqual([])
  })
})
