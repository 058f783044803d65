/** What was really asked and answered in journeys and at a desk, at its place in the description; `npm run examples` records it anew. */

import examples from './examples.json' with { type: 'json' }

interface Media {
  example?: unknown
}
interface Operation {
  operationId?: string
  requestBody?: { content?: Record<string, Media> }
  responses?: Record<string, { content?: Record<string, Media> }>
}
interface Example {
  request?: unknown
  /** Absent where no answer with a body was ever given. */
  status?: number
  answer?: unknown
  refused?: unknown
}

const put = (media: Media | undefined, example: unknown): void => {
  if (media !== undefined && example !== undefined) media.example = example
}

export function withExamples<D extends { paths?: object }>(described: D): D {
  // A copy in which nothing is shared: one example would otherwise stand everywhere.
  const document: D = JSON.parse(JSON.stringify(described))
  const recorded = examples as Record<string, Example>
  const all = Object.values(document.paths ?? {}).flatMap((methods: Record<string, Operation>) =>
    Object.values(methods),
  )
  for (const { operationId, requestBody, responses } of all) {
    const example = recorded[operationId ?? '']
    if (example === undefined) continue
    put(requestBody?.content?.['application/json'], example.request)
    put(responses?.[String(example.status)]?.content?.['application/json'], example.answer)
    put(responses?.['default']?.content?.['application/problem+json'], example.refused)
  }
  return document
}
