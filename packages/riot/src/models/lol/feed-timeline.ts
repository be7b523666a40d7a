import type * as MatchV5 from '../../schemas/match-v5.ts'
import type { Immutable } from '../immutable.ts'

/** Options of {@link feedTimeline}. */
export interface FeedOptions {
  /** Give an event to those who assisted, too. Default false. */
  includeAssisted?: boolean | undefined
  /** Give an event to its victim, too. Default false. */
  includeVictim?: boolean | undefined
}

/** What a timeline has of one participant. */
export interface FedParticipant {
  /** One for each minute. */
  frames: MatchV5.ParticipantFrameDto[]
  /** In the order of time. */
  events: MatchV5.EventsTimeLineDto[]
}

/** Whose doing an event is, in the order in which it is looked for. */
const ACTORS = ['participantId', 'creatorId', 'killerId'] as const

/**
 * The frames and events of a timeline for each participant of its match, by `participantId`. An event belongs to who did it (`participantId`, `creatorId` or `killerId`), once; what nobody did,
 * such as a death by a turret, belongs to its victim only, if that is asked for.
 *
 * @throws TypeError when the timeline is of another match.
 */
export function feedTimeline(
  match: Immutable<MatchV5.MatchDto>,
  timeline: Immutable<MatchV5.TimelineDto>,
  options: FeedOptions = {},
): Map<number, Immutable<FedParticipant>> {
  const { includeAssisted = false, includeVictim = false } = options
  const [id, of] = [match.metadata.matchId, timeline.metadata.matchId]
  if (id !== of) throw new TypeError(`the timeline is of ${of}, the match is ${id}`)
  type Fed = { frames: Immutable<MatchV5.ParticipantFrameDto>[]; events: Immutable<MatchV5.EventsTimeLineDto>[] }
  const fed = new Map<number, Fed>()
  for (const { participantId } of match.info.participants) fed.set(participantId, { frames: [], events: [] })
  for (const { participantFrames, events } of timeline.info.frames) {
    for (const frame of Object.values(participantFrames ?? {})) fed.get(frame.participantId)?.frames.push(frame)
    for (const event of events) {
      const actor = ACTORS.map((name) => event[name]).find((value) => value !== undefined)
      const concerned = new Set([actor])
      if (includeAssisted) for (const assistant of event.assistingParticipantIds ?? []) concerned.add(assistant)
      if (includeVictim) concerned.add(event.victimId)
      // 0 and the like are no participants, but turrets and minions.
      for (const participant of concerned) fed.get(participant ?? 0)?.events.push(event)
    }
  }
  return fed
}
