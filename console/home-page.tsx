import { Page } from './page.tsx'

export interface Home {
  language: 'fr' | 'en'
  training: boolean
  date: string
  version: string
}
const WORDS = {
  fr: {
    what: 'Procédures de réintégration : une étape, un responsable, un délai.',
    training: 'Installation de formation : personnes fictives seulement, les courriels restent ici.',
    date: 'Date de travail :',
    api: 'L’interface pour les programmes (API)',
    health: 'État du service',
    problems: 'Les refus, et quoi faire',
  },
  en: {
    what: 'Reintegration procedures: a step, an owner, a clock.',
    training: 'Training installation: fictitious people only, mail stays here.',
    date: 'Business date:',
    api: 'The interface for programs (API)',
    health: 'State of the service',
    problems: 'Refusals, and what to do',
  },
} as const

export const HomePage = ({ language, training, date, version }: Home) => {
  const words = WORDS[language]
  return (
    <Page title="Segin" language={language}>
      <h1>Segin</h1>
      <p>{words.what}</p>
      {training ? <p class="training">{words.training}</p> : null}
      <p>
        {words.date} {date} — Segin {version}
      </p>
      <ul>
        <li>
          <a href="/docs">{words.api}</a>
        </li>
        <li>
          <a href="/problems">{words.problems}</a>
        </li>
        <li>
          <a href="/api/v1/health">{words.health}</a>
        </li>
      </ul>
    </Page>
  )
}
