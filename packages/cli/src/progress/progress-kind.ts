/** How progress is shown: `auto` is a bar on a terminal and lines elsewhere. */
export type ProgressKind = 'auto' | 'bar' | 'lines' | 'json' | 'none'

/** The names of {@link ProgressKind}. */
export const PROGRESS_KINDS: readonly ProgressKind[] = ['auto', 'bar', 'lines', 'json', 'none']
