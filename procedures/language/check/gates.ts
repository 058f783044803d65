import type { Report } from '../problem.ts'
import type { Vocabulary } from '../vocabulary.ts'

export function parseGate(_country: Vocabulary, _id: string, _report: Report): void {}
