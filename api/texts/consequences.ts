import type { Consequence } from '../../cases/explain.ts'
import type { Labels } from '../../cases/words/labels.ts'
import type { Language } from '../context/deps.ts'

/** What happens by itself if nobody acts, in a sentence each. */
export function consequenceText(one: Consequence, labels: Labels, item: string, language: Language): string {
  switch (one.kind) {
    case 'told':
      return language === 'fr'
        ? `${labels.role(one.role)} : prévenu(e), et peut agir`
        : `${labels.role(one.role)} is told, and may act`
    case 'lapses':
      return language === 'fr'
        ? `L’étape se termine par le temps : ${labels.outcome(item, one.outcome)}`
        : `Time ends the step: ${labels.outcome(item, one.outcome)}`
    case 'opens':
      return language === 'fr' ? 'L’étape s’ouvre' : 'The step opens'
  }
}
