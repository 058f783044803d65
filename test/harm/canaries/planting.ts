/** The same stories, with a word of its own in everything personal that a form, a reason or a note takes. */

import { randomBytes } from 'node:crypto'
import type { Body, Json, Person } from '../../../client/person.ts'
import { asked, type FormField } from '../../../client/fill.ts'
import { StoryWorld } from '../../../journeys/telling/world.ts'

const LENGTH = 14
const LETTERS = 'bcdfghjkmnpqrstvwxz'

export class Planted {
  /** What was planted, with where. */
  readonly words = new Map<string, string>()
  /** Consonants only: no word of ours, no key, no id is like it. */
  word(where: string): string {
    const word = [...randomBytes(LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]).join('')
    this.words.set(word, where)
    return word
  }
  /** Kinds of places: every field of every step once. */
  places(): string[] {
    return [...new Set(this.words.values())].toSorted()
  }
}

const REASONS = ['reason', 'text', 'because']
const IN_WORDS = ['report', 'words', 'note', 'details', 'message']

export class PlantingWorld extends StoryWorld {
  planted = new Planted()

  override answered(work: Body, outcome: string, given: Body): Body {
    const body = super.answered(work, outcome, given)
    const answers = body['answers'] as Body
    const fields = ((work['form'] as Body)['fields'] ?? []) as unknown as FormField[]
    const [, run = '', step = ''] = String(work['id']).split('.')
    for (const field of fields) {
      if (field.personal !== true || field.type !== 'text' || field.id in given) continue
      if (asked(field.ask_when, { ...answers, outcome }))
        answers[field.id] = this.planted.word(`${run.replace(/-\w+$/, '')}.${step}.${field.id}`)
    }
    const evidence = Object.keys((body['evidence'] ?? {}) as Body)
    for (const id of evidence)
      (body['evidence'] as Body)[id] = [{ paper: { kept_at: this.planted.word('evidence.kept_at') } }]
    return body
  }

  /** What a story sends to be refused is nowhere afterwards. */
  override async refusedStep(...about: Parameters<StoryWorld['refusedStep']>): Promise<void> {
    const before = new Set(this.planted.words.keys())
    await super.refusedStep(...about)
    for (const [word, where] of this.planted.words)
      if (!before.has(word)) this.planted.words.set(word, `refused, ${where}`)
  }

  override act(person: Person, number: string, act: string, body: Body): Promise<Body> {
    const answers = (body['answers'] ?? {}) as Body
    const told = Object.keys(answers).filter((name) => IN_WORDS.includes(name))
    const more = told.map((name): [string, Json] => [name, this.planted.word(`${act}.${name}`)])
    const reasons = REASONS.filter((name) => typeof body[name] === 'string' && act !== 'hand_over')
    const instead = reasons.map((name): [string, Json] => [name, this.planted.word(`${act}.${name}`)])
    const sent = { ...body, ...Object.fromEntries(instead) }
    if (told.length > 0) sent['answers'] = { ...answers, ...Object.fromEntries(more) }
    return super.act(person, number, act, sent)
  }
}
