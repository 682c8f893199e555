import type { Result } from "../../../kernel/result.ts";
import { updatedBy } from "../../../office/columns.ts";
import { type Command, once } from "../../../office/commit.ts";
import type { Caller } from "../../authentication/capabilities.ts";
import { refused, type UserParts, type UserRefusal } from "../accounts/parts.ts";
import { accountOf, updateUser } from "../accounts/store.ts";
import type { DocumentKind, Reason, Verdict } from "./model.ts";
import { refusalToServe, stepAfter } from "./rules.ts";
import { insertVerification, latestVerification, type VerificationRow } from "./store.ts";

/** That a document was seen, or that what was seen counts no more. */
export type Finding = { verdict: "verified"; method: DocumentKind; reason: Reason<"verified"> } | { verdict: "revoked"; reason: Reason<"revoked"> };

const ACTIONS = { verified: "user.verified", revoked: "user.verification-revoked" } as const satisfies Record<Verdict, string>;

type Refused = { ok: false } & UserRefusal;

/**
 * Notes what an officer found of who an account's holder is; the same command again notes nothing more. `unverified`: there is nothing to
 * revoke. `erased`: nobody knows any more who it is.
 */
export async function verifyUser(
  { office, clock, random }: UserParts, { principal, actor }: Caller, id: string, finding: Finding, command: Command,
): Promise<Result<{ verification: VerificationRow }, UserRefusal>> {
  const now = clock();
  const done = await once<VerificationRow, Refused>(office, command, { now, random }, async () => {
    const [target, latest] = await Promise.all([accountOf(office, id), latestVerification(office, id)]);
    if (!target) return refused("unknown");
    const refusal = refusalToServe(principal, target, false);
    if (refusal) return refused(refusal);
    if (!target.sealedProfile) return refused("erased");
    const method = finding.verdict === "verified" ? finding.method : latest?.verdict === "verified" && latest.method;
    if (!method) return refused("unverified");
    const { verdict, reason } = finding;
    const row = { userId: id, ...stepAfter(latest, { method, verdict, reason }, actor, now, random) };
    return {
      actor,
      rows: [
        { exactlyOne: updateUser(office.primary, target, updatedBy(actor, now, target.version), false) },
        insertVerification(office.primary, row),
      ],
      audit: { action: ACTIONS[verdict], resource: `user/${id}`, payload: { id: row.id, method, reason } },
      answer: row,
    };
  });
  return done.ok ? { ok: true, verification: done.answer } : done;
}
