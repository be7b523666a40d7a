import { LOL_LOCALES } from '../data/locales.ts'
import { PLATFORM_FACTS } from '../data/routes.ts'
import { ok, type Answer } from './answer.ts'
import type { Handlers, Question } from './handler.ts'

export const STATUS_HANDLERS: Handlers = {
  'lol-status-v4.getPlatformData': status,
  'tft-status-v1.getPlatformData': status,
  'val-status-v1.getPlatformData': status,
  'lor-status-v1.getPlatformData': status,
}

/** The same everywhere and always: one maintenance that is over, one incident that goes on. */
function status({ call, world }: Question): Answer {
  const time = (daysAgo: number): string => new Date(world.options.epoch - daysAgo * 86_400_000).toISOString()
  const say = (content: string): unknown[] => ['en_US', 'de_DE', 'ko_KR'].map((locale) => ({ locale, content }))
  const update = (id: number, content: string): unknown => ({
    id,
    author: 'Riot Games',
    publish: true,
    publish_locations: ['riotclient', 'riotstatus'],
    translations: say(content),
    created_at: time(3),
    updated_at: time(2),
  })
  const event = (id: number, kind: Record<string, string>, title: string): unknown => ({
    id,
    maintenance_status: 'complete',
    incident_severity: 'info',
    ...kind,
    titles: say(title),
    updates: [update(id * 10, `${title}: we are looking into it.`)],
    created_at: time(3),
    archive_at: time(-3),
    updated_at: time(2),
    platforms: ['windows', 'macos'],
  })
  return ok({
    id: call.route.toUpperCase(),
    name: PLATFORM_FACTS[call.route]?.tag ?? call.route,
    locales: LOL_LOCALES,
    maintenances: [event(71, { maintenance_status: 'complete' }, 'Patch')],
    incidents: [event(72, { incident_severity: 'warning' }, 'Long queues')],
  })
}
