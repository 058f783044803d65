/** One hour at a desk, for what the journey does not ask: a case with every act that people know, and a few refusals. */

import { randomUUID } from 'node:crypto'
import type { Body, Person } from '../../client/person.ts'

export interface Desk {
  agent: Person
  head: Person
  supervisor: Person
  coordinator: Person
  national: Person
  focal: Person
}
const PAPER = [{ paper: { kept_at: 'Classeur bleu' } }]
const TRIAGED = { outcome: 'ours', answers: { priority: 'none' }, evidence: { triage_sheet: PAPER } }
const CONSENT = { state: 'given', form: 'oral', language: 'fr' }

export async function hourAtTheDesk({ agent, head, supervisor, coordinator, national, focal }: Desk): Promise<void> {
  const me = await agent.get('/api/v1/me')
  const today = String((me['installation'] as Body)['business_date'])
  const open = (name: string): Promise<Body> =>
    agent.post('/api/v1/cases', {
      opening: 'ml-reception',
      place: 'senou',
      answers: { name, birth: '1994', arrived_on: today },
    })
  const stepOf = (opened: Body): string => String((opened['opened'] as Body[])[0]?.['id'])
  const first = await open('Awa Diarra')
  const at = `/api/v1/cases/${String(first['number'])}`
  const step = stepOf(first)
  const act = (person: Person, name: string, body: Body, key?: string): Promise<Body> =>
    person.post(`${at}/actions/${name}`, body, key)
  const refused = (person: Person, name: string, body: Body) => person.refused(`${at}/actions/${name}`, body)

  await agent.post('/api/v1/cases/search', { name: 'Diara Awa', birth: '1994' })
  await refused(agent, 'complete_step', { step, outcome: 'ours', answers: { priority: 'kings' } })
  await refused(agent, 'assign_step', { step, to: agent.id })
  await act(supervisor, 'assign_step', { step, to: agent.id, reason: 'Parle bambara' })
  await act(agent, 'delegate', { step, to: head.id })
  const key = randomUUID()
  await act(agent, 'add_note', { step, text: 'Sa sœur attend dehors' }, key)
  await agent.get(`${at}/actions/${key}`)
  await act(agent, 'complete_step', { step, ...TRIAGED })
  await refused(agent, 'complete_step', { step, ...TRIAGED })
  await act(agent, 'correct_answer', { step, answers: { priority: 'family' }, reason: 'Erreur de saisie' })
  await act(agent, 'correct_opening', { answers: { name: 'Awa Diarra', birth: '1995' }, reason: 'Mal entendu' })
  await act(agent, 'record_consent', { purpose: 'services', ...CONSENT })
  const consents = (await agent.get(at))['consents'] as Body[]
  await act(agent, 'withdraw_consent', { consent: consents[0]?.['id'] ?? '' })
  await act(supervisor, 'suspend', {
    review_on: `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`,
    reason: 'Hospitalisée',
  })
  await act(supervisor, 'resume', {})
  await act(supervisor, 'reopen_step', { step, within: { amount: 2, unit: 'days' }, reason: 'Fiche perdue' })
  await act(agent, 'begin_procedure', { procedure: 'ml-health' })
  const second = await open('Ibrahim Diarra')
  const other = `/api/v1/cases/${String(second['number'])}/actions`
  const out = { step: stepOf(second), ...TRIAGED, reason: 'Agent absent' }
  await supervisor.post(`${other}/override_step`, out)
  await coordinator.post(`${other}/countersign`, { step: stepOf(second) })
  const wanted = { user: supervisor.id, role: 'trafficking_focal', place: 'ml-bamako' }
  const { id } = await national.post('/api/v1/grants', wanted)
  await focal.get('/api/v1/grants')
  await focal.post(`/api/v1/grants/${String(id)}/actions/answer`, { answer: 'signed' })
  await national.refused('/api/v1/batches?preview=true', { procedure: 'ml-freeze', cases: { place: 'nowhere' } })
}
