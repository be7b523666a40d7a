import { platformOfMatchId, regionOfMatchId } from '../../routing.ts'
import type * as MatchV5 from '../../schemas/match-v5.ts'
import type * as SpectatorV5 from '../../schemas/spectator-v5.ts'
import { CONTEXT, bridged, prototypeOf, type Bridged, type Bridges } from '../bridge.ts'
import type { Immutable } from '../immutable.ts'
import { modelKind, type ModelMaker } from '../model.ts'
import { feedTimeline, type FeedOptions } from './feed-timeline.ts'
import type { LolContext, LolMakers } from './lol-context.ts'
import type { PlayerPlace } from './lol-people.ts'
import { playerValues } from './lol-player.ts'
import type {
  LolCurrentGame,
  LolFedMatch,
  LolMatchModel,
  LolMatchValue,
  LolTimelineModel,
  LolTimelineValue,
} from './lol-types.ts'

const participantValue = playerValues<MatchV5.ParticipantDto>('LolParticipant')
const gameParticipantValue = playerValues<SpectatorV5.CurrentGameParticipant>('LolCurrentGameParticipant')

const matchBridges: Bridges & ThisType<LolMatchValue & Bridged<LolContext>> = {
  get participants() {
    return this.info.participants
  },
  get timeline() {
    return this[CONTEXT].make.timeline(this[CONTEXT], this.metadata.matchId)
  },
  get platform() {
    return platformOfMatchId(this.metadata.matchId)
  },
  get region() {
    return regionOfMatchId(this.metadata.matchId)
  },
  feedTimeline(timeline: Immutable<MatchV5.TimelineDto>, options?: FeedOptions): LolFedMatch {
    const fed = feedTimeline(this, timeline, options)
    const participants = this.info.participants.map((participant) => ({
      ...participant,
      ...fed.get(participant.participantId)!,
    }))
    const { metadata, info } = this
    // The parts are frozen already, and are not copied.
    return matchValue({ metadata, info: { ...info, participants } } as never, this[CONTEXT]) as LolFedMatch
  },
}
const matchPrototype = prototypeOf('LolMatch', matchBridges)
const timelineWays: Bridges & ThisType<MatchV5.TimelineDto & Bridged<LolContext>> = {
  get match() {
    return this[CONTEXT].make.match(this[CONTEXT], this.metadata.matchId)
  },
}
const timelinePrototype = prototypeOf('LolTimeline', timelineWays)
const gamePrototype = prototypeOf('LolCurrentGame')

const matchModelWays: Bridges & ThisType<{ id: string } & Bridged<LolContext>> = {
  get timeline() {
    return this[CONTEXT].make.timeline(this[CONTEXT], this.id)
  },
}
const matchModel: ModelMaker<{ id: string }, LolMatchValue, {}, LolMatchModel> = modelKind(
  'LolMatchModel',
  matchModelWays,
)
const timelineModelWays: Bridges & ThisType<{ id: string } & Bridged<LolContext>> = {
  get match() {
    return this[CONTEXT].make.match(this[CONTEXT], this.id)
  },
}
const timelineModel: ModelMaker<{ id: string }, LolTimelineValue, {}, LolTimelineModel> = modelKind(
  'LolTimelineModel',
  timelineModelWays,
)
const gameModel: ModelMaker<PlayerPlace, LolCurrentGame> = modelKind('LolCurrentGameModel')

function matchValue(dto: MatchV5.MatchDto, at: LolContext): LolMatchValue {
  // Where its players are at home, whatever the client's platform is.
  const place = { ...at, platform: platformOfMatchId(dto.metadata.matchId) }
  const participants = dto.info.participants.map((participant) => participantValue(participant, place))
  return bridged({ ...dto, info: { ...dto.info, participants } }, matchPrototype, place) as LolMatchValue
}

/** Matches, their timelines, and games that go on. */
export const lolMatches: Pick<LolMakers, 'match' | 'timeline' | 'currentGame'> = {
  match: (at, id) =>
    matchModel({ id }, at, async (options) => {
      const dto = await at.riot.matchV5.getMatch(id, options)
      return dto && matchValue(dto, at)
    }),
  timeline: (at, id) =>
    timelineModel({ id }, at, async (options) => {
      const dto = await at.riot.matchV5.getTimeline(id, options)
      return dto && (bridged(dto, timelinePrototype, at) as LolTimelineValue)
    }),
  currentGame: (at, player) =>
    gameModel({ ...player.id, platform: at.platform }, at, async (options) =>
      player.ask(options, async (puuid) => {
        const { getCurrentGameInfoByPuuid } = at.riot.spectatorV5
        const dto = await getCurrentGameInfoByPuuid(puuid, { ...options, platform: at.platform })
        if (dto === null) return null
        const participants = dto.participants.map((participant) => gameParticipantValue(participant, at))
        return bridged({ ...dto, participants }, gamePrototype, at) as LolCurrentGame
      }),
    ),
}
