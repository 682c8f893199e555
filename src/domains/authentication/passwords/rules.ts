import { HOUR, type Instant } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import type { Assignment } from "../capabilities.ts";
import { needsSecondFactor } from "../sessions/rules.ts";
import type { ActivationReason, LinkKind } from "./model.ts";

/** NIST SP 800-63B-4 §3.1.1.2: a length, no rules of composition, and nothing that is easy to guess. In code points after NFC. */
const SHORTEST = 8;
const LONGEST = 128;

export type PasswordRefusal = { refusal: "password-short" | "password-long" | "password-guessable"; field: "password" };

/** Who the password is for: what whoever knows them tries first. */
interface Holder {
  name: string;
  /** In E.164. */
  phone: string;
}

/** Whether somebody may have this password. Whether it was in a breach is asked elsewhere. */
export function acceptable(password: string, holder: Holder): Result<object, PasswordRefusal> {
  const refuse = (refusal: PasswordRefusal["refusal"]) => ({ ok: false, refusal, field: "password" }) as const;
  const { length } = [...password.normalize("NFC")];
  if (length < SHORTEST) return refuse("password-short");
  if (length > LONGEST) return refuse("password-long");
  return isGuessable(password, holder) ? refuse("password-guessable") : { ok: true };
}

/** The phone as anybody writes it, the name or a part of it, or one sign over and over. */
function isGuessable(password: string, { name, phone }: Holder): boolean {
  const plain = folded(password);
  const names = [name, ...name.split(/\s+/u)].map(folded);
  const isPhone = /^[\d+\s().-]+$/u.test(password) && phone.endsWith(password.replaceAll(/\D/g, "").replace(/^0+/, ""));
  return isPhone || names.includes(plain) || new Set(plain).size === 1;
}

/** Without case, accents and whatever parts words. */
const folded = (text: string): string => text.normalize("NFKD").toLowerCase().replaceAll(/[\p{M}\s'’._-]/gu, "");

/** How long a link lets a password be set. */
export const LINK_LIFE: Record<LinkKind, number> = { reset: HOUR, activation: 72 * HOUR };

export const stands = ({ usedAt, createdAt, expiresAt }: { usedAt: Instant | null; createdAt: Instant; expiresAt: Instant }, now: Instant): boolean =>
  usedAt === null && now >= createdAt && now < expiresAt;

/** What an account's holder can show and has to. */
export interface Secured {
  assignments: readonly Assignment[];
  hasPassword: boolean;
  hasSecondFactor: boolean;
}

/** Whether a proven phone is enough for a new password. Whose role demands a second factor and who has none would come in by the phone alone. */
export const mayResetByPhone = ({ assignments, hasSecondFactor }: Omit<Secured, "hasPassword">): boolean =>
  hasSecondFactor || !needsSecondFactor(assignments);

/** Whether an activation is what the account's holder needs: whoever can come back by their phone does. */
export const fitsActivation = (reason: ActivationReason, { assignments, hasPassword, hasSecondFactor }: Secured): boolean =>
  reason === "no-password" ? !hasPassword : hasSecondFactor || (hasPassword && needsSecondFactor(assignments));

/** The form a code is drawn for, with what it lets its holder do: a code that was told for something else is wrong. */
export const formFor = (purpose: string, formId: string): string => `${purpose} ${formId}`;
