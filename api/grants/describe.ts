import type { Grant } from '../../database/queries/grants.ts'
import type { Caller } from '../context/deps.ts'
import { labelsFrom } from '../case/labels.ts'
import { named } from '../texts/names.ts'
import { signsAs, type Standing, waits, wouldDo } from './may-sign.ts'
import type { GrantShown } from './schema.ts'

const WORDS = {
  fr: {
    waiting: 'Attend la signature de quelqu’un qui exerce cette fonction ; rien n’est accordé d’ici là.',
    granted: 'Accordé.',
    refused: 'Refusé : rien n’a changé.',
    expired: 'Personne n’a signé à temps : rien n’a changé.',
    sign: 'Signer',
    refuse: 'Refuser',
    withdraw: 'Retirer',
  },
  en: {
    waiting: 'Waits for the signature of somebody who holds this role; nothing is given until then.',
    granted: 'Given.',
    refused: 'Refused: nothing has changed.',
    expired: 'Nobody signed in time: nothing has changed.',
    sign: 'Sign',
    refuse: 'Refuse',
    withdraw: 'Take back',
  },
} as const

export const stateOf = (grant: Grant, now: number): GrantShown['state'] =>
  grant.state === 'waiting' && !waits(grant, now) ? 'expired' : grant.state

export const describeGrant = async (
  { deps, session, language }: Caller,
  grant: Grant,
  standing: Standing,
): Promise<GrantShown> => {
  const labels = labelsFrom({ country: deps.country, names: await deps.names(), language, self: '', state: null })
  const words = WORDS[language]
  const state = stateOf(grant, standing.now)
  const action = (label: string, answer: 'signed' | 'refused') => ({
    act: 'answer',
    label,
    method: 'POST',
    href: `/api/v1/grants/${grant.id}/actions/answer`,
    body: { answer },
  })
  const signs = signsAs(grant, session.user, standing) !== null
  const actions = signs
    ? [action(words.sign, 'signed'), action(words.refuse, 'refused')]
    : grant.by === session.user
      ? [action(words.withdraw, 'refused')]
      : []
  const { answered } = grant
  return {
    id: grant.id,
    state,
    text: words[state],
    user: named(grant.user, labels.user),
    role: named(grant.role, labels.role),
    place: named(grant.place, labels.place),
    until: grant.until,
    by: named(grant.by, labels.user),
    asked: grant.asked.toISOString(),
    expires: grant.expires?.toISOString() ?? null,
    answered: answered && {
      by: named(answered.by, labels.user),
      as: named(answered.as, labels.role),
      at: answered.at.toISOString(),
    },
    who:
      state === 'waiting'
        ? wouldDo(grant, standing).map(({ role, place }) => ({
            role: named(role, labels.role),
            place: named(place, labels.place),
          }))
        : [],
    actions: state === 'waiting' ? actions : [],
  }
}
