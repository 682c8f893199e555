import { fromUtf8, utf8 } from "../../../../kernel/bytes.ts";
import type { Instant } from "../../../../kernel/clock.ts";
import type { Envelope } from "../../../../sealing/envelope.ts";
import type { EndpointRow } from "./store.ts";

type Column = "secret" | "oldSecret";
type Sealing = Pick<Envelope, "seal" | "open">;

const placeOf = (id: string, column: Column) => ({ table: "endpoints", column, row: id });

export const sealSecret = (envelope: Sealing, id: string, column: Column, secret: string): Uint8Array => envelope.seal(utf8(secret), placeOf(id, column));

/** The one of now. Throws when it was sealed under a key that is not there. */
export const secretOf = (envelope: Sealing, { id, secret }: EndpointRow): string => fromUtf8(envelope.open(secret, placeOf(id, "secret")));

/** Those a message is signed with: the one of now, and the one before it while that is still good. */
export function signingSecrets(envelope: Sealing, row: EndpointRow, now: Instant): string[] {
  const { id, oldSecret, oldSecretUntil } = row;
  const isGood = oldSecret !== null && oldSecretUntil !== null && now < oldSecretUntil;
  return [secretOf(envelope, row), ...(isGood ? [fromUtf8(envelope.open(oldSecret, placeOf(id, "oldSecret")))] : [])];
}
