import { JOURNEYS } from '../../journeys/index.ts'
import { tellInProcess } from './tell-in-process.ts'
import { HALF } from './halves.ts'

tellInProcess(JOURNEYS.slice(HALF))
