/** How an item of a run can stand. */
export const ITEM_STATES = ['ok', 'failed', 'pending'] as const
