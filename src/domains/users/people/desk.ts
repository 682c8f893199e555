import { z } from "zod";
import { fingerprintOf } from "../../../api/idempotency.ts";
import { isUuid } from "../../../kernel/ids.ts";
import type { Command } from "../../../office/commit.ts";
import { noteRead } from "../../../office/reads.ts";
import { allows, type Caller, type Capability } from "../../authentication/capabilities.ts";
import type { UserRefusal } from "../accounts/parts.ts";
import { LOCK_REASONS } from "../accounts/rules.ts";
import { enter, read, type StaffParts, visitorIn } from "./enter.ts";
import { lockUser } from "./lock.ts";
import { lookAt } from "./look.ts";
import { DOCUMENTS, REASONS, STAFF_ROOMS, type StaffRoom } from "./model.ts";
import type { ServeRefusal, StaffUsersRpc } from "./rpc.ts";
import { searchUser } from "./search.ts";
import { unlockUser } from "./unlock.ts";
import { type Finding, verifyUser } from "./verify.ts";

type Answer<Verb extends keyof StaffUsersRpc> = ReturnType<StaffUsersRpc[Verb]>;

const refused = <Refusal extends string>(refusal: Refusal) => ({ ok: false, refusal }) as const;

const Account = z.object({ userId: z.string().refine(isUuid) });
const Search = z.object({ identifier: z.string() });
const Lock = z.object({ reason: z.enum(LOCK_REASONS) });
const formId = z.string().refine(isUuid);
const Verify = z.object({ formId, method: z.enum(DOCUMENTS), reason: z.enum(REASONS.verified) });
const Revoke = z.object({ formId, reason: z.enum(REASONS.revoked) });

export async function rooms(parts: StaffParts, visitor: unknown): Answer<"rooms"> {
  const entered = await enter(parts, visitor, "account:read");
  if (!entered.ok) return entered;
  const open = (Object.keys(STAFF_ROOMS) as StaffRoom[]).filter((room) => allows(entered.by.principal, STAFF_ROOMS[room], null));
  return open.length > 0 ? { ok: true, rooms: open } : refused("not-found");
}

export async function enterDesk(parts: StaffParts, visitor: unknown): Answer<"enter"> {
  const entered = await enter(parts, visitor, "users:read");
  return entered.ok ? { ok: true } : entered;
}

export async function search(parts: StaffParts, unread: unknown): Answer<"search"> {
  const entered = await enter(parts, visitorIn(unread), "users:read");
  if (!entered.ok) return entered;
  const asked = read(Search, unread);
  return asked ? searchUser(parts, entered.by, asked.identifier) : refused("identifier-unreadable");
}

export async function look(parts: StaffParts, unread: unknown): Answer<"look"> {
  const entered = await enter(parts, visitorIn(unread), "users:read");
  if (!entered.ok) return entered;
  const asked = read(Account, unread);
  const account = asked && (await lookAt(parts, asked.userId, parts.clock()));
  if (!account) return refused("not-found");
  await noteRead(parts.office, { actor: entered.by.actor, action: "user.viewed", resource: `user/${account.id}` }, parts.clock(), parts.random);
  const may = (capability: Capability): boolean => allows(entered.by.principal, capability, null);
  return { ok: true, account, may: { lock: may("users:lock"), verify: may("users:verify"), identify: may("identities:read") } };
}

/** Has an act done to an account by who may do it and showed a factor lately. */
async function serve<Request>(
  parts: StaffParts, unread: unknown, capability: Capability, schema: z.ZodType<Request>,
  act: (by: Caller, userId: string, request: Request) => Promise<{ ok: true } | ({ ok: false } & UserRefusal)>,
): Promise<{ ok: true } | ({ ok: false } & ServeRefusal)> {
  const entered = await enter(parts, visitorIn(unread), capability, "fresh");
  if (!entered.ok) return entered;
  const account = read(Account, unread);
  if (!account) return refused("not-found");
  const request = read(schema, unread);
  if (!request) return refused("choice-missing");
  const done = await act(entered.by, account.userId, request);
  if (done.ok) return { ok: true };
  return done.refusal === "unknown" ? refused("not-found") : (done as { ok: false } & ServeRefusal);
}

export const lock = (parts: StaffParts, unread: unknown): Answer<"lock"> =>
  serve(parts, unread, "users:lock", Lock, (by, userId, { reason }) => lockUser(parts, by, userId, reason));

export const unlock = (parts: StaffParts, unread: unknown): Answer<"unlock"> =>
  serve(parts, unread, "users:lock", z.object({}), (by, userId) => unlockUser(parts, by, userId));

/** What a form asks is carried out once, whoever sends it again. */
const commandOf = ({ principal }: Caller, formId: string, userId: string, finding: Finding): Command =>
  ({ id: `verify ${principal.userId} ${formId}`, fingerprint: fingerprintOf(userId, finding) });

export const verify = (parts: StaffParts, unread: unknown): Answer<"verify"> =>
  serve(parts, unread, "users:verify", Verify, (by, userId, { formId, method, reason }) => {
    const finding: Finding = { verdict: "verified", method, reason };
    return verifyUser(parts, by, userId, finding, commandOf(by, formId, userId, finding));
  });

export const revoke = (parts: StaffParts, unread: unknown): Answer<"revoke"> =>
  serve(parts, unread, "users:verify", Revoke, (by, userId, { formId, reason }) => {
    const finding: Finding = { verdict: "revoked", reason };
    return verifyUser(parts, by, userId, finding, commandOf(by, formId, userId, finding));
  });
