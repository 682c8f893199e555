import { z } from "@hono/zod-openapi";
import { OPERATOR_ROLES, ROLES } from "../capabilities.ts";

const operator = z.string().max(64).optional().openapi({ description: `For which operator: with ${OPERATOR_ROLES.join(", ")}, and with no other role.` });

export const RolePath = z.object({ userId: z.uuid(), role: z.enum(ROLES) });
export const AssignmentRequest = z.strictObject({ operator }).openapi("RoleAssignment");
export const AssignmentQuery = z.object({ operator });
