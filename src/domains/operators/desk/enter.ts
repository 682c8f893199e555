import { z } from "zod";
import { fingerprintOf } from "../../../api/idempotency.ts";
import type { Result } from "../../../kernel/result.ts";
import { type Caller, type Capability, ownRole, type Principal } from "../../authentication/capabilities.ts";
import { enterBy, type EnterParts, read, visitorIn } from "../../users/people/index.ts";
import type { StaffRefusal } from "../../users/people/rpc.ts";

const Asked = z.object({ operator: z.string().max(64).nullable().catch(null) });

/** The operators somebody may do this for because they are of its people, in the order of their ids. */
export const operatorsOf = (principal: Principal, capability: Capability): string[] =>
  [...new Set(principal.assignments.flatMap(({ operator }) => (operator !== null && ownRole(principal, capability, operator) ? [operator] : [])))].toSorted();

/** Lets in who is signed in and may do this for the operator that is asked for, or for the first of theirs where none is. */
export async function enterFor(
  parts: EnterParts, unread: unknown, capability: Capability, fresh: "fresh" | null = null,
): Promise<Result<{ by: Caller; operator: string }, StaffRefusal>> {
  const asked = read(Asked, unread)?.operator ?? null;
  const meant = (principal: Principal): string | undefined => operatorsOf(principal, capability).find((own) => asked === null || own === asked);
  const entered = await enterBy(parts, visitorIn(unread), capability, (principal) => meant(principal) !== undefined, fresh);
  return entered.ok ? { ok: true, by: entered.by, operator: meant(entered.by.principal)! } : entered;
}

/** What a form asks is carried out once, whoever sends it again. */
export const commandOf = ({ principal }: Caller, act: string, form: string): string => fingerprintOf("operator-desk", act, principal.userId, form);
