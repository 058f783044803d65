import { JOURNEYS } from '../../journeys/index.ts'
import { tellOverHttp } from './tell-over-http.ts'

/** An arrival, mail, a declared day and a year of advances; a consent withdrawn, so that a partner may answer no more. */
const TOLD = ['return', 'consent']

tellOverHttp(JOURNEYS.filter(({ name }) => TOLD.includes(name)))
