/** The names of `--latency`. */
export const LATENCIES = ['none', 'near', 'prod', 'far', 'awful'] as const
/** The names of `--window-mode`. */
export const WINDOW_MODES = ['first', 'aligned', 'sliding'] as const
