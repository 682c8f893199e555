import { createRoute, type OpenAPIHono, type z } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../api/authorization.ts";
import { commandIdOf, fingerprintOf, IDEMPOTENCY, IdempotencyHeaders } from "../../../api/idempotency.ts";
import { type ApiEnv, createRouter } from "../../../api/kit.ts";
import { LIST_PROBLEMS, listing, writeList } from "../../../api/listing.ts";
import { available, ProblemError } from "../../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../../api/problem-responses.ts";
import { refuseAccess } from "../../../api/refusals.ts";
import { maskName } from "../../../kernel/mask.ts";
import type { OperatorRole } from "../../authentication/capabilities.ts";
import { readPhone } from "../../authentication/index.ts";
import { changeMember, removeMember } from "../staff/members.ts";
import { listStaff, type StaffParts } from "../staff/staff.ts";
import { BY_ASSIGNMENT } from "../staff/store.ts";
import { openContact } from "./box.ts";
import { acceptInvitation, type InvitationParts, invite, ownInvitations, withdrawInvitation } from "./invite.ts";
import {
  InvitationFilters, InvitationMade, InvitationPath, InvitationRequest, InvitationsAnswer, MemberFilters, MemberPath, MemberRequest, MembersAnswer, OperatorPath,
  OwnInvitationPath, OwnInvitationsAnswer,
} from "./schema.ts";
import { BY_INVITING, invitationsBy, type StoredInvitation } from "./store.ts";

export interface MemberRouteParts extends AccessParts, StaffParts {
  /** `afterwards` outlives the answer. */
  invitations: (afterwards: (work: Promise<unknown>) => void) => InvitationParts;
}

const MEMBERS = "/v1/operators/{operator}/members";
const INVITATIONS = "/v1/operators/{operator}/invitations";
const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({ description, content: { "application/json": { schema } } });
const body = <Schema extends z.ZodType>(schema: Schema) => ({ required: true, content: { "application/json": { schema } } });

const members = listing({ name: "members", filters: MemberFilters, orders: BY_ASSIGNMENT, usual: "since" });
const invitationsOf = listing({ name: "invitations", filters: InvitationFilters, orders: BY_INVITING, usual: "-createdAt" });

const list = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "members:read", { reads: { action: "operator-member.listed", resource: (named) => `operator/${named("operator")}` } }),
    method: "get",
    path: MEMBERS,
    summary: "An operator's members, each with a role they hold",
    description: "Names and addresses are for the operator's own administrators; the regulator's see only what somebody is recognised by.",
    request: { params: OperatorPath, query: members.parameters },
    responses: { 200: json(MembersAnswer, "Who holds which role"), ...problems(...LIST_PROBLEMS, ...ACCESS_PROBLEMS) },
  });

const changing = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "members:write"),
    method: "put",
    path: `${MEMBERS}/{userId}`,
    summary: "Give a member this role in the place of those they hold",
    description: "Never to oneself; the last administrator stays one.",
    request: { params: MemberPath, body: body(MemberRequest) },
    responses: { 204: { description: "They hold it, and no other" }, ...problems(...BODY_PROBLEMS, ...ACCESS_PROBLEMS, "not-found", "conflict") },
  });

const removing = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "members:write"),
    method: "delete",
    path: `${MEMBERS}/{userId}`,
    summary: "Take every role for an operator from a member",
    description: "Their account stays. The last administrator stays one.",
    request: { params: MemberPath },
    responses: { 204: { description: "They hold none" }, ...problems("field-invalid", ...ACCESS_PROBLEMS, "not-found", "conflict") },
  });

const inviting = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "members:write"),
    method: "post",
    path: INVITATIONS,
    summary: "Invite somebody to hold a role for an operator",
    description: "They hear of it by SMS, and accept it signed in with that phone, within 14 days. Whether anybody has an account with it is not said, and nothing about it changes before.",
    request: { params: OperatorPath, headers: IdempotencyHeaders, body: body(InvitationRequest) },
    responses: { 201: json(InvitationMade, "The invitation"), ...problems(...BODY_PROBLEMS, ...IDEMPOTENCY, ...ACCESS_PROBLEMS, "not-found") },
  });

const listInvitations = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "members:read", { reads: { action: "operator-invitation.listed", resource: (named) => `operator/${named("operator")}` } }),
    method: "get",
    path: INVITATIONS,
    summary: "Whom an operator invited",
    request: { params: OperatorPath, query: invitationsOf.parameters },
    responses: { 200: json(InvitationsAnswer, "A page"), ...problems(...LIST_PROBLEMS, ...ACCESS_PROBLEMS) },
  });

