/** Whose something is, as every list that has an owner asks it. */

import { z } from '@hono/zod-openapi'
import type { Session } from '../context/session.ts'

export const OwnerFilter = z
  .string()
  .max(60)
  .optional()
  .openapi({ description: 'Id of a user; `me`; or `none` for what nobody has' })

/** null when it does not matter whose. */
export const ownerAsked = (owner: string | undefined, { user }: Session): string | null =>
  owner === 'me' ? user : (owner ?? null)
