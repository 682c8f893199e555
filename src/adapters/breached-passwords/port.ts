/**
 * Whether a password is known from breaches of others' databases. Fails to "unavailable", which is never thrown and never
 * late: whoever asks takes the password then.
 */
export type Breached = (password: string) => Promise<boolean | "unavailable">;