const withdrawing = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "members:write"),
    method: "delete",
    path: `${INVITATIONS}/{invitationId}`,
    summary: "Take an invitation back",
    request: { params: InvitationPath },
    responses: { 204: { description: "It is open no longer" }, ...problems("field-invalid", ...ACCESS_PROBLEMS, "not-found", "conflict") },
  });

const own = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "account:read"),
    method: "get",
    path: "/v1/account/invitations",
    summary: "What the token's holder is invited to",
    description: "By the phone they proved.",
    responses: { 200: json(OwnInvitationsAnswer, "What can be accepted"), ...problems(...ACCESS_PROBLEMS) },
  });

const accepting = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "account:read"),
    method: "post",
    path: "/v1/account/invitations/{invitationId}/acceptance",
    summary: "Accept an invitation",
    description: "Access tokens end with it, the one that asks too: the role takes new ones.",
    request: { params: OwnInvitationPath },
    responses: { 204: { description: "The role is held" }, ...problems("field-invalid", ...ACCESS_PROBLEMS, "not-found", "conflict") },
  });

const iso = (at: number): string => new Date(at).toISOString();

export function memberRoutes({ invitations, ...parts }: MemberRouteParts): OpenAPIHono<ApiEnv> {
  const partsFor = (c: { executionCtx: { waitUntil: (work: Promise<unknown>) => void } }) => invitations((work) => c.executionCtx.waitUntil(work));
  const shownOf = ({ id, role, state, createdAt, expiresAt, contact, userId }: StoredInvitation) => ({
    invitationId: id, role, state, createdAt: iso(createdAt), expiresAt: iso(expiresAt), userId,
    name: contact && maskName(openContact(parts.envelope, "operatorInvitations", id, contact).name),
  });

  return createRouter()
    .openapi(list(parts), async (c) => {
      const { operator } = c.req.valid("param");
      const asked = members.read(c.req.valid("query"), operator);
      const page = await available(listStaff(parts, c.var, operator, asked.filters, asked.page));
      return c.json(writeList(asked, page, ({ userId, name, email, state, role, since }) => ({ userId, name, email, state, role: role as OperatorRole, since: iso(since) })), 200);
    })
    .openapi(changing(parts), async (c) => {
      const { operator, userId } = c.req.valid("param");
      const done = await available(changeMember(parts, c.var, operator, userId, c.req.valid("json").role));
      return done.ok ? c.body(null, 204) : refuseAccess(done);
    })
    .openapi(removing(parts), async (c) => {
      const { operator, userId } = c.req.valid("param");
      const done = await available(removeMember(parts, c.var, operator, userId));
      return done.ok ? c.body(null, 204) : refuseAccess(done);
    })
    .openapi(inviting(parts), async (c) => {
      const { operator } = c.req.valid("param");
      const { role, person: { language: locale, ...person } } = c.req.valid("json");
      const phone = readPhone(person.phone);
      if (!phone.ok) throw new ProblemError("field-invalid", { errors: [{ pointer: "/person/phone", detail: "must be a mobile number" }] });
      const contact = { ...person, phone: phone.number, locale };
      const command = { id: commandIdOf(c.var.actor.id, "invite", c.req.valid("header")), fingerprint: fingerprintOf(operator, role, parts.accounts.fingerprint(contact)) };
      const done = await available(invite(partsFor(c), c.var, { operator, role, contact }, command));
      return done.ok ? c.json({ invitationId: done.invitationId, expiresAt: iso(done.expiresAt) }, 201) : refuseAccess(done);
    })
    .openapi(listInvitations(parts), async (c) => {
      const { operator } = c.req.valid("param");
      const asked = invitationsOf.read(c.req.valid("query"), operator);
      return c.json(writeList(asked, await available(invitationsBy(parts.office, operator, asked.filters, asked.page)), shownOf), 200);
    })
    .openapi(withdrawing(parts), async (c) => {
      const { operator, invitationId } = c.req.valid("param");
      const done = await available(withdrawInvitation(partsFor(c), c.var, operator, invitationId));
      return done.ok ? c.body(null, 204) : refuseAccess(done);
    })
    .openapi(own(parts), async (c) => {
      const found = await available(ownInvitations(partsFor(c), c.var.principal.userId));
      return c.json({ invitations: found.map(({ id, operator, name, role, expiresAt }) => ({ invitationId: id, operator, name, role, expiresAt: iso(expiresAt) })) }, 200);
    })
    .openapi(accepting(parts), async (c) => {
      const done = await available(acceptInvitation(partsFor(c), c.var, c.req.valid("param").invitationId));
      return done.ok ? c.body(null, 204) : refuseAccess(done);
    });
}
