import type { Pseudonym } from "../../../bst/kinds.ts";
import { equalBytes } from "../../../kernel/bytes.ts";
import { DAY, type Instant } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import type { ReleaseCommand, ReleaseRefusal } from "../identifiers-rpc.ts";
import type { Held } from "../rules.ts";

/** What somebody stated, and when. */
export type StatedThen = Pick<Held, "p" | "kind" | "evidence" | "standing"> & { addedAt: Instant };

/** What is known of a phone's holder: everything they stated in any of their exclusions. */
export interface Holder {
  phone: Pseudonym;
  stated: readonly StatedThen[];
}

/**
 * Whether a phone may leave its holder's exclusion for who has it now. Nobody sheds their own: not by a document of theirs, not by
 * another's where nothing proven says who the holder is, and not so soon after they proved the phone that no network can have
 * given it to somebody else. Fails to keeping it.
 */
export function judgeRelease(
  { phone, stated }: Holder, document: Pseudonym, by: ReleaseCommand["by"], now: Instant, recycledDays: number,
): Result<object, ReleaseRefusal> {
  const documents = stated.filter(({ kind }) => kind !== "msisdn");
  if (documents.some(({ p }) => equalBytes(p, document))) return { ok: false, refusal: "own-document" };
  if (by === "officer") return { ok: true };
  if (!documents.some(({ standing, evidence }) => standing === "firm" && evidence === "registry")) return { ok: false, refusal: "no-document" };
  const provenAt = Math.max(...stated.filter(({ p }) => equalBytes(p, phone)).map(({ addedAt }) => addedAt));
  return now < provenAt + recycledDays * DAY ? { ok: false, refusal: "proven-lately" } : { ok: true };
}
