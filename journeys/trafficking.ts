import type { Journey } from './telling/tell.ts'
import { shifted, type StoryWorld } from './telling/world.ts'
import { home } from './ground/people.ts'
import { changed, seen } from './ground/seen.ts'

const SECRET = /signalement|indices|abri|traite|rétablissement|identification|trafficking/i
/** Of whatever case: it is named as who was told that a closure was approved. */
const TOLD_OF_EVERY_CLOSURE = /Point focal traite/g
const MAY_KNOW = /oumou\.sacko|mahamadou\.cisse|safiatou\.berthe|tidiani\.maiga/

export const trafficking: Journey = {
  name: 'trafficking',
  title: 'À son troisième entretien, elle parle : le signalement vit sa vie, et personne d’autre ne l’apprend',
  async tell(world) {
    const { story } = world
    const { manager, colleague, supervisor, coordinator, deputy, survey, focal } = world.cast
    const ordinary = [manager, colleague, supervisor, coordinator]
    story.chapter('Deux entretiens sans rien dire')
    const number = await home(world, { name: 'Aminata' })
    await world.complete(manager, number, 'first_contact', 'reached', { appointment: world.today })
    await world.complete(manager, number, 'assessment.counselling', 'done', { informed: true })

    story.chapter('Au troisième, elle raconte ; son gestionnaire le confie')
    const before = await Promise.all(ordinary.map((person) => seen(person, number)))
    const mailed = (await world.mails()).at(-1)?.id ?? 0
    const report = 'Son passeport a été gardé pendant deux ans.'
    const received = await world.begin(manager, number, 'ml-trafficking', { report })
    story.expect(
      'il lit seulement que c’est reçu',
      received['status'] === 'recorded' && !SECRET.test(JSON.stringify(received)),
    )
    const after = await Promise.all(ordinary.map((person) => seen(person, number)))
    for (const [index, person] of ordinary.entries()) {
      const pages = changed(before[index] ?? {}, after[index] ?? {})
      story.expect([`rien ne change dans ce que voit ${person.name}`, ...pages].join(' '), pages.length === 0)
    }
    const hidden = await world.item(focal, number, 'signs')
    const touch = { step: hidden, outcome: 'signs' }
    const unknown = { code: 'not_found' }
    for (const person of [manager, supervisor])
      await world.refused(
        'y toucher : introuvable',
        person,
        `/api/v1/cases/${number}/actions/complete_step`,
        touch,
        unknown,
      )

    await nobodyAnswers(world, number, mailed)
    await believed(world, number)

    story.chapter('Le plan est prêt, et personne ne sait pourquoi sa signature attend')
    await world.complete(manager, number, 'vulnerability', 'assessed', { level: 'medium' })
    await world.complete(manager, number, 'risks', 'done')
    await world.complete(manager, number, 'assessment.family', 'done', { accepted: true })
    await world.complete(manager, number, 'skills', 'done', { can_work: true })
    await world.complete(survey, number, 'rss_baseline', 'surveyed', { composite: 0.4 })
    await world.complete(supervisor, number, 'eligibility', 'eligible')
    await world.complete(manager, number, 'plan.draft', 'drafted', { needs: [], budget: 650_000, economic: false })
    await world.complete(supervisor, number, 'plan.validation', 'approved')
    const waits = { code: 'on_hold', says: /vérification/ }
    await world.refusedStep('la signature attend une vérification', manager, number, 'signature', 'signed', waits)
    await world.complete(focal, number, 'return_risk', 'may_go')
    await world.complete(manager, number, 'signature', 'signed')
    await world.complete(manager, number, 'launch', 'launched')

    await protectedYear(world, number)

    story.chapter('La clôture attend le dernier mot de qui la suit')
    await world.begin(manager, number, 'ml-closure')
    await world.complete(manager, number, 'proposal', 'proposed', { reason: 'goals_reached' })
    await world.complete(supervisor, number, 'approval', 'approved')
    await world.complete(manager, number, 'last_meeting', 'held', { complaint: false })
    await world.refusedStep('pas encore, sans dire pourquoi', deputy, number, 'archive', 'closed', waits)
    await world.complete(focal, number, 'trafficking.follow_up', 'over')
    await world.complete(deputy, number, 'archive', 'closed')

    story.chapter('Ce qui en est resté ailleurs')
    for (const person of ordinary) {
      const read = JSON.stringify(await seen(person, number)).replaceAll(TOLD_OF_EVERY_CLOSURE, '')
      story.expect(`${person.name} n’en a jamais lu un mot`, !SECRET.test(read))
    }
    const elsewhere = (await world.mails(mailed)).filter((mail) => !MAY_KNOW.test(mail.to))
    story.expect(
      'ni aucun courriel, sinon à qui peut savoir',
      elsewhere.every((mail) => !SECRET.test(mail.subject + mail.text)),
    )
  },
}

