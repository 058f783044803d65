/** The contract between whoever writes to a case and its workflow: names and types of every message. */

import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow'
import type { Action } from '../cases/actions.ts'
import type { OutboxRow, Overview, RecordBatch, SealedEntry } from '../cases/batch.ts'
import type { CaseState } from '../cases/state.ts'
import type { CompiledProcedure } from '../procedures/language/compiled.ts'
import type { Settings } from '../procedures/language/settings.ts'

export const TASK_QUEUE = 'segin'
export const caseWorkflowId = (caseId: string): string => `case-${caseId}`

/** The input of a `case` run, at its opening, after continue-as-new and at revival. */
export interface CaseInput {
  caseId: string
  /** Behaviour is chosen by this number, never by a constant of the bundle. */
  engine: number
  incarnation: number
  /** Hex; keys the commitments of the ledger's chain. */
  commitmentKey: string
  settings: Settings
  /** null until the case has been opened. */
  state: CaseState | null
  head: { seq: number; hash: string }
  shelf: Record<string, CompiledProcedure>
  /** At a revival: rows of an arrival whose cases were not opened yet. */
  wanted?: WantedCase[]
  /** Wake-ups are spread over so many milliseconds by the case's id; 0 on a training installation. */
  spreadMs: number
  /** Continue-as-new after so many events of history; 250 unless a test says otherwise. */
  maxHistory?: number
}
/** The entries (inclusive) that an action led to; `replayed` when its id was known already. */
export interface ActAnswer {
  fromSeq: number
  toSeq: number
  replayed: boolean
}
/** Recorded before it answers. Refusals are ApplicationFailures of type `refused` with a Refusal in details[0]. */
export const actUpdate = defineUpdate<ActAnswer, [Action]>('act')
/** New calendar, places or date of the installation; a case ignores a version that it has. */
export const settingsSignal = defineSignal<[Settings]>('settings')
/** Rows of an arrival whose cases are to be opened, each with its opening action. */
export interface WantedCase {
  caseId: string
  number: string
  arrival: string
  opening: Action
}
/** Asks for continue-as-new at rest, to take the newest engine. */
export const settleSignal = defineSignal<[{ engine: number }]>('settle')
export interface LiveCase {
  state: CaseState
  overview: Overview
  /** The last entry that the ledger has confirmed. */
  head: { seq: number; hash: string }
  /** Entries decided but not yet in the ledger. */
  inFlight: number
  stopped: string | null
}
/** An entry as the ledger took it, with what went into the outbox and the receipts beside it. */
export interface KeptEntry {
  sealed: SealedEntry
  outbox: OutboxRow[]
  receipts: RecordBatch['receipts']
}
/** What the ledger has confirmed to this run after an entry, in order: enough to write it again where it was lost. */
export const keptQuery = defineQuery<KeptEntry[], [number]>('kept')
/** Of the acts asked about, those that the case refused or never got, as of an entry of its ledger. */
export interface Disowned {
  acts: string[]
  seq: number
}
/** None of them while an act is in hand, or once recording has stopped. */
export const disownedQuery = defineQuery<Disowned, [string[]]>('disowned')
/** What a case counts its time by. */
export const takenSettingsQuery = defineQuery<Settings>('takenSettings')
export const caseStateQuery = defineQuery<LiveCase>('caseState')

export interface BroadcastInput {
  broadcastId: string
  settings: Settings
  /** Cases signalled a second; 0: as fast as it goes (training). */
  perSecond: number
}

export interface HandoverInput {
  handover: string
  /** Business instants; `returns` null: for good. */
  begins: number
  returns: number | null
  offsetMs: number
}
/** The date of a training installation has moved. */
export const dateSignal = defineSignal<[{ offsetMs: number }]>('date')

/** `way`: whether its procedure begins in the cases of the batch, or is lifted there. */
export interface BatchInput {
  batch: string
  way: 'begin' | 'lift'
}
