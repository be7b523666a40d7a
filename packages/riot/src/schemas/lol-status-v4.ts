// Riot's lol-status-v4: the names are exactly the wire's.

/** ContentDto of lol-status-v4: what getPlatformData answers with. */
export interface ContentDto {
  locale: string
  content: string
}

/** PlatformDataDto of lol-status-v4: what getPlatformData answers with. */
export interface PlatformDataDto {
  id: string
  name: string
  locales: string[]
  maintenances: StatusDto[]
  incidents: StatusDto[]
}

/** StatusDto of lol-status-v4: what getPlatformData answers with. */
export interface StatusDto {
  id: number
  maintenance_status?: 'scheduled' | 'in_progress' | 'complete' | (string & {})
  incident_severity?: 'info' | 'warning' | 'critical' | (string & {})
  titles: ContentDto[]
  updates: UpdateDto[]
  created_at: string
  archive_at?: string
  updated_at?: string
  platforms: string[]
}

/** UpdateDto of lol-status-v4: what getPlatformData answers with. */
export interface UpdateDto {
  id: number
  author: string
  publish: boolean
  publish_locations: string[]
  translations: ContentDto[]
  created_at: string
  updated_at: string
}
