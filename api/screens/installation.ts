import type { z } from '@hono/zod-openapi'
import type { Deps, Language } from '../context/deps.ts'
import type { InstallationAnswer } from '../auth/schema.ts'

const TEXTS = {
  training: {
    fr: 'Formation : les courriels ne partent pas, la date peut être avancée',
    en: 'Training: no mail leaves, the date can be moved forward',
  },
  service: { fr: 'Service', en: 'Service' },
}

/** What every client should show: the kind of installation and the business date. */
export const describeInstallation = async (
  deps: Deps,
  language: Language,
): Promise<z.infer<typeof InstallationAnswer>> => {
  const { now } = await deps.present()
  const { kind, version } = deps.installation
  return { kind, text: TEXTS[kind][language], business_date: new Date(now).toISOString().slice(0, 10), version }
}
