import type { ReceiptDoubt } from "../../../audit/receipt.ts";
import { type MessageKey, translator } from "../../../i18n/index.ts";
import { LOCALES, type Locale } from "../../../i18n/locales.ts";
import { EVENTS } from "../history/events.ts";
import { POLICIES } from "../policies.ts";

/** Why the page of /verify shows nothing as proven. `nothing`: what was pasted holds no receipt; `browser`: it cannot verify these signatures. */
export type VerifyDoubt = ReceiptDoubt | "nothing" | "keys-wrong" | "browser";

/** What the page's script says, in the reader's language. */
export interface VerifyWords {
  /** How times are written (BCP 47). */
  tag: string;
  noEnd: string;
  noCosigners: string;
  actions: Readonly<Record<string, string>>;
  periods: Readonly<Record<string, string>>;
  doubts: Readonly<Record<VerifyDoubt, string>>;
}

const DAMAGED = "verify.damaged";

const DOUBTS = {
  "nothing": "verify.nothing", "keys-wrong": "verify.keys-wrong", "browser": "verify.browser",
  "not-a-proof": DAMAGED, "extra-malformed": DAMAGED, "index-malformed": DAMAGED, "hash-malformed": DAMAGED, "proof-too-long": DAMAGED,
  "checkpoint-missing": DAMAGED, "opening-malformed": DAMAGED, "too-large": DAMAGED, "control-character": DAMAGED, "not-unicode": DAMAGED,
  "no-signatures": DAMAGED, "too-many-signatures": DAMAGED, "signature-malformed": DAMAGED, "cut-short": DAMAGED, "origin-missing": DAMAGED,
  "size-malformed": DAMAGED, "root-malformed": DAMAGED, "extension-empty": DAMAGED,
  "opening-missing": "verify.opening-missing", "not-included": "verify.not-included", "signature-wrong": "verify.signature-wrong",
  "log-unknown": "verify.unknown-key", "no-known-key": "verify.unknown-key", "not-signed-by-log": "verify.unknown-key", "quorum-missing": "verify.quorum-missing",
} as const satisfies Record<VerifyDoubt, MessageKey>;

const mapped = <Key extends string, From>(of: Readonly<Record<Key, From>>, say: (from: From, key: Key) => string): Record<Key, string> =>
  Object.fromEntries((Object.entries(of) as [Key, From][]).map(([key, from]) => [key, say(from, key)])) as Record<Key, string>;

export function verifyWords(locale: Locale): VerifyWords {
  const t = translator(locale);
  return {
    tag: LOCALES[locale].tag,
    noEnd: t("date.no-end"),
    noCosigners: t("verify.no-cosigners"),
    actions: mapped(EVENTS, (event) => t(event === "lengthened" ? "proof.lengthened" : `past.${event}`)),
    periods: mapped(POLICIES, (_, code) => t(`period.${code}`)),
    doubts: mapped(DOUBTS, (key) => t(key)),
  };
}
