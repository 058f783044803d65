import type { StoryWorld } from '../telling/world.ts'
import { shifted } from '../telling/world.ts'

/** First contact, the five assessments, eligibility, and a plan that is sent back once and approved by somebody else. */
export async function assessment(world: StoryWorld, number: string): Promise<void> {
  const { story } = world
  const { manager, supervisor, deputy, survey } = world.cast
  story.chapter('Évaluation et plan')
  await world.complete(manager, number, 'first_contact', 'reached', { appointment: shifted(world.today, 0, 2) })
  await world.days(2)
  await world.complete(manager, number, 'counselling', 'done', { informed: true })
  await world.complete(manager, number, 'vulnerability', 'assessed', { level: 'medium' })
  await world.complete(manager, number, 'risks', 'done')
  await world.complete(manager, number, 'family', 'done', { accepted: true })
  await world.complete(manager, number, 'skills', 'done', { can_work: true })
  await world.complete(survey, number, 'rss_baseline', 'surveyed', { composite: 0.42 })
  await world.days(1)
  await world.complete(supervisor, number, 'eligibility', 'eligible')

  const needs = [
    { key: 'b1', family: 'health', urgency: '3d' },
    { key: 'b2', family: 'psychosocial', urgency: '3d' },
  ]
  await world.complete(manager, number, 'draft', 'drafted', { needs, budget: 650_000, economic: false })
  const [validation = ''] = await world.items(supervisor, number, 'validation')
  const own = await manager.refused(`/api/v1/cases/${number}/actions/complete_step`, {
    step: validation,
    basis: 'x',
    outcome: 'approved',
    answers: {},
  })
  story.expect('qui a préparé le plan ne le valide pas', own.status === 403)
  await world.complete(supervisor, number, 'validation', 'sent_back')
  await world.days(1)
  await world.complete(manager, number, 'draft', 'drafted', { needs, budget: 720_000, economic: false })
  await world.complete(deputy, number, 'validation', 'approved')
  await world.complete(manager, number, 'signature', 'signed')
  await world.complete(manager, number, 'launch', 'launched')
  story.expect(
    'deux référencements commencent, un par besoin',
    (await world.items(manager, number, 'need')).length === 2,
  )
}
