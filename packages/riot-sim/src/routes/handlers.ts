import { ACCOUNT_HANDLERS } from './account.ts'
import { CHALLENGE_HANDLERS } from './challenges.ts'
import { CLASH_HANDLERS } from './clash.ts'
import type { Handlers } from './handler.ts'
import { LEAGUE_HANDLERS } from './league.ts'
import { LOR_HANDLERS } from './lor.ts'
import { MASTERY_HANDLERS } from './mastery.ts'
import { MATCH_HANDLERS } from './match.ts'
import { RIFTBOUND_HANDLERS } from './riftbound.ts'
import { SPECTATOR_HANDLERS } from './spectator.ts'
import { STATUS_HANDLERS } from './status.ts'
import { SUMMONER_HANDLERS } from './summoner.ts'
import { TFT_MATCH_HANDLERS } from './tft-match.ts'
import { TOURNAMENT_HANDLERS } from './tournament.ts'
import { VAL_HANDLERS } from './val.ts'

/** Every operation's handler. */
export const HANDLERS: Handlers = {
  ...ACCOUNT_HANDLERS,
  ...CHALLENGE_HANDLERS,
  ...CLASH_HANDLERS,
  ...LEAGUE_HANDLERS,
  ...LOR_HANDLERS,
  ...MASTERY_HANDLERS,
  ...MATCH_HANDLERS,
  ...RIFTBOUND_HANDLERS,
  ...SPECTATOR_HANDLERS,
  ...STATUS_HANDLERS,
  ...SUMMONER_HANDLERS,
  ...TFT_MATCH_HANDLERS,
  ...TOURNAMENT_HANDLERS,
  ...VAL_HANDLERS,
}
