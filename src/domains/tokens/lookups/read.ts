import type { Actor } from "../../../kernel/actor.ts";
import type { Result } from "../../../kernel/result.ts";
import { nameOf } from "../../../office/columns.ts";
import type { CommitRefusal } from "../../../office/commit.ts";
import type { Role } from "../../authentication/capabilities.ts";
import type { Statement } from "../../exclusions/who-rpc.ts";
import { type LookupParts, openToken, step, type TokenRefusal, tokenKeyOf } from "./parts.ts";
import { judgeReading, type ReadingRefusal } from "./rules.ts";
import { lookupById } from "./store.ts";

/** Who reads, by which of their roles: the person is told the role. */
export interface Reader {
  actor: Actor;
  role: Role;
}

export type ReadRefusal = { refusal: "unknown" | "another-token" } | ReadingRefusal | TokenRefusal | CommitRefusal;
export type Excluded = Pick<Statement, "reference" | "evidence" | "standing">;

/**
 * Answers who asked, once: in which exclusions in force the token's identifier is. That it is read is in the audit log before anything
 * is opened; then those it is proven to belong to are told, and only then is it answered. What fails on the way can be read again, with
 * an entry of its own.
 */
export async function readLookup(parts: LookupParts, { actor, role }: Reader, id: string, token: string): Promise<Result<{ exclusions: Excluded[] }, ReadRefusal>> {
  const found = await lookupById(parts.office, id);
  if (!found) return { ok: false, refusal: "unknown" };
  const now = parts.clock();
  const judged = judgeReading(found, nameOf(actor), now);
  if (!judged.ok) return judged;
  if (tokenKeyOf(parts, found.operator, token) !== found.tokenKey) return { ok: false, refusal: "another-token" };
  const begun = await step(parts, actor, found, {}, "read", { reason: found.reason, approvedBy: found.decidedBy }, now);
  if (!begun.ok) return begun;
  const opened = await openToken(parts, found.operator, token);
  if (!opened.ok) return opened;
  const statements = await parts.register.excludedBy({ rootEpoch: opened.rootEpoch, p: opened.p });
  await tell(parts, statements, { id, at: now, role, reason: found.reason });
  const done = await step(parts, actor, begun.lookup, { state: "read", readAt: now, tokenKey: null }, "answered", {}, now);
  return done.ok ? { ok: true, exclusions: statements.map(({ reference, evidence, standing }) => ({ reference, evidence, standing })) } : done;
}

/** Who only typed somebody's document is not told of it: it may be another's token. */
async function tell({ person }: LookupParts, statements: readonly Statement[], read: Parameters<ReturnType<LookupParts["person"]>["lookedUp"]>[0]): Promise<void> {
  const persons = new Set(statements.filter(({ standing }) => standing === "firm").map(({ personId }) => personId));
  await Promise.all([...persons].map((personId) => person(personId).lookedUp(read)));
}
