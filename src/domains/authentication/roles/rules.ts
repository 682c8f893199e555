import { allows, type Assignment, OPERATOR_ROLES, type Principal, type Role, ROLE_CAPABILITIES } from "../capabilities.ts";

/** An account as its roles are judged. */
export interface Holder {
  userId: string;
  assignments: readonly Assignment[];
}

/** What an operator's administrator may give, for their own operator. */
const STAFF_ROLES: readonly Role[] = ["operator_user", "api_user"];

const isOperatorRole = (role: Role): boolean => (OPERATOR_ROLES as readonly Role[]).includes(role);

/** Whether a role can be held like this: an operator's for an operator, every other for none. */
export const fits = ({ role, operator }: Assignment): boolean => isOperatorRole(role) === (operator !== null);

/** Whether somebody may do everything a role may, as far as it reaches. An administrator is made by administrators only, whatever others may do. */
function coversRole(by: Principal, { role, operator }: Assignment): boolean {
  if (role === "super_admin") return by.assignments.some((held) => held.role === role);
  const { any, own = [] } = ROLE_CAPABILITIES[role];
  return any.every((capability) => allows(by, capability, null)) && own.every((capability) => allows(by, capability, operator));
}

/** Whether somebody may give a role to others, or take it from them: nobody gives what they do not hold. */
export const mayGive = (by: Principal, assignment: Assignment): boolean =>
  coversRole(by, assignment) && (allows(by, "roles:assign", null) || (STAFF_ROLES.includes(assignment.role) && allows(by, "users:write", assignment.operator)));

/** Why `by` may not give the role to `to`; null when they may. Nobody raises themself. */
export function refusalToGive(by: Principal, to: Holder, assignment: Assignment): "oneself" | "beyond-own" | null {
  if (by.userId === to.userId) return "oneself";
  return mayGive(by, assignment) ? null : "beyond-own";
}

/** Whether `by` may act on an account that is not their own: it may do nothing they could not give. */
export const mayManage = (by: Principal, { userId, assignments }: Holder): boolean =>
  by.userId !== userId && assignments.every((held) => mayGive(by, held));
