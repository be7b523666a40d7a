export { cdragon, cdragonTft } from './cdragon.ts'
export { ddragon, ddragonLor } from './ddragon.ts'
export { meraki } from './meraki.ts'
export { valorantApi } from './valorant-api.ts'
