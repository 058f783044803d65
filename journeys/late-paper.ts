import type { Body } from '../client/person.ts'
import type { Journey } from './telling/tell.ts'
import { shifted, type StoryWorld } from './telling/world.ts'
import { home } from './ground/people.ts'

export const latePaper: Journey = {
  name: 'late-paper',
  title: 'Un papier arrive tard : la prise de contact était faite à temps, le retard est annulé avec son histoire',
  async tell(world) {
    const { story } = world
    const { manager, supervisor } = world.cast
    const number = await home(world, { name: 'Mariam' })
    const opened = world.today
    const step = await world.item(manager, number, 'first_contact')
    const shown = await arithmetic(world, number)
    for (const line of shown) story.tell(world.today, line)
    story.expect(
      'l’explication compte les jours jusqu’à l’échéance',
      ['Départ', 'Compté', 'Échéance'].every((word) => shown.some((line) => line.includes(word))),
    )

    story.chapter('Trois semaines sans nouvelles de l’agent parti en brousse')
    const mailed = (await world.mails()).at(-1)?.id ?? 0
    await world.days(24)
    const late = (await supervisor.get(`/api/v1/work/${step}`))['deadline'] as Body
    story.expect('l’étape est en retard', late['state'] === 'late')
    const relayed = (await world.mails(mailed)).filter((mail) => mail.text.includes('Prise de contact'))
    story.expect('le gestionnaire puis le superviseur en ont été avertis', mailedTo(relayed).length >= 2)

    story.chapter('La fiche papier dit : personne jointe au quatrième jour')
    const act = `/api/v1/cases/${number}/actions/complete_step`
    const found = await manager.get(`/api/v1/work/${step}`)
    const paper = { ...world.answered(found, 'reached', { appointment: shifted(opened, 0, 10) }), via: 'paper' }
    const early = { ...paper, happened: shifted(opened, 0, -3) }
    const unbelievable = { code: 'answers_invalid', says: /vraisemblable/ }
    await world.refused('pas avant l’ouverture de l’étape', manager, act, early, unbelievable)
    const inTime = { ...paper, happened: shifted(opened, 0, 4) }
    const preview = await manager.post(`${act}?preview=true`, inTime)
    const announced = endedDeadline(preview)
    story.expect(`l’aperçu le dit d’abord : « ${String(announced['text'])} »`, preview['status'] === 'preview')
    story.expect(
      'il n’a rien enregistré',
      (await world.items(manager, number, 'first_contact')).length === 1 && announced['state'] === 'met',
    )
    const done = endedDeadline(await manager.post(act, inTime))
    story.expect('le retard est annulé', done['text'] === announced['text'] && done['state'] === 'met')
    const sent = done['already_sent'] as Body[]
    story.expect(
      `les ${sent.length} relances déjà parties sont énumérées, avec leur date et leur destinataire`,
      sent.length >= relayed.length && sent.every((one) => String(one['at']) > opened && one['to'] !== ''),
    )

    story.chapter('Ce qui en reste')
    const { entries } = await supervisor.get(`/api/v1/cases/${number}/timeline?limit=200`)
    const texts = (entries as Body[]).map((one) => String(one['text']))
    story.expect(
      'le journal garde le retard, les relances et leur annulation',
      ['Retard annulé', 'Prise de contact'].every((words) => texts.some((text) => text.includes(words))),
    )
    for (const line of await arithmetic(world, number)) story.tell(world.today, line)
    const next = await manager.get(`/api/v1/work/${await world.item(manager, number, 'assessment.counselling')}`)
    story.expect(
      'l’entretien compte depuis le jour du contact, non depuis la saisie',
      String((next['deadline'] as Body)['at']).startsWith(shifted(opened, 0, 10)),
    )
    const silence = (await world.mails()).at(-1)?.id ?? 0
    await world.days(15)
    story.expect(
      'plus aucune relance ne parle de l’étape annulée',
      (await world.mails(silence)).every((mail) => !mail.text.includes('Prise de contact')),
    )
  },
}

const mailedTo = (mails: { to: string }[]): string[] => [...new Set(mails.map((mail) => mail.to))]
const endedDeadline = (answer: Body): Body => ((answer['ended'] as Body[])[0]?.['deadline'] ?? {}) as Body

/** How the deadlines that a case waits for came about, line by line. */
async function arithmetic(world: StoryWorld, number: string): Promise<string[]> {
  const { waiting } = await world.cast.supervisor.get(`/api/v1/cases/${number}/explain`)
  return (waiting as Body[]).flatMap((one) => {
    const lines = (one['arithmetic'] ?? (one['deadline'] as Body | null)?.['arithmetic'] ?? []) as Body[]
    return [`« ${String(one['title'])} »`, ...lines.map((line) => `   ${String(line['text'])}`)]
  })
}
