import { toBase64Url } from "../../../kernel/bytes.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import { copyRows, type Statement } from "../../../office/commit.ts";
import type { Ceremony } from "./model.ts";
import type { PasskeyParts } from "./parts.ts";
import { CEREMONY_LIFE, stands } from "./rules.ts";
import { type CeremonyRow, ceremonyOf, dropCeremonies, insertCeremony, useCeremony } from "./store.ts";

const CHALLENGE_BYTES = 32;

/** Gives a challenge out, and forgets those that are over. Nothing of an account changes by it, so that no audit entry tells of it. */
export async function beginCeremony<Options>(
  { office: { primary }, clock, random }: PasskeyParts, kind: CeremonyRow["kind"], userId: string | null, optionsFor: (challenge: string) => Options,
): Promise<Ceremony<Options>> {
  const now = clock();
  const row = { id: uuidv7(now, random), userId, kind, challenge: toBase64Url(random(CHALLENGE_BYTES)), expiresAt: now + CEREMONY_LIFE };
  await primary.batch([dropCeremonies(primary, now), insertCeremony(primary, row)]);
  return { ceremonyId: row.id, options: optionsFor(row.challenge) };
}

/** The challenge that an answer may be to; null when there is none, and then nothing is looked at. */
export async function standingCeremony({ office }: PasskeyParts, id: string, kind: CeremonyRow["kind"], userId: string | null, now: Instant): Promise<CeremonyRow | null> {
  const ceremony = await ceremonyOf(office, id);
  return ceremony && stands(ceremony, kind, userId, now) ? ceremony : null;
}

/**
 * The answer was no good: its challenge is good for nothing more, and `lines` of the history say so, once however often it comes. A count
 * like that of any try, and no change of an account: it is not waited for, and no audit entry tells of it.
 */
export function spend({ office, afterwards, report }: PasskeyParts, { id }: CeremonyRow, now: Instant, ...lines: Statement[]): void {
  const written = copyRows(office, [{ exactlyOne: useCeremony(office.primary, id, now) }, ...lines]);
  afterwards(written.catch(() => report("a passkey's failed try was not written down")));
}
