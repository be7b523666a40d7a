// Riot's lol-rso-match-v1: the names are exactly the wire's.

/** MatchDto of lol-rso-match-v1. */
export interface MatchDto {}

/** TimelineDto of lol-rso-match-v1. */
export interface TimelineDto {}
