import type { Random } from "../../../kernel/clock.ts";
import { openValue, type Place, sealValue } from "../../../sealing/sealed.ts";

const placeOf = (userId: string): Place => ({ table: "totps", column: "sealedSecret", row: userId });

/** A shared secret under its account's data key. */
export const sealSecret = (dataKey: Uint8Array, secret: string, userId: string, random: Random): Uint8Array =>
  sealValue(dataKey, secret, placeOf(userId), random);

/** Throws as `openValue`. */
export const openSecret = (dataKey: Uint8Array, sealedSecret: Uint8Array, userId: string): string =>
  openValue<string>(dataKey, sealedSecret, placeOf(userId));
