/** Milliseconds since the Unix epoch, UTC. */
export type Instant = number;

/** The present, handed to whoever needs it; nothing below the shells reads a clock of its own. */
export type Clock = () => Instant;

/** Fresh random bytes, handed in for the same reason. */
export type Random = (length: number) => Uint8Array;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
