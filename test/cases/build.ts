/** Compiled procedures in a few words: what a test does not say takes the plainest value. */

import type {
  CompiledProcedure,
  Field,
  Gate,
  Moment,
  Outcome,
  Rung,
  StartStep,
  Step,
  Term,
  Unit,
  WorkStep,
} from '../../procedures/language/compiled.ts'
import type { Settings } from '../../procedures/language/settings.ts'

export const term = (n: number, unit: Unit): Term => ({ n, unit })
export const within = (n: number, unit: Unit): { then: Moment }[] => [
  { then: { terms: [term(n, unit)], anchor: { kind: 'opening' } } },
]
export const LADDER: Rung[] = [
  { role: 'supervisor', after: [term(3, 'working_days')] },
  { role: 'national_coordination', after: [term(10, 'working_days')], last: true, every: [term(1, 'months')] },
]
/** `a`, `a=x`, or `a=x|b=y` for "any". */
const after = (items: string[]): WorkStep['after'] =>
  items.map((item) =>
    item.split('|').map((one) => {
      const [step = '', outcome] = one.split('=')
      return outcome === undefined ? { step } : { step, outcome }
    }),
  )

type Said<S> = Partial<Omit<S, 'id' | 'kind' | 'after' | 'outcomes' | 'role'>> & { after?: string[] }
export interface SaidWork extends Said<WorkStep> {
  role?: string
  outcomes?: Record<string, Partial<Outcome>>
}

function work(kind: 'task' | 'decision', id: string, said: SaidWork): WorkStep {
  const outcomes = said.outcomes ?? { done: {} }
  return {
    stage: 'assessment',
    at: { fact: 'home' },
    requires: [],
    holds: [],
    due: within(10, 'working_days'),
    remind: [],
    ladder: LADDER,
    form: [],
    evidence: [],
    notBy: [],
    essential: false,
    tags: [],
    ...said,
    id,
    kind,
    after: after(said.after ?? []),
    role: [{ then: [{ role: said.role ?? 'case_manager' }] }],
    outcomes: Object.fromEntries(Object.entries(outcomes).map(([key, one]) => [key, { byHand: true, ...one }])),
  }
}
export const task = (id: string, said: SaidWork = {}): WorkStep => work('task', id, said)
export const decision = (id: string, said: SaidWork = {}): WorkStep =>
  work('decision', id, { role: 'supervisor', outcomes: { approved: {} }, ...said })
export const start = (id: string, procedure: string, said: Said<StartStep> = {}): StartStep => ({
  stage: 'assessment',
  at: { fact: 'home' },
  with: {},
  ...said,
  id,
  kind: 'start',
  start: procedure,
  after: after(said.after ?? []),
})
export const field = (id: string, type: Field['type'], said: Partial<Field> = {}): Field => ({
  id,
  type,
  required: false,
  personal: false,
  ...said,
})

export function procedure(id: string, steps: Step[], said: Partial<CompiledProcedure> = {}): CompiledProcedure {
  const begins = [{ kind: 'opening' as const }, { kind: 'any_time' as const, by: ['case_manager', 'supervisor'] }]
  return {
    id,
    version: 1,
    hash: `hash-${id}`,
    subject: 'case',
    stage: 'assessment',
    begins,
    inputs: INPUTS,
    gates: GATES,
    steps,
    ...said,
  }
}
/** Named like facts: opening sets them. */
const INPUTS = [field('home', 'place'), field('arrived_on', 'date'), field('unaccompanied', 'yes_no')]
const GATES: Record<string, Gate> = {
  guardian: { open: "!unaccompanied || guardian == 'appointed'", openedBy: ['child_protection'] },
  'consent.sharing': { open: "consent.sharing in ['given', 'override']", openedBy: ['case_manager'] },
  'consent.services': { open: "consent.services == 'given'", openedBy: ['case_manager'] },
}

export const WHAT_NEXT = procedure('t-what-next', [task('choice')])
export const SUSPENSION = procedure(
  't-suspension',
  [
    task('review', {
      role: 'supervisor',
      holds: ['all'],
      due: [{ then: { terms: [], anchor: { kind: 'input', field: 'review_on' } } }],
      outcomes: { resumed: {} },
    }),
  ],
  { inputs: [field('review_on', 'date', { required: true }), field('reason', 'text', { personal: true })] },
)

const day = { opens: 450, closes: 960 }
export const SETTINGS: Settings = {
  version: 1,
  offsetMs: 0,
  calendar: {
    week: { 1: day, 2: day, 3: day, 4: day, 5: { opens: 450, closes: 1050 } },
    ramadanWeek: {},
    ramadan: [],
    daysOff: [{ date: '2026-12-25' }, { date: '2027-01-01' }],
  },
  places: { ml: null, 'ml-kayes': 'ml', 'ml-gao': 'ml', senou: 'ml' },
  facts: {
    arrived_on: { type: 'date', start: null },
    home: { type: 'place', start: null },
    centre: { type: 'place', start: null },
    case_manager: { type: 'user', start: null },
    unaccompanied: { type: 'yes_no', start: false },
    guardian: { type: 'choice', start: 'none', of: ['none', 'appointed'] },
    risk: { type: 'choice', start: 'medium', of: ['low', 'medium', 'high'] },
    budget: { type: 'number', start: 0 },
  },
  rates: { EUR: [{ from: '1999-01-01', xof: 655.957 }] },
  purposes: { services: { eachRun: false }, sharing: { eachRun: true } },
  watchers: [],
  whatNext: 't-what-next',
  suspension: 't-suspension',
}
