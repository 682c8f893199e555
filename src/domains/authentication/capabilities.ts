/** The seed's roles. An operator's people hold theirs for one operator. */
export const ROLES = [
  "super_admin", "grak_admin", "grak_officer", "grak_auditor", "operator_admin", "operator_user",
  "bematore_admin", "bematore_analyst", "citizen", "api_user",
] as const;
export type Role = (typeof ROLES)[number];

/** Held for one operator, and never without one. */
export const OPERATOR_ROLES: readonly Role[] = ["operator_admin", "operator_user", "api_user"];

/** What somebody may do. Each route names one. */
export const CAPABILITIES = [
  "account:read", "operators:read", "operators:write", "keys:write", "tokens:retire", "usage:read",
  "data-requests:read", "data-requests:decide",
] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** `any`: whatever it concerns. `own`: what concerns the operator the role is held for. */
type Reach = "any" | "own";

const everything = Object.fromEntries(CAPABILITIES.map((capability) => [capability, "any"])) as Record<Capability, Reach>;

/** What each role may do; what is not listed it may not. */
export const ROLE_CAPABILITIES: Record<Role, Partial<Record<Capability, Reach>>> = {
  super_admin: everything,
  grak_admin: { "account:read": "any", "operators:read": "any", "operators:write": "any", "keys:write": "any", "tokens:retire": "any", "usage:read": "any", "data-requests:read": "any", "data-requests:decide": "any" },
  grak_officer: { "account:read": "any", "operators:read": "any", "usage:read": "any", "data-requests:read": "any", "data-requests:decide": "any" },
  grak_auditor: { "account:read": "any", "operators:read": "any", "usage:read": "any", "data-requests:read": "any" },
  operator_admin: { "account:read": "any", "operators:read": "own", "keys:write": "own", "usage:read": "own" },
  operator_user: { "account:read": "any", "operators:read": "own", "usage:read": "own" },
  bematore_admin: { "account:read": "any", "operators:read": "any", "usage:read": "any" },
  bematore_analyst: { "account:read": "any", "usage:read": "any" },
  citizen: { "account:read": "any" },
  api_user: { "account:read": "any", "usage:read": "own" },
};

/** A role somebody holds; `operator` is null for roles that are held for none. */
export interface Assignment {
  role: Role;
  operator: string | null;
}

/** Somebody the office knows, as a request made by them is judged. */
export interface Principal {
  userId: string;
  assignments: readonly Assignment[];
}

/** Whether the principal may do this to what concerns `operator`; null concerns none in particular. Refuses when in doubt. */
export const allows = ({ assignments }: Principal, capability: Capability, operator: string | null): boolean =>
  assignments.some((held) => {
    const reach = ROLE_CAPABILITIES[held.role][capability];
    return reach === "any" || (reach === "own" && operator !== null && held.operator === operator);
  });
