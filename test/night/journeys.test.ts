import { JOURNEYS } from '../../journeys/index.ts'
import { tellOverHttp } from '../journeys/tell-over-http.ts'

tellOverHttp(JOURNEYS)
