import type { Body, Person } from '../client/person.ts'
import type { Journey } from './telling/tell.ts'
import { type Mail, shifted, type StoryWorld } from './telling/world.ts'
import { NEEDS, received, settled } from './ground/people.ts'

export const agentLeaves: Journey = {
  name: 'agent-leaves',
  title: 'Une gestionnaire part en congé, un agent tombe malade : rien ni personne n’attend sans quelqu’un',
  async tell(world) {
    const { story } = world
    const { manager, colleague, bamakoManager, supervisor, antenna } = world.cast
    const number = await settled(world, { name: 'Ramata' }, { needs: [NEEDS.health], economic: true })
    await world.complete(manager, number, 'need', 'done', { urgency: '3d' })
    await world.complete(manager, number, 'agreement', 'given')
    await world.complete(manager, number, 'provider', 'chosen', { to: 'csref-kayes', rank: 1 })
    await world.complete(manager, number, 'sending', 'sent')
    const before = await clocks(supervisor, number)

    story.chapter('Quinze jours de congé : d’abord voir, puis transmettre')
    const leave = (to: Person): Body => ({
      from: manager.id,
      to: [to.id],
      reason: 'leave',
      until: shifted(world.today, 0, 14),
    })
    await world.refused('nul ne transmet son propre travail', manager, '/api/v1/handovers', leave(colleague), {
      code: 'role_required',
    })
    await world.refused(
      'ni à qui ne tient pas le rôle à Kayes',
      supervisor,
      '/api/v1/handovers',
      leave(bamakoManager),
      {
        code: 'answers_invalid',
        says: /manque un successeur.*Gestionnaire de cas \(Kayes\)/,
      },
    )
    const preview = await supervisor.post('/api/v1/handovers?preview=true', leave(colleague))
    story.expect(
      `l’aperçu : ${String(preview['total'])} dossier(s) passeraient à ${colleague.name}, et rien n’a bougé`,
      Number(preview['total']) >= 1 && (await managerOf(supervisor, number)) === manager.id,
    )
    const begun = await supervisor.post('/api/v1/handovers', leave(colleague))
    const away = await settledHandover(world, supervisor, begun)
    story.tell(world.today, `${manager.name} part en congé : ${String(away['text'])}`)
    story.expect(
      'tout est passé, rien n’a été laissé de côté',
      away['status'] === 'away' && away['left'] === 0 && away['left_out'] === 0,
    )
    story.expect('le dossier a un gestionnaire', (await managerOf(supervisor, number)) === colleague.id)
    story.expect(
      'la réponse du prestataire lui revient aussi',
      (await owner(supervisor, number, 'answer')) === colleague.id,
    )
    story.expect('aucune étape n’est restée à l’absente', (await workOf(supervisor, manager)) === 0)
    story.expect('aucune échéance n’a bougé', same(await clocks(supervisor, number), before))
    await world.complete(colleague, number, 'pathway', 'job', { training: false })
    const change = `/api/v1/cases/${number}/actions/change_case_manager`
    await world.refused(
      'd’ici là, nul ne peut lui donner un dossier',
      supervisor,
      change,
      { to: manager.id },
      {
        code: 'answers_invalid',
        says: /absente jusqu’au/,
      },
    )

    story.chapter('Elle revient : tout revient')
    await world.days(15)
    const back = await supervisor.get(String(begun['href']))
    story.expect('la transmission est terminée', back['status'] === 'done')
    story.expect('elle suit de nouveau son dossier', (await managerOf(supervisor, number)) === manager.id)
    story.expect('et l’étape du prestataire', (await owner(supervisor, number, 'answer')) !== colleague.id)

    story.chapter('L’unique agent d’antenne de Kayes tombe malade')
    const other = await received(world, { name: 'Sékou', opening: { sex: 'm' } })
    await world.complete(world.cast.head, other, 'onward_transport', 'left', { destination: 'ml-kayes' })
    await world.opened('son dossier attend l’antenne', antenna, other, 'home_reached')
    const mailed = (await world.mails()).at(-1)?.id ?? 0
    const until = shifted(world.today, 0, 3)
    const illness = { from: antenna.id, to: [supervisor.id], reason: 'illness', until }
    const ill = await settledHandover(world, supervisor, await supervisor.post('/api/v1/handovers', illness))
    story.tell(world.today, `${antenna.name} est malade : ${String(ill['text'])}`)
    const told = await mailsAbout(world, mailed, other)
    for (const mail of told) story.tell(world.today, `Courriel à ${mail.to} : ${mail.subject}`)
    story.expect('l’échelon suivant est prévenu aussitôt, en un seul courriel', told.length === 1)
    story.expect(
      'le superviseur de Kayes est de ceux qui lisent',
      told.some((mail) => mail.to.includes('moussa.traore')),
    )
    story.expect('le trou est dans la liste de la coordination', (await holesAt(world, 'antenna_agent')) === 1)

    story.chapter('Guéri, il reprend sa file')
    await world.days(4)
    story.expect('le trou n’est plus listé', (await holesAt(world, 'antenna_agent')) === 0)
    const since = (await world.mails(mailed)).filter((mail) => mail.text.includes(other))
    story.expect(
      'et n’a été dit qu’une fois',
      since.filter((mail) => mail.subject.includes('plus personne')).length === 1,
    )
    await world.complete(antenna, other, 'home_reached', 'reached')
  },
}

const managerOf = async (person: Person, number: string): Promise<unknown> =>
  ((await person.get(`/api/v1/cases/${number}`))['case_manager'] as Body | null)?.['id']

async function owner(person: Person, number: string, step: string): Promise<unknown> {
  const { open_steps: steps } = await person.get(`/api/v1/cases/${number}`)
  const found = (steps as Body[]).find((one) => String(one['id']).split('.')[2] === step)
  return (found?.['owner'] as Body | null)?.['id']
}

async function workOf(person: Person, of: Person): Promise<number> {
  return ((await person.get(`/api/v1/work?scope=places&owner=${of.id}`))['items'] as Body[]).length
}

async function clocks(person: Person, number: string): Promise<string[]> {
  const { items } = await person.get(`/api/v1/cases/${number}/clocks`)
  return (items as Body[]).map((one) => `${String(one['clock'])} ${String(one['at'])}`).toSorted()
}
const same = (one: string[], other: string[]): boolean => one.length > 0 && String(one) === String(other)

async function settledHandover(world: StoryWorld, person: Person, begun: Body): Promise<Body> {
  let answer = begun
  for (let tries = 0; answer['status'] === 'running' && tries < 100; tries += 1) {
    await world.moment(200)
    answer = await person.get(String(begun['href']))
  }
  return answer
}

/** Mail goes out within moments; what does not come in half a minute does not come. */
async function mailsAbout(world: StoryWorld, after: number, number: string): Promise<Mail[]> {
  for (let tries = 0; tries < 60; tries += 1) {
    const found = (await world.mails(after)).filter((mail) => mail.text.includes(number))
    if (found.length > 0) return found
    await world.moment(500)
  }
  return []
}

async function holesAt(world: StoryWorld, role: string): Promise<number> {
  const { items } = await world.cast.desk.get('/api/v1/troubles')
  return (items as Body[]).filter((one) => (one['role'] as Body | undefined)?.['id'] === role).length
}
