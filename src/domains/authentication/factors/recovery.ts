import type { Instant, Random } from "../../../kernel/clock.ts";
import { drawLetters, readLetters, uuidv7 } from "../../../kernel/ids.ts";
import type { OfficeDatabase } from "../../../office/database.ts";
import { hashOf } from "../sessions/secret.ts";
import { deleteRecoveryCodes, insertRecoveryCodes } from "./store.ts";

const CODES = 10;
/** 80 bits: nobody guesses one, and a plain hash hides it. */
const LETTERS = 16;

/** What is stored of a code as somebody types it; null when it cannot be one. */
export function recoveryHash(typed: string): string | null {
  const letters = readLetters(LETTERS, typed);
  return letters && hashOf(letters);
}

const inGroups = (letters: string): string => letters.match(/.{4}/g)!.join("-");

/** Ten fresh codes in the place of all an account has, `8F3K-…` to be shown once, and the rows of it. */
export function freshRecoveryCodes(database: OfficeDatabase, random: Random, userId: string, now: Instant) {
  const drawn = Array.from({ length: CODES }, () => drawLetters(LETTERS, random));
  const rows = drawn.map((letters) => ({ id: uuidv7(now, random), userId, hash: hashOf(letters), createdAt: now }));
  return { codes: drawn.map(inGroups), rows: [deleteRecoveryCodes(database, userId), insertRecoveryCodes(database, rows)] };
}
