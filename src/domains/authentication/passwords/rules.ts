import type { Result } from "../../../kernel/result.ts";

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
