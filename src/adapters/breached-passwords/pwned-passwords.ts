import { sha1 } from "@noble/hashes/legacy.js";
import { toHex, utf8 } from "../../kernel/bytes.ts";
import { SECOND } from "../../kernel/clock.ts";
import type { Breached } from "./port.ts";

const DEADLINE = SECOND;
/** Hexadecimal digits that are sent: some thousand passwords begin with the same. */
const SENT = 5;

const LINE = /^([\dA-F]{35}):(\d+)$/;

interface PwnedPasswords {
  /** Without the path. */
  url: string;
  fetch: typeof globalThis.fetch;
  /** Hears why nobody could say. Nothing of the password is in it. */
  report: (reason: string) => void;
  deadline?: number;
}

/**
 * The range API of Pwned Passwords (k-anonymity): five digits of the password's SHA-1 leave this place, and padded answers
 * are asked for, so that nobody on the way can tell by their length which they were.
 */
export const pwnedPasswords = ({ url, fetch, report, deadline = DEADLINE }: PwnedPasswords): Breached => async (password) => {
  const digest = toHex(sha1(utf8(password.normalize("NFC")))).toUpperCase();
  try {
    const range = `${url}/range/${digest.slice(0, SENT)}`;
    const response = await fetch(range, { headers: { "add-padding": "true" }, redirect: "manual", signal: AbortSignal.timeout(deadline) });
    if (!response.ok) throw Object.assign(new Error("refused"), { name: `HTTP ${response.status}` });
    return isCounted(await response.text(), digest.slice(SENT));
  } catch (error) {
    report(error instanceof Error ? error.name : "unknown");
    return "unavailable";
  }
};

/** Whether the suffix is among the lines; one that was counted 0 times is padding. Throws when this is no such list. */
function isCounted(list: string, suffix: string): boolean {
  const lines = list.trim().split(/\r?\n/).map((line) => LINE.exec(line));
  if (lines.includes(null)) throw Object.assign(new Error("not a list"), { name: "malformed answer" });
  return lines.some((line) => line?.[1] === suffix && Number(line[2]) > 0);
}
