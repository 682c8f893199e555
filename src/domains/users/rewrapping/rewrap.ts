import { type Envelope, keyIdOf } from "../../../sealing/envelope.ts";
import type { Place } from "../../../sealing/sealed.ts";

/** What became of a record whose data key was to be re-wrapped, and under which key-encryption key it stands now. */
export interface Rewrap {
  outcome: "rewrapped" | "already" | "failed";
  /** Null when the record does not say. */
  keyId: string | null;
  /** Why it failed. */
  reason?: string;
}

/** Re-wraps a data key under the current key-encryption key. `wrapped` is null where there is nothing to store. */
export function rewrapKey(envelope: Envelope, stored: Uint8Array, place: Place): Rewrap & { wrapped: Uint8Array | null } {
  try {
    const wrapped = envelope.rewrap(stored, place);
    return { outcome: wrapped ? "rewrapped" : "already", keyId: envelope.current, wrapped };
  } catch (error) {
    return { outcome: "failed", keyId: keyIdOf(stored), reason: String(error), wrapped: null };
  }
}
