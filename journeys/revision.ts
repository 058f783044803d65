import type { Body, Person } from '../client/person.ts'
import type { Journey } from './telling/tell.ts'
import { shifted, type StoryWorld } from './telling/world.ts'
import { granted, started } from './ground/grant.ts'
import { NEEDS, settled } from './ground/people.ts'

const CHANGED = { key: 'b2', family: 'psychosocial', urgency: '1d' }
const ADDED = { key: 'b3', family: 'material', urgency: '3d' }

export const revision: Journey = {
  name: 'revision',
  title: 'Un plan révisé, une étape rouverte, une date d’arrivée corrigée : rien n’est défait en silence',
  async tell(world) {
    const { story } = world
    const { manager, supervisor } = world.cast
    const needs = [NEEDS.health, NEEDS.psychosocial]
    const number = await settled(world, { name: 'Oumou' }, { needs, economic: true })
    const [health = '', mind = ''] = await world.items(supervisor, number, 'referral.need')
    await world.completeItem(manager, health, 'done', { family: 'health', urgency: '3d' })
    const run = runOf(health)
    await world.complete(manager, number, `${run}.agreement`, 'given')
    const provider = await world.item(manager, number, `${run}.provider`)
    await world.completeItem(manager, provider, 'chosen', { to: 'csref-kayes', rank: 1 })
    const asked = await deadlines(supervisor, number, run)

    story.chapter('Le plan change : un besoin reste, un change, un s’ajoute')
    await world.begin(manager, number, 'ml-plan')
    const plan = { needs: [NEEDS.health, CHANGED, ADDED], budget: 700_000, economic: true }
    await world.complete(manager, number, 'plan.draft', 'drafted', plan)
    await world.complete(supervisor, number, 'plan.validation', 'approved')
    await world.complete(manager, number, 'signature', 'signed')
    const pathway = await world.item(manager, number, 'pathway')
    await world.complete(manager, number, 'launch', 'launched')
    story.expect(
      'le référencement santé continue, délais compris',
      same(await deadlines(supervisor, number, run), asked),
    )
    const open = await world.items(supervisor, number, 'referral.need')
    story.expect('celui du besoin changé est remplacé', !open.includes(mind))
    story.expect('deux autres commencent : le changé et le nouveau', open.length === 2)
    story.expect('l’appui économique n’a pas recommencé', (await world.item(manager, number, 'pathway')) === pathway)

    story.chapter('Le prestataire choisi n’était pas le bon : l’étape est rouverte')
    const reopen = `/api/v1/cases/${number}/actions/reopen_step`
    const again = { step: provider, within: { amount: 1, unit: 'working_days' }, reason: 'Trop loin du village' }
    await world.refused('par un superviseur seulement', manager, reopen, again, { code: 'role_required' })
    const others = await openElsewhere(supervisor, number, run)
    await world.act(supervisor, number, 'reopen_step', again)
    const second = await world.item(manager, number, `${run}.provider`)
    story.expect('elle est à refaire, sous un nouveau tour', second !== provider)
    story.expect('le reste du dossier n’a pas bougé', same(await openElsewhere(supervisor, number, run), others))
    const work = await manager.get(`/api/v1/work/${second}`)
    const before = ((work['previous'] as Body)['answers'] as Body)['to']
    story.expect('ce qui avait été répondu est sous les yeux', before !== undefined)
    await world.completeItem(manager, second, 'chosen', { to: 'csref-kayes', rank: 1 })

    story.chapter('Six mois plus tard : elle était arrivée dix jours plus tôt')
    const arrived = world.today
    await granted(world, number, 500_000)
    await started(world, number, 100_000)
    await world.advance({ by: { amount: 4, unit: 'months' } })
    await world.days(3)
    await world.opened('la seconde tranche est à payer', world.cast.finance, number, 'second_tranche')
    const path = `/api/v1/cases/${number}/actions/correct_opening`
    const correction = { answers: { arrived_on: shifted(arrived, 0, -10) }, reason: 'Date lue sur le laissez-passer' }
    const clocks = await deadlines(supervisor, number, '')
    const shown = await manager.post(`${path}?preview=true`, correction)
    tellClocks(world, shown)
    const moved = (shown['clocks'] as Body[] | undefined) ?? []
    story.expect('avant de confirmer, on voit chaque échéance qui bougerait', moved.length > 0)
    story.expect('rien n’est encore écrit', same(await deadlines(supervisor, number, ''), clocks))
    const done = await ended(supervisor, number)
    await world.act(manager, number, 'correct_opening', correction)
    const now = await deadlines(supervisor, number, '')
    story.expect(
      'les échéances sont celles de l’aperçu',
      moved.every(({ id, at }) => now.includes(`${String(id)} ${String(at)}`)),
    )
    story.expect('aucune étape finie n’est défaite', same(await ended(supervisor, number), done))

    story.chapter('Et le budget du plan était mal recopié')
    const mailed = (await world.mails()).at(-1)?.id ?? 0
    const [drafted = ''] = (await endedItems(supervisor, number)).filter((item) => item.split('.')[2] === 'draft')
    const wrong = { step: drafted, answers: { budget: 720_000 }, reason: 'Faute de frappe' }
    const correct = `/api/v1/cases/${number}/actions/correct_answer`
    const told = (await manager.post(`${correct}?preview=true`, wrong))['notices'] as Body[]
    story.expect('l’aperçu dit qui a décidé là-dessus et sera prévenu', to(told).includes(supervisor.id))
    await world.act(manager, number, 'correct_answer', wrong)
    story.expect('le plan reste approuvé : au superviseur de voir', same(await ended(supervisor, number), done))
    await world.days(1)
    const mails = (await world.mails(mailed)).filter((mail) => mail.text.includes(number))
    story.expect(
      'il en a le courriel',
      mails.some((mail) => mail.to.includes('moussa.traore')),
    )
  },
}

const runOf = (item: string): string => item.split('.')[1] ?? ''
const same = (one: string[], other: string[]): boolean => one.length > 0 && String(one) === String(other)
const to = (notices: Body[] | undefined): unknown[] => (notices ?? []).map((one) => (one['to'] as Body)['id'])

/** Every deadline of a run, or of the whole case. */
async function deadlines(person: Person, number: string, run: string): Promise<string[]> {
  const { items } = await person.get(`/api/v1/cases/${number}/clocks`)
  const these = (items as Body[]).filter((one) => String(one['clock']).includes(run))
  return these.map((one) => `${String(one['clock'])} ${String(one['at'])}`).toSorted()
}

async function openElsewhere(person: Person, number: string, run: string): Promise<string[]> {
  const { open_steps: steps } = await person.get(`/api/v1/cases/${number}`)
  const ids = (steps as Body[]).map((one) => String(one['id']))
  return ids.filter((id) => runOf(id) !== run).toSorted()
}

async function endedItems(person: Person, number: string): Promise<string[]> {
  const { entries } = await person.get(`/api/v1/cases/${number}/timeline?limit=200`)
  const these = (entries as Body[]).filter((one) => one['kind'] === 'step_ended')
  return these.map((one) => String(one['step']))
}
const ended = async (person: Person, number: string): Promise<string[]> => (await endedItems(person, number)).toSorted()

function tellClocks(world: StoryWorld, shown: Body): void {
  for (const clock of (shown['clocks'] as Body[] | undefined) ?? []) {
    const [before, at] = [String(clock['before']).slice(0, 10), String(clock['at']).slice(0, 10)]
    world.story.tell(world.today, `Aperçu : ${String(clock['id']).split('.')[2]}, du ${before} au ${at}`)
  }
}
