import type { Actor } from "../../../kernel/actor.ts";
import type { Clock } from "../../../kernel/clock.ts";
import type { OperatorDirectoryApi } from "../../operators/rpc.ts";
import { commit, type Command, once } from "../../../office/commit.ts";
import { type Caller, mayStaff } from "../../authentication/capabilities.ts";
import { type AccessResult, endFamiliesOf, isEnrolled, revokeTokensOf, voidLinksOf } from "../../authentication/index.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { presentAccountOf, updateUser } from "../accounts/store.ts";
import { updatedBy } from "../../../office/columns.ts";
import { type Inviting, newInvitation, type NewInvitationParts } from "./new.ts";
import { endInvitation, invitationById, openInvitationsOf, type StoredInvitation } from "./store.ts";

export interface InvitationParts extends NewInvitationParts {
  accounts: Accounts;
  directory: Pick<OperatorDirectoryApi, "epochsOf">;
  clock: Clock;
  /** Somebody waits to be told. */
  filled: () => void;
}

const refused = <Refusal extends string>(refusal: Refusal) => ({ ok: false, refusal }) as const;

/** Invites somebody, once a command. */
export async function invite(parts: InvitationParts, by: Caller, inviting: Inviting, command: Command): Promise<AccessResult<{ invitationId: string; expiresAt: number }>> {
  const { office, clock, random, directory } = parts;
  const { operator, role } = inviting;
  const now = clock();
  const done = await once<{ invitationId: string; expiresAt: number }, { ok: false; refusal: "beyond-own" | "unknown" }>(office, command, { now, random }, async () => {
    if (!mayStaff(by.principal, { role, operator })) return refused("beyond-own");
    if (!(await isEnrolled(directory, operator))) return refused("unknown");
    const { row, rows, events } = newInvitation(parts, inviting, by.actor, now);
    const audit = { action: "operator-invitation.made", resource: `operator/${operator}`, payload: { invitationId: row.id, role } };
    return { actor: by.actor, rows, events, audit, answer: { invitationId: row.id, expiresAt: row.expiresAt } };
  });
  if (!done.ok) return done;
  parts.filled();
  return { ok: true, ...done.answer };
}

/** Takes one back that is open; one of another operator is as unknown as none. */
export async function withdrawInvitation(parts: InvitationParts, { principal, actor }: Caller, operator: string, invitationId: string): Promise<AccessResult<object>> {
  const found = await invitationById(parts.office, invitationId);
  if (found?.operator !== operator) return refused("unknown");
  if (!mayStaff(principal, found)) return refused("beyond-own");
  return found.state === "open" ? ending(parts, found, { state: "withdrawn" }, "operator-invitation.withdrawn", actor) : { ok: true };
}

export function ending({ office, random, clock }: Pick<InvitationParts, "office" | "random" | "clock">, found: StoredInvitation, to: Pick<StoredInvitation, "state">, action: string, actor: Actor) {
  const now = clock();
  return commit(office, {
    actor,
    rows: [{ exactlyOne: endInvitation(office.primary, found, to, actor, now) }],
    audit: { action, resource: `operator/${found.operator}`, payload: { invitationId: found.id, role: found.role } },
    answer: {},
  }, { now, random });
}

/** What somebody signed in can accept: what was sent to the phone they proved. */
export async function ownInvitations({ office, clock }: Pick<InvitationParts, "office" | "clock">, userId: string) {
  const account = await presentAccountOf(office, userId);
  return account?.phoneKey && account.phoneProvenAt !== null ? openInvitationsOf(office, account.phoneKey, clock()) : [];
}

/**
 * Gives the holder of the phone that was invited the role, by their own act; somebody else's invitation is as unknown as none. Their access tokens
 * end with it, and the links that set a password, as with every role: whoever had one before must not have the role by it.
 */
export async function acceptInvitation(parts: InvitationParts, { principal: { userId, through }, actor }: Caller, invitationId: string): Promise<AccessResult<object>> {
  const { office, accounts, clock, random } = parts;
  if (through) return refused("beyond-own");
  const [account, found] = await Promise.all([presentAccountOf(office, userId), invitationById(office, invitationId)]);
  const now = clock();
  const isTheirs = account?.phoneProvenAt != null && found !== null && found.phoneKey !== null && found.phoneKey === account.phoneKey;
  if (!isTheirs || found.expiresAt <= now) return refused("unknown");
  const { role, operator } = found;
  const holdsIt = account.assignments.some((held) => held.role === role && held.operator === operator);
  const { primary } = office;
  return commit(office, {
    actor,
    rows: [
      { exactlyOne: endInvitation(primary, found, { state: "accepted", userId }, actor, now) },
      { exactlyOne: updateUser(primary, account, updatedBy(actor, now, account.version), false) },
      ...(holdsIt ? [] : [accounts.newAssignment(userId, { role, operator }, actor, now).insert]),
      revokeTokensOf(primary, userId, actor, now),
      voidLinksOf(primary, userId, now),
      endFamiliesOf(primary, userId, "role-given", now),
    ],
    audit: { action: "operator-invitation.accepted", resource: `operator/${operator}`, payload: { invitationId, role, userId } },
    answer: {},
  }, { now, random });
}
