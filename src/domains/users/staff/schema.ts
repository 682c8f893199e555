import { z } from "@hono/zod-openapi";
import { pageAnswer } from "../../../api/listing.ts";
import { line } from "../../../api/text.ts";
import { OPERATOR_ROLES } from "../../authentication/capabilities.ts";
import { USER_STATES } from "../accounts/rules.ts";

const role = z.enum(OPERATOR_ROLES);
const state = z.enum(USER_STATES);

export const OperatorPath = z.object({ operator: z.string() });
export const StaffPath = OperatorPath.extend({ userId: z.uuid() });

export const StaffRequest = z.strictObject({
  name: line(100),
  email: z.email().max(254),
  role,
}).openapi("StaffRequest");

const staff = { userId: z.uuid(), role };

export const StaffAnswer = z.strictObject(staff).openapi("StaffAdded");

const shown = z.string().nullable().openapi({ description: "Null once erased." });

export const StaffFilters = { role: role.optional(), state: state.optional() };
export const StaffPage = pageAnswer(z.strictObject({ ...staff, name: shown, email: shown, state, since: z.iso.datetime() }).openapi("Staff"));
