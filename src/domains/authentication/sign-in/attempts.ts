import { HOUR, type Instant, MINUTE } from "../../../kernel/clock.ts";
import type { Office } from "../../../office/database.ts";
import { countAttempt, forgetAttempts } from "./store.ts";

/** Five wrong ones lock for half an hour from the fifth. */
export const FAILURES = 5;
const LOCKED_FOR = HOUR / 2;

/** What is tried on: a phone's pseudonym, whether or not anybody signs in with it. */
export type AttemptKey = string;

/** Of a trusted device, so that strangers' guesses do not lock its holder out. */
export const keyOn = (phoneKey: AttemptKey, deviceId: string | null): AttemptKey => (deviceId === null ? phoneKey : `${phoneKey} ${deviceId}`);

/** Counts a try before it is judged, so that no number of tries at once gets more than five. Null when it may be judged, else in how many minutes. */
export const attempt = async (office: Office, key: AttemptKey, now: Instant): Promise<number | null> => (await counted(office, key, now)).minutes;

/** The same, with how many failed of late before this one. */
export async function counted({ primary }: Office, key: AttemptKey, now: Instant): Promise<{ earlier: number; minutes: number | null }> {
  const { failures, forgottenAt } = await countAttempt(primary, key, now, now + LOCKED_FOR, FAILURES);
  return { earlier: failures - 1, minutes: failures <= FAILURES ? null : Math.ceil((forgottenAt - now) / MINUTE) };
}

/** It was right: earlier failures count no more. A row of the change that signs in. */
export const succeeded = ({ primary }: Office, key: AttemptKey) => forgetAttempts(primary, key);
