import type { Random } from "../../../kernel/clock.ts";
import { openValue, type Place, sealValue } from "../../../sealing/sealed.ts";

const placeOf = (userId: string): Place => ({ table: "passwords", column: "sealedHash", row: userId });

/** A password's hash under its account's data key. */
export const sealHash = (dataKey: Uint8Array, hash: string, userId: string, random: Random): Uint8Array => sealValue(dataKey, hash, placeOf(userId), random);

/** Throws as `openValue`. */
export const openHash = (dataKey: Uint8Array, sealedHash: Uint8Array, userId: string): string => openValue<string>(dataKey, sealedHash, placeOf(userId));
