/** Every journey, in the order in which they are told on one installation: each moves its date forward. */

import type { Journey } from './telling/tell.ts'
import { agentLeaves } from './agent-leaves.ts'
import { calendar } from './calendar.ts'
import { child, eighteen } from './child.ts'
import { complaint } from './complaint.ts'
import { consent } from './consent.ts'
import { death } from './death.ts'
import { duplicate } from './duplicate.ts'
import { expiredAgreement } from './expired-agreement.ts'
import { freeze } from './freeze.ts'
import { fundingEnds } from './funding-ends.ts'
import { gogui } from './gogui.ts'
import { grant, unclaimed } from './grant.ts'
import { hospital } from './hospital.ts'
import { latePaper } from './late-paper.ts'
import { lostContact } from './lost-contact.ts'
import { override } from './override.ts'
import { regionCloses } from './region-closes.ts'
import { remigration } from './remigration.ts'
import { reopening } from './reopening.ts'
import { oneReturn } from './return/index.ts'
import { revision } from './revision.ts'
import { threat } from './threat.ts'
import { trafficking } from './trafficking.ts'
import { transfer } from './transfer.ts'

export const JOURNEYS: readonly [Journey, ...Journey[]] = [
  oneReturn,
  latePaper,
  gogui,
  calendar,
  expiredAgreement,
  death,
  complaint,
  duplicate,
  transfer,
  agentLeaves,
  override,
  revision,
  consent,
  hospital,
  eighteen,
  threat,
  child,
  lostContact,
  reopening,
  grant,
  unclaimed,
  remigration,
  trafficking,
  freeze,
  regionCloses,
  fundingEnds,
]
