/** The shells of `sluice completion`. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const
