/** A reaction that does nothing. */
export function ignore(): void {}