/** The focal point does not answer: the clock speaks to people who may know, in words that say nothing. */
async function nobodyAnswers(world: StoryWorld, number: string, mailed: number): Promise<void> {
  const { story } = world
  story.chapter('Cinq jours sans réponse : la relance monte, entre ceux qui peuvent savoir')
  // A report of the evening is late after midnight, and three days later is the end of a day.
  await world.days(5)
  const veiled = (await world.mails(mailed)).filter((mail) => /quelque chose vous attend/.test(mail.subject))
  for (const [who, login] of [
    ['le point focal', 'oumou.sacko'],
    ['la coordination de lutte contre la traite', 'mahamadou.cisse'],
  ] as const)
    story.expect(
      `${who} a été relancé`,
      veiled.some((mail) => mail.to.includes(login)),
    )
  story.expect(
    'ces courriels ne vont qu’à ceux qui peuvent savoir, et ne nomment pas le dossier',
    veiled.every((mail) => MAY_KNOW.test(mail.to) && !mail.text.includes(number)),
  )
}

/** Safe the same day, then heard by people of the trade; help comes before anything is asked of her. */
async function believed(world: StoryWorld, number: string): Promise<void> {
  const { focal, trained, authority, antiTrafficking } = world.cast
  world.story.chapter('Le point focal la croit : à l’abri d’abord')
  await world.opened('la coordination relancée peut agir', antiTrafficking, number, 'signs')
  await world.complete(focal, number, 'signs', 'signs', { indicators: ['documents', 'unpaid_work'] })
  await world.complete(focal, number, 'trafficking.safety', 'safe', { shelter: 'b', threat: true })
  await world.complete(trained, number, 'trafficking.agreement', 'given', { complaint: false })
  await world.complete(trained, number, 'assistance', 'done', { needs: [{ key: 'n1', kind: 'care', urgent: true }] })
  await world.complete(trained, number, 'protected-help.agreement', 'given')
  await world.complete(trained, number, 'arrangement', 'arranged')
  await world.complete(trained, number, 'protected-help.check', 'met')
  await world.complete(focal, number, 'trafficking.interview', 'held')
  const rest = { from: world.today, to: shifted(world.today, 1, 0) }
  await world.complete(focal, number, 'recovery', 'done', rest)
  const own = { code: 'role_required' }
  await world.refusedStep('qui l’a entendue n’identifie pas', focal, number, 'identification', 'identified', own)
  await world.complete(authority, number, 'identification', 'identified')
}

/** A plan of protection, its five visits, and the end of the period in which nothing is asked of her. */
async function protectedYear(world: StoryWorld, number: string): Promise<void> {
  const { focal, trained } = world.cast
  world.story.chapter('Une année sous protection')
  await world.complete(trained, number, 'trafficking.plan', 'agreed')
  const agreed = world.today
  await world.until(shifted(agreed, 1, 0))
  await world.complete(focal, number, 'recovery_review', 'over')
  for (const months of [1, 2, 3, 6, 12]) {
    await world.until(shifted(agreed, months, 0))
    await world.complete(trained, number, 'trafficking.visits', 'seen', { safe: true })
  }
}
