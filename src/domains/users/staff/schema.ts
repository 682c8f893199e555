import { z } from "@hono/zod-openapi";
import { PageParameters, pageAnswer } from "../../../api/paging.ts";
import { line } from "../../../api/text.ts";
import { OPERATOR_ROLES } from "../../authentication/capabilities.ts";

const role = z.enum(OPERATOR_ROLES);

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

export const StaffQuery = PageParameters;
export const StaffCursor = z.tuple([z.uuid(), z.string().max(32)]);
export const StaffPage = pageAnswer(z.strictObject({ ...staff, name: shown, email: shown, state: z.enum(["active", "suspended"]), since: z.iso.datetime() }).openapi("Staff"));
