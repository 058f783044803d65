import { JOURNEYS } from '../../journeys/index.ts'
import { tellOverHttp } from './tell-over-http.ts'

/** Mail, days declared off, and advances; a consent withdrawn, so that a partner may answer no more. */
const TOLD = ['calendar', 'consent']

tellOverHttp(JOURNEYS.filter(({ name }) => TOLD.includes(name)))
