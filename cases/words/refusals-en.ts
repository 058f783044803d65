import type { ItemId } from '../events.ts'
import type { Refusal, Who } from '../refusals.ts'
import { fullInstantText } from './dates.ts'
import type { Labels, RefusalText } from './labels.ts'
import { oneOf } from './language.ts'
import { pointsText } from './points.ts'
import { amountText, whoText } from './who.ts'

export function refusedInEnglish(refusal: Refusal, labels: Labels): RefusalText {
  switch (refusal.code) {
    case 'role_required':
      return { title: 'This is not yours to do', detail: whose(refusal.who, labels) }
    case 'place_required':
      return { title: 'This case belongs to another place', detail: whose(refusal.who, labels) }
    case 'own_submission':
      return {
        title: 'Four eyes',
        detail: `You prepared what is to be decided: somebody else has to do it. ${whose(refusal.who, labels)}`,
      }
    case 'second_person_required':
      return {
        title: 'A second signature is needed',
        detail: `The same person cannot propose and confirm. ${whose(refusal.who, labels)}`,
      }
    case 'not_found':
      return { title: 'Not found', detail: 'Nothing matches this address. Check the number, then try again.' }
    case 'already_running':
      return {
        title: 'Already running in this case',
        detail: 'This procedure is open there: end it or lift it before it begins again.',
      }
    case 'step_not_open':
      return {
        title: 'This step is not open',
        detail:
          refusal.opens === null
            ? `“${labels.step(refusal.item)}” waits for another step, or is not needed in this case.`
            : `“${labels.step(refusal.item)}” will open on ${fullInstantText(refusal.opens, 'en')}.`,
      }
    case 'step_ended': {
      const outcome = labels.outcome(refusal.item, refusal.outcome)
      const when = fullInstantText(refusal.at, 'en')
      return {
        title: 'This step has already ended',
        detail:
          refusal.by === null
            ? `It ended on ${when}: ${outcome}.`
            : `${labels.user(refusal.by)} ended it on ${when}: ${outcome}.`,
      }
    }
    case 'step_reopened':
      return {
        title: 'This step was opened again meanwhile',
        detail: `“${labels.step(refusal.now)}” is to be done again: open it anew to see what is asked.`,
      }
    case 'changed_since_seen':
      return { title: 'The content changed since you read it', detail: 'Read what changed, then send again.' }
    case 'gate_closed':
      return {
        title: 'A condition is still missing',
        detail: refusal.gates.map((gate) => missing(gate, labels)).join(' '),
      }
    case 'on_hold':
      return {
        title: 'Waiting',
        detail: `This step is on hold until a check is done${lifting(refusal.by, labels)}.${ask(whoText(refusal.who, 'en', labels))}`,
      }
    case 'case_closed':
      return {
        title: 'This case is closed',
        detail:
          refusal.until === undefined
            ? 'Nothing in it can change any more, unless it is reopened.'
            : `It could be reopened until ${fullInstantText(refusal.until, 'en')}. Open a new case, which may name this one.`,
      }
    case 'limit_reached':
      return {
        title: 'The limit is reached',
        detail:
          refusal.most === 0
            ? 'Nothing is foreseen beyond this.'
            : `Already used: ${amountText(refusal.used, refusal.unit, 'en')} of ${refusal.most}.`,
      }
    case 'no_consent':
      return {
        title: "The person's consent is missing",
        detail: `No live consent allows this: ${labels.purpose(refusal.purpose)}. Ask the person for their consent first.`,
      }
    case 'answers_invalid':
      return { title: 'The form needs correcting', detail: pointsText(refusal.errors.length, 'en') }
    case 'key_reused':
      return {
        title: 'This request was already used for something else',
        detail: 'The same key came with other content. Send again with a new key.',
      }
  }
}

const whose = (who: Who[], labels: Labels): string =>
  who.length > 0
    ? `It falls to: ${whoText(who, 'en', labels)}.`
    : 'Nobody can do it at present: turn to national coordination.'

const lifting = (by: ItemId[] = [], labels: Labels): string =>
  by.length > 0 ? `: ${by.map((item) => `“${labels.step(item)}”`).join(', ')}` : '; it goes on by itself then'

const ask = (who: string): string => (who === '' ? '' : ` Ask: ${who}.`)

function missing({ gate, openedBy }: { gate: string; openedBy: string[] }, labels: Labels): string {
  const roles = oneOf(
    openedBy.map((role) => labels.role(role)),
    'en',
  )
  return roles === '' ? `Missing: ${labels.gate(gate)}.` : `Missing: ${labels.gate(gate)} (falls to: ${roles}).`
}
