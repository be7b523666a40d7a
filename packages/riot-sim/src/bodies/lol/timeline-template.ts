import type { Random } from '../../world/random.ts'
import { Template, numberSlot, textSlot } from '../template.ts'
import type { GameScript } from './game-script.ts'
import { metadata } from './match-template.ts'
import { SLOT, playerSlots } from './slots.ts'
import { timelineEvents } from './timeline-events.ts'

const FRAME_MS = 60_000

/** The course of a match, minute by minute, told from the same script as the match: kills, objectives, levels and gold agree. */
export function timelineTemplate(random: Random, script: GameScript): Template {
  const events = timelineEvents(random, script)
  const end = script.duration * 1000
  const frames: unknown[] = []
  let next = 0
  for (let minute = 0; (minute - 1) * FRAME_MS < end; minute++) {
    const timestamp = Math.min(minute * FRAME_MS, end)
    const from = next
    while (next < events.length && Number(events[next]!['timestamp']) <= timestamp) next++
    frames.push({
      events: events.slice(from, next),
      participantFrames: Object.fromEntries(
        script.champions.map((_, seat) => [String(seat + 1), participantFrame(random, script, seat, timestamp / end)]),
      ),
      timestamp: timestamp + (minute === 0 || timestamp === end ? 0 : random.int(0, 40)),
    })
  }
  return new Template({
    metadata: metadata(script.champions.length),
    info: {
      endOfGameResult: 'GameComplete',
      frameInterval: FRAME_MS,
      frames,
      gameId: numberSlot(SLOT.gameId),
      participants: script.champions.map((_, seat) => ({
        participantId: seat + 1,
        puuid: textSlot(playerSlots(seat).puuid),
      })),
    },
  })
}

/** How somebody stands when `progress`, 0 to 1, of the game is over. */
function participantFrame(random: Random, script: GameScript, seat: number, progress: number): unknown {
  const level = Math.max(1, Math.round(script.levels[seat]! * progress ** 0.6))
  const totalGold = Math.round(500 + (script.gold[seat]! - 500) * progress)
  const grown = (start: number, most: number): number =>
    Math.round(start + most * progress * (0.8 + 0.4 * random.next()))
  const health = grown(620, 1900)
  const power = grown(350, 900)
  const [magic, physical, pure] = [grown(0, 40_000), grown(0, 50_000), grown(0, 9000)]
  const [magicTo, physicalTo, pureTo] = [grown(0, 6000), grown(0, 7000), grown(0, 700)]
  const [magicTaken, physicalTaken, pureTaken] = [grown(0, 6000), grown(0, 9000), grown(0, 700)]
  return {
    championStats: {
      abilityHaste: grown(0, 40),
      abilityPower: grown(0, 200),
      armor: grown(32, 90),
      armorPen: 0,
      armorPenPercent: 0,
      attackDamage: grown(59, 110),
      attackSpeed: grown(100, 60),
      bonusArmorPenPercent: 0,
      bonusMagicPenPercent: 0,
      ccReduction: 0,
      cooldownReduction: 0,
      health: Math.round(health * random.next()),
      healthMax: health,
      healthRegen: grown(16, 20),
      lifesteal: 0,
      magicPen: 0,
      magicPenPercent: 0,
      magicResist: grown(30, 40),
      movementSpeed: random.int(330, 420),
      omnivamp: 0,
      physicalVamp: 0,
      power: Math.round(power * random.next()),
      powerMax: power,
      powerRegen: grown(15, 20),
      spellVamp: 0,
    },
    currentGold: Math.min(totalGold, random.int(0, 1500)),
    damageStats: {
      magicDamageDone: magic,
      magicDamageDoneToChampions: magicTo,
      magicDamageTaken: magicTaken,
      physicalDamageDone: physical,
      physicalDamageDoneToChampions: physicalTo,
      physicalDamageTaken: physicalTaken,
      totalDamageDone: magic + physical + pure,
      totalDamageDoneToChampions: magicTo + physicalTo + pureTo,
      totalDamageTaken: magicTaken + physicalTaken + pureTaken,
      trueDamageDone: pure,
      trueDamageDoneToChampions: pureTo,
      trueDamageTaken: pureTaken,
    },
    goldPerSecond: 0,
    jungleMinionsKilled: Math.round(script.jungle[seat]! * progress),
    level,
    minionsKilled: Math.round(script.minions[seat]! * progress),
    participantId: seat + 1,
    position: { x: random.int(200, 14_600), y: random.int(200, 14_600) },
    timeEnemySpentControlled: grown(0, 90_000),
    totalGold,
    xp: Math.round(level ** 2 * 55 * (0.97 + 0.06 * random.next())),
  }
}
