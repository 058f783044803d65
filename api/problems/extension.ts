/** Members that only some problems have; `api/openapi/problem.ts` describes the same to clients. */

interface Thing {
  id: string
  label: string
}
interface Who {
  role: Thing
  place?: Thing | null | undefined
  people?: Thing[] | undefined
}
interface Change {
  id: string
  label: string
  personal?: boolean | undefined
  before?: string | null | undefined
  after?: string | null | undefined
}
interface Told {
  kind: string
  text: string
  happened: string
  recorded: string
  by: Thing
  step?: string | undefined
  outcome?: Thing | undefined
}
interface Offered {
  act: string
  label: string
  method: string
  href: string
  body: Record<string, unknown>
  fill: string[]
  limits?: { most: { amount: number; unit: Unit }; latest: string } | undefined
}
type Unit = 'hours' | 'days' | 'working_days' | 'weeks' | 'months'
/** How many cases a colleague could take. */
export interface Room extends Thing {
  room: number
}

export interface ProblemExtension {
  who?: Who[]
  waits_for?: { step: string; title: string }[]
  opens?: string
  now?: string
  basis?: string
  gates?: { gate: Thing; opened_by: Thing[] }[]
  limit?: { used: number; most: number; unit: string }
  purpose?: Thing
  actions?: Offered[]
  since?: Told[]
  changes?: Change[]
  /** Telephone of the office that gave a partner its link. */
  call?: string | null
  merged_into?: { number: string; href: string }
  use?: string
  first?: string
  nearest?: string
  max_bytes?: number
  accepts?: readonly string[]
  offset?: number
  erased?: string | undefined
  over?: number
  room?: Room[]
  kept_as_draft?: boolean
}
