import { z } from "@hono/zod-openapi";
import { pageAnswer } from "../../../api/listing.ts";
import { line } from "../../../api/text.ts";
import { LOCALES, type Locale } from "../../../i18n/locales.ts";
import { OPERATOR_ROLES } from "../../authentication/capabilities.ts";
import { USER_STATES } from "../accounts/rules.ts";
import { INVITATION_STATES } from "./model.ts";

const role = z.enum(OPERATOR_ROLES);
const instant = z.iso.datetime();

export const OperatorPath = z.object({ operator: z.string() });
export const MemberPath = OperatorPath.extend({ userId: z.uuid() });
export const InvitationPath = OperatorPath.extend({ invitationId: z.uuid() });
export const OwnInvitationPath = z.object({ invitationId: z.uuid() });

/** Somebody of a company. Names, addresses and numbers of theirs are sealed. */
const ContactRequest = z.strictObject({
  name: line(100),
  email: z.email().max(254),
  phone: line(30).openapi({ description: "A mobile number, as people write it.", examples: ["0712 345 678"] }),
  language: z.enum(Object.keys(LOCALES) as Locale[]).default("en"),
}).openapi("Contact");

export const InvitationRequest = z.strictObject({ role, person: ContactRequest }).openapi("InvitationRequest");
export const InvitationMade = z.strictObject({ invitationId: z.uuid(), expiresAt: instant }).openapi("InvitationMade");

export const InvitationFilters = { state: z.enum(INVITATION_STATES).optional() };
const InvitationAnswer = z.strictObject({
  invitationId: z.uuid(),
  role,
  state: z.enum(INVITATION_STATES),
  createdAt: instant,
  expiresAt: instant,
  name: z.string().nullable().openapi({ description: "Only to be recognised by; null once it is over." }),
  userId: z.uuid().nullable().openapi({ description: "Who accepted it." }),
}).openapi("Invitation");
export const InvitationsAnswer = pageAnswer(InvitationAnswer).openapi("Invitations");

export const OwnInvitationsAnswer = z.strictObject({
  invitations: z.array(z.strictObject({ invitationId: z.uuid(), operator: z.string(), name: z.string().nullable(), role, expiresAt: instant })),
}).openapi("OwnInvitations");

export const MemberRequest = z.strictObject({ role }).openapi("MemberChange");

const shown = z.string().nullable().openapi({ description: "Null once erased." });
export const MemberFilters = { role: role.optional(), state: z.enum(USER_STATES).optional() };
export const MembersAnswer = pageAnswer(
  z.strictObject({ userId: z.uuid(), role, name: shown, email: shown, state: z.enum(USER_STATES), since: instant }).openapi("Member"),
).openapi("Members");
