import { expect, test } from 'vitest'
import type * as MatchV5 from '../../schemas/match-v5.ts'
import { feedTimeline, type FeedOptions } from './feed-timeline.ts'

const match = {
  metadata: { matchId: 'EUW1_1' },
  info: { participants: [1, 2, 3].map((participantId) => ({ participantId })) },
} as unknown as MatchV5.MatchDto

const timeline = {
  metadata: { matchId: 'EUW1_1' },
  info: {
    frames: [
      { participantFrames: { 1: { participantId: 1, level: 1 }, 2: { participantId: 2, level: 1 } } },
      {
        events: [
          { type: 'ITEM_PURCHASED', participantId: 1 },
          { type: 'WARD_PLACED', creatorId: 2 },
          { type: 'WARD_PLACED', creatorId: 0 },
          { type: 'CHAMPION_KILL', killerId: 1, victimId: 2, assistingParticipantIds: [3, 1] },
          { type: 'CHAMPION_KILL', killerId: 0, victimId: 3 },
          { type: 'PAUSE_END' },
        ],
      },
      { participantFrames: { 1: { participantId: 1, level: 2 } } },
    ].map((frame) => ({ timestamp: 0, events: [], ...frame })),
  },
} as unknown as MatchV5.TimelineDto

const fed = (options?: FeedOptions) =>
  [...feedTimeline(match, timeline, options)].map(([id, { events }]) => [
    id,
    events.map((event) => timeline.info.frames[1]!.events.indexOf(event as never)),
  ])

test('events belong to who did them, and on demand to assistants and victims, each once', () => {
  expect(fed()).toEqual([
    [1, [0, 3]],
    [2, [1]],
    [3, []],
  ])
  expect(fed({ includeAssisted: true })).toEqual([
    [1, [0, 3]],
    [2, [1]],
    [3, [3]],
  ])
  // What a turret did is nobody's, but its victim's.
  expect(fed({ includeVictim: true })).toEqual([
    [1, [0, 3]],
    [2, [1, 3]],
    [3, [4]],
  ])
})

test('frames go to their participants in the order of time; a frame without any is passed over', () => {
  const frames = feedTimeline(match, timeline)
  expect([1, 2, 3].map((id) => frames.get(id)!.frames.map(({ level }) => level))).toEqual([[1, 2], [1], []])
})

test('a timeline of another match is refused', () => {
  const other = { ...timeline, metadata: { ...timeline.metadata, matchId: 'KR_2' } }
  expect(() => feedTimeline(match, other)).toThrow(new TypeError('the timeline is of KR_2, the match is EUW1_1'))
})
