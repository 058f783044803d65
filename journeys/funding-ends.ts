import type { Body, Person } from '../client/person.ts'
import type { Journey } from './telling/tell.ts'
import { shifted } from './telling/world.ts'
import { begun, lifted, previewed } from './ground/batches.ts'
import { held, told, workedBetween } from './ground/deadlines.ts'
import { settled } from './ground/people.ts'

export const fundingEnds: Journey = {
  name: 'funding-ends',
  title: 'Le bailleur se retire : chaque dossier cherche le sien, et nul n’est clos sans qu’une personne le décide',
  async tell(world) {
    const { story } = world
    const { manager, supervisor, coordination } = world.cast
    const numbers: string[] = []
    for (const name of ['Mah', 'Tenin', 'Bintou', 'Nana'])
      numbers.push(await settled(world, { name }, { economic: true }))
    const [taken = '', revised = '', alone = '', waiting = ''] = numbers
    await world.days(2)
    const step = await world.item(manager, taken, 'pathway')
    const before = await told(manager, taken, step)
    const left = await workedBetween(manager, world.today, before.at.slice(0, 10))

    story.chapter('La fin de financement, pour ces dossiers-là')
    const ending: Body = {
      procedure: 'ml-funding-ends',
      cases: { numbers, procedure: 'ml-economic' },
      answers: { ends_on: shifted(world.today, 2, 0) },
    }
    const typing = { ...ending, cases: { numbers: [...numbers, '26-0000-000'] } }
    await world.refused('un numéro mal copié arrête tout', coordination, '/api/v1/batches', typing, {
      code: 'answers_invalid',
      says: /Numéro 5/,
    })
    const preview = await previewed(coordination, ending)
    story.expect(`aperçu : ${String(preview['text'])}`, preview['done'] === 4 && preview['left_out'] === 0)
    const batch = await begun(world, coordination, ending)
    story.expect('dans les quatre', batch['done'] === 4)
    for (const number of numbers)
      story.expect(
        `${number} : l’appui attend`,
        (await held(supervisor, number)).some((one) => /\.pathway\./.test(one)),
      )

    story.chapter('Repris par un autre bailleur')
    await world.days(5)
    await world.complete(supervisor, taken, 'new_funder', 'taken_over')
    const after = await told(manager, taken, step)
    const back = await workedBetween(manager, world.today, after.at.slice(0, 10))
    story.expect(`${left} jours ouvrés restaient, ${back} restent`, back === left)

    story.chapter('Sans bailleur : le plan est revu, ou la clôture est proposée')
    await world.complete(supervisor, revised, 'new_funder', 'without')
    await world.opened('un projet de plan est à revoir', manager, revised, 'plan.draft')
    await world.complete(supervisor, alone, 'new_funder', 'none_found')
    await world.days(60)
    story.expect('deux mois de silence n’ont rien clos', (await status(supervisor, alone)) === 'open')
    await world.opened('la clôture attend une personne', manager, alone, 'closure.proposal')

    story.chapter('Le bailleur revient pour qui attendait encore')
    const late = (await world.mails()).some((mail) => mail.text.includes(waiting) && /autre bailleur/.test(mail.text))
    story.expect('entre-temps, l’attente avait été relancée', late)
    const over = await lifted(world, coordination, batch)
    const lifting = over['lifting'] as { done: number; over: number }
    story.expect('un dossier repris, trois déjà décidés', lifting.done === 1 && lifting.over === 3)
    story.expect('son appui reprend', (await held(supervisor, waiting)).length === 0)
    await world.complete(manager, waiting, 'pathway', 'job', { training: false })
  },
}

const status = async (person: Person, number: string): Promise<string> =>
  String((await person.get(`/api/v1/cases/${number}`))['status'])
