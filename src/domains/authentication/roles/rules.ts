import { type Assignment, mayGive, OPERATOR_ROLES, type Principal, type Role } from "../capabilities.ts";

const isOperatorRole = (role: Role): boolean => (OPERATOR_ROLES as readonly Role[]).includes(role);

/** Whether a role can be held like this: an operator's for an operator, every other for none. */
export const fits = ({ role, operator }: Assignment): boolean => isOperatorRole(role) === (operator !== null);

/** Why `by` may not give the role to that account; null when they may. Nobody raises themself. */
export function refusalToGive(by: Principal, toUserId: string, assignment: Assignment): "oneself" | "beyond-own" | null {
  if (by.userId === toUserId) return "oneself";
  return mayGive(by, assignment) ? null : "beyond-own";
}
