/** The HTTP application: middleware in order, then every route module. */

import { OpenAPIHono } from '@hono/zod-openapi'
import type { ApiApp, ApiDoor, ApiEnv } from './deps.ts'

/** Builds the app; binds no port. `app.request` and `@hono/node-server` both take it. */
export const createApi = (_door: ApiDoor): ApiApp => new OpenAPIHono<ApiEnv>()
