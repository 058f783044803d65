import type { Journey } from './telling/tell.ts'
import { begun, leftOut, lifted, previewed } from './ground/batches.ts'
import { held, told, workedBetween } from './ground/deadlines.ts'
import { settled } from './ground/people.ts'

export const freeze: Journey = {
  name: 'freeze',
  title:
    'Le programme est gelé : les appuis attendent, chaque dossier est vérifié, puis tout reprend avec ce qui restait',
  async tell(world) {
    const { story } = world
    const { manager, supervisor, coordination } = world.cast
    const [first, second] = [
      await settled(world, { name: 'Fanta' }, { economic: true }),
      await settled(world, { name: 'Bakary', opening: { sex: 'm' } }, { economic: true }),
    ]
    const without = await settled(world, { name: 'Assa' })
    const step = await world.item(manager, first, 'pathway')
    await world.days(2)
    const before = await told(manager, first, step)
    const left = await workedBetween(manager, world.today, before.at.slice(0, 10))

    story.chapter('Voir d’abord : combien, où, et pourquoi d’autres n’en sont pas')
    const filter = { place: 'ml-kayes', procedure: 'ml-economic' }
    const frozen = { procedure: 'ml-freeze', cases: filter, answers: { reason: 'fraud' } }
    await world.refused('un superviseur ne gèle pas le programme', supervisor, '/api/v1/batches', frozen, {
      code: 'role_required',
    })
    const everywhere = { ...frozen, cases: {} }
    await world.refused('ni la coordination sans dire où', coordination, '/api/v1/batches', everywhere, {
      code: 'answers_invalid',
      says: /Quels dossiers/,
    })
    const preview = await previewed(coordination, frozen)
    story.tell(world.today, String(preview['text']))
    story.expect('rien n’a bougé', (await held(supervisor, first)).length === 0)

    story.chapter('Le gel')
    const froze = world.today
    const batch = await begun(world, coordination, frozen)
    story.expect('autant que l’aperçu l’annonçait', batch['done'] === preview['done'] && batch['waiting'] === 0)
    story.expect('l’orientation attend', (await held(supervisor, first)).includes(step))
    story.expect('qui n’a pas d’appui économique n’est pas gelé', (await held(supervisor, without)).length === 0)
    const job = { training: false }
    const onHold = { code: 'on_hold', says: /vérification/ }
    await world.refusedStep('aucune étape gelée n’avance', manager, first, 'pathway', 'job', onHold, job)
    const mailed = (await world.mails()).at(-1)?.id ?? 0
    await world.days(32)
    const mails = (await world.mails(mailed)).filter((mail) => mail.text.includes(first))
    story.expect(
      'pendant un mois, on ne relance que la vérification',
      mails.length > 0 && mails.every((mail) => !/Orientation de filière/.test(mail.text)),
    )

    story.chapter('Un dossier vérifié reprend sans attendre les autres')
    await world.complete(manager, second, 'freeze.verification', 'verified', { in_order: true })
    await world.complete(supervisor, second, 'freeze.lifting', 'lifted')
    await world.complete(manager, second, 'pathway', 'job', job)
    const again = await previewed(coordination, frozen)
    story.expect(
      'geler de nouveau laisserait ceux qui le sont',
      leftOut(again)['already_running']?.includes(first) ?? false,
    )

    story.chapter('La levée')
    const over = await lifted(world, coordination, batch)
    const lifting = over['lifting'] as { over: number; kept: number; left: number }
    story.expect('partout où c’était encore en cours', lifting.over >= 1 && lifting.kept === 0 && lifting.left === 0)
    const after = await told(manager, first, step)
    story.expect(
      `le compte le dit :\n                ${after.lines.join('\n                ')}`,
      after.lines.some((line) => line.startsWith('En pause')),
    )
    const back = await workedBetween(manager, world.today, after.at.slice(0, 10))
    story.expect(`${left} jours ouvrés restaient le ${froze}, ${back} restent`, back === left)
    const { items } = await coordination.get('/api/v1/batches')
    story.expect('le gel reste dans la liste, levé', String((items as { status: string }[])[0]?.status) === 'lifted')
    await world.complete(manager, first, 'pathway', 'job', job)
  },
}
