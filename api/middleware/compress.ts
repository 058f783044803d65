/** Answers worth it go out as gzip, made in one piece: streams cost several times as much for a few kilobytes. */

import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { createMiddleware } from 'hono/factory'
import type { ApiEnv } from '../context/deps.ts'

const squeeze = promisify(gzip)
const WORTH_BYTES = 1_000
const TEXT = /^(text\/|application\/([\w.-]+\+)?json)/

export const compress = createMiddleware<ApiEnv>(async (c, next) => {
  await next()
  const { res } = c
  const wanted = /\bgzip\b(?!;q=0(\.0*)?\b)/.test(c.req.header('Accept-Encoding') ?? '')
  const text = TEXT.test(res.headers.get('Content-Type') ?? '') && !res.headers.has('Content-Encoding')
  if (!wanted || !text || res.body === null || c.req.method === 'HEAD') return
  const whole = await res.arrayBuffer()
  const headers = new Headers(res.headers)
  headers.delete('Content-Length')
  if (whole.byteLength >= WORTH_BYTES) headers.set('Content-Encoding', 'gzip')
  const body = whole.byteLength >= WORTH_BYTES ? await squeeze(whole) : whole
  c.res = undefined
  c.res = new Response(body, { status: res.status, headers })
})
