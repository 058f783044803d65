import type { Body } from '../client/person.ts'
import { filled } from '../client/fill.ts'
import type { Journey } from './telling/tell.ts'
import { assessed, home } from './ground/people.ts'

export const override: Journey = {
  name: 'override',
  title: 'Une étape terminée hors de son tour : un motif, deux signatures, et le décompte dit où la règle ne va pas',
  async tell(world) {
    const { story } = world
    const { manager, colleague, supervisor, deputy, coordinator, bamakoSupervisor } = world.cast
    story.chapter('Le plan est prêt sur papier, la gestionnaire est injoignable')
    const number = await home(world, { name: 'Assa' })
    await assessed(world, number)
    const draft = await world.item(supervisor, number, 'plan.draft')
    const before = await counted(supervisor, 'draft')
    const act = `/api/v1/cases/${number}/actions/override_step`
    const reason = 'Plan signé sur papier, la gestionnaire est en brousse.'
    const asked = { step: draft, outcome: 'drafted', cause: 'done_otherwise', reason }
    const { form } = await supervisor.get(`/api/v1/work/${draft}`)
    const given = { needs: [], budget: 650_000, economic: true }
    const { answers } = filled(form as Body, 'drafted', given, world.today)
    const { budget: _budget, ...unread } = answers
    await world.refused('sans motif, rien', supervisor, act, { ...asked, answers, reason: '' }, { code: 'unreadable' })
    await world.refused(
      'sans ce que les étapes suivantes liront',
      supervisor,
      act,
      { ...asked, answers: unread },
      { code: 'answers_invalid', says: /Budget du plan/ },
    )
    await world.refused(
      'une gestionnaire n’en décide pas',
      manager,
      act,
      { ...asked, answers },
      { code: 'role_required' },
    )
    const preview = await supervisor.post(`${act}?preview=true`, { ...asked, answers })
    story.expect('on peut d’abord voir ce qui suivrait', preview['status'] === 'preview')
    await world.act(supervisor, number, 'override_step', { ...asked, answers })
    story.expect('une signature ne suffit pas : l’étape est toujours ouverte', await isOpen(supervisor, draft))
    story.expect('et n’est pas encore comptée', (await counted(supervisor, 'draft')) === before)

    story.chapter('La seconde signature')
    const sign = `/api/v1/cases/${number}/actions/countersign`
    const second = { code: 'second_person_required' }
    await world.refused('pas par la même personne', supervisor, sign, { step: draft }, second)
    await world.refused('ni par une gestionnaire', colleague, sign, { step: draft }, second)
    await world.act(coordinator, number, 'countersign', { step: draft })
    story.expect('l’étape est terminée', !(await isOpen(supervisor, draft)))
    await world.opened('la validation attend', supervisor, number, 'plan.validation')
    const { entries } = await supervisor.get(`/api/v1/cases/${number}/timeline?limit=10`)
    for (const text of (entries as Body[]).map((one) => String(one['text'])).filter((one) => /tour/.test(one)))
      story.tell(world.today, `Au fil du dossier : ${text}`)
    const told = (entries as Body[]).some((one) => one['kind'] === 'override_proposed')
    story.expect('le fil du dossier en garde la trace', told)
    const own = { code: 'own_submission' }
    await world.refusedStep('qui a proposé ne valide pas', supervisor, number, 'plan.validation', 'approved', own)
    await world.complete(deputy, number, 'plan.validation', 'approved')
    await world.complete(manager, number, 'signature', 'signed')

    story.chapter('Ce que le décompte montre')
    story.expect('une fois de plus, à Kayes, au plan', (await counted(supervisor, 'draft')) === before + 1)
    const { items } = await supervisor.get('/api/v1/overrides')
    for (const row of items as Body[]) story.tell(world.today, sentence(row))
    story.expect('Bamako ne compte pas Kayes', (await counted(bamakoSupervisor, 'draft')) === 0)
  },
}

async function isOpen(person: { get(path: string): Promise<Body> }, item: string): Promise<boolean> {
  return (await person.get(`/api/v1/work/${item}`))['state'] === 'open'
}

async function counted(person: { get(path: string): Promise<Body> }, step: string): Promise<number> {
  const { items } = await person.get('/api/v1/overrides')
  const these = (items as Body[]).filter((one) => (one['step'] as Body)['id'] === step)
  return these.reduce((sum, one) => sum + Number(one['count']), 0)
}

function sentence({ procedure, step, place, count, causes }: Body): string {
  const label = (one: unknown): string => String((one as Body)['label'])
  const because = (causes as Body[]).map((one) => `${label(one['cause'])} (${String(one['count'])})`).join(', ')
  return `${label(procedure)}, « ${label(step)} », ${label(place)} : ${String(count)} — ${because}`
}
