import type { Actor } from "../../kernel/actor.ts";

/** The seed's roles. An operator's people hold theirs for one operator. */
export const ROLES = [
  "super_admin", "grak_admin", "grak_officer", "grak_auditor", "operator_admin", "operator_user",
  "bematore_admin", "bematore_analyst", "citizen", "api_user",
] as const;
export type Role = (typeof ROLES)[number];

/** Held for one operator, and never without one. */
export const OPERATOR_ROLES = ["operator_admin", "operator_user", "api_user"] as const satisfies readonly Role[];
export type OperatorRole = (typeof OPERATOR_ROLES)[number];

/** What somebody may do. Each route names one. */
export const CAPABILITIES = [
  "account:read", "account:tokens", "users:read", "users:write", "users:lock", "users:verify", "roles:assign", "access-tokens:write", "oauth-clients:write",
  "operators:read", "operators:write", "keys:write", "tokens:read", "tokens:retire", "token-lookups:request", "token-lookups:decide", "pair-keys:rotate", "usage:read",
  "exclusions:read", "identities:read", "data-requests:read", "data-requests:decide", "phone-claims:read", "phone-claims:decide", "cases:read", "cases:decide",
  "audit:read", "audit:export", "audit-flags:note", "projection:read", "projection:rebuild", "encryption-keys:read", "encryption-keys:rewrap", "roots:rotate", "statistics:read",
  "token-quarantines:read", "token-quarantines:decide", "canaries:read", "canaries:write", "webhooks:read", "webhooks:write",
  "propagation:read", "compliance:read", "violations:write", "violations:respond",
  "operator-applications:read", "operator-applications:decide", "licences:write", "members:read", "members:write",
  "conformance:read", "conformance:run",
] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** `any`: whatever it concerns. `own`: what concerns the operator the role is held for. */
export interface Holding {
  any: readonly Capability[];
  own?: readonly Capability[];
}

/** What everybody may who has an account. */
const ONESELF = ["account:read", "account:tokens"] as const;

/** What each role may do; what is not listed it may not. */
export const ROLE_CAPABILITIES: Record<Role, Holding> = {
  super_admin: { any: CAPABILITIES },
  grak_admin: {
    any: [
      ...ONESELF, "users:read", "users:write", "users:lock", "users:verify", "roles:assign", "access-tokens:write", "oauth-clients:write",
      "operators:read", "operators:write", "keys:write", "tokens:read", "tokens:retire", "token-lookups:request", "token-lookups:decide", "pair-keys:rotate", "usage:read",
      "exclusions:read", "identities:read", "data-requests:read", "data-requests:decide", "phone-claims:read", "phone-claims:decide", "cases:read", "cases:decide",
      "audit:read", "audit:export", "audit-flags:note", "projection:read", "projection:rebuild", "encryption-keys:read", "roots:rotate", "statistics:read",
      "token-quarantines:read", "token-quarantines:decide", "canaries:read", "canaries:write", "webhooks:read", "webhooks:write", "conformance:read", "conformance:run",
      "propagation:read", "compliance:read", "violations:write", "violations:respond",
      "operator-applications:read", "operator-applications:decide", "licences:write", "members:read", "members:write",
    ],
  },
  grak_officer: {
    any: [
      ...ONESELF, "users:read", "users:lock", "users:verify", "operators:read", "token-lookups:request", "token-lookups:decide", "usage:read",
      "exclusions:read", "identities:read", "data-requests:read", "data-requests:decide", "phone-claims:read", "phone-claims:decide", "cases:read", "cases:decide", "audit:read", "statistics:read",
      "token-quarantines:read", "token-quarantines:decide", "webhooks:read", "conformance:read",
      "propagation:read", "compliance:read", "violations:write", "operator-applications:read", "operator-applications:decide",
    ],
  },
  grak_auditor: {
    any: [
      ...ONESELF, "users:read", "operators:read", "tokens:read", "usage:read", "exclusions:read", "data-requests:read", "phone-claims:read", "cases:read",
      "audit:read", "audit:export", "audit-flags:note", "projection:read", "encryption-keys:read", "statistics:read", "token-quarantines:read", "webhooks:read", "conformance:read",
      "propagation:read", "compliance:read", "operator-applications:read", "members:read",
    ],
  },
  operator_admin: {
    any: ONESELF,
    own: [
      "users:read", "users:write", "access-tokens:write", "operators:read", "keys:write", "usage:read", "webhooks:read", "webhooks:write", "propagation:read",
      "compliance:read", "violations:respond", "conformance:read", "conformance:run", "members:read", "members:write",
    ],
  },
  operator_user: { any: ONESELF, own: ["operators:read", "usage:read", "webhooks:read", "propagation:read", "compliance:read", "conformance:read"] },
  bematore_admin: { any: [...ONESELF, "operators:read", "usage:read", "projection:read"] },
  bematore_analyst: { any: [...ONESELF, "usage:read"] },
  citizen: { any: ONESELF },
  api_user: { any: ONESELF, own: ["usage:read", "conformance:read"] },
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
  /** The third party's program that asks, and all that its token is good for. */
  through?: { clientId: string; scope: readonly Capability[] };
}

/** Whether a role lets do this to what concerns `operator` because it is held for that operator. */
const isOwn = (held: Assignment, capability: Capability, operator: string | null): boolean =>
  operator !== null && held.operator === operator && (ROLE_CAPABILITIES[held.role].own ?? []).includes(capability);

/** What of somebody's roles counts: through a third party's program nothing that its token is not good for. */
const heldFor = ({ assignments, through }: Principal, capability: Capability): readonly Assignment[] =>
  !through || through.scope.includes(capability) ? assignments : [];

/** The role that lets the principal do this to what concerns `operator`; null concerns none in particular. Null when none does. */
export const grantingRole = (principal: Principal, capability: Capability, operator: string | null): Role | null =>
  heldFor(principal, capability).find((held) => ROLE_CAPABILITIES[held.role].any.includes(capability) || isOwn(held, capability, operator))?.role ?? null;

/** As `grantingRole`, by what is the operator's own alone: not by what reaches everybody's. */
export const ownRole = (principal: Principal, capability: Capability, operator: string): Role | null =>
  heldFor(principal, capability).find((held) => isOwn(held, capability, operator))?.role ?? null;

/** Whether the principal may do this to what concerns `operator`. Refuses when in doubt. */
export const allows = (principal: Principal, capability: Capability, operator: string | null): boolean => grantingRole(principal, capability, operator) !== null;

/** Whether somebody may do this at all, be it for one operator. */
export const holds = (assignments: readonly Assignment[], capability: Capability): boolean =>
  assignments.some((held) => allows({ userId: "", assignments: [held] }, capability, held.operator));

/** Who does something, as what they may do and as what the audit names. */
export interface Caller {
  principal: Principal;
  actor: Actor;
}

/** An account as its roles are judged. */
export interface Holder {
  userId: string;
  assignments: readonly Assignment[];
}

/** What an operator's administrator may give, for their own operator. */
const STAFF_ROLES: readonly Role[] = ["operator_user", "api_user"];

/** Whether somebody may do everything a role may, as far as it reaches. An administrator is made by administrators only, whatever others may do. */
function coversRole(by: Principal, { role, operator }: Assignment): boolean {
  if (role === "super_admin") return by.assignments.some((held) => held.role === role);
  const { any, own = [] } = ROLE_CAPABILITIES[role];
  return any.every((capability) => allows(by, capability, null)) && own.every((capability) => allows(by, capability, operator));
}

/** Whether somebody may give a role to others, or take it from them: nobody gives what they do not hold, and no program gives any. */
export const mayGive = (by: Principal, assignment: Assignment): boolean =>
  !by.through && coversRole(by, assignment) && (allows(by, "roles:assign", null) || (STAFF_ROLES.includes(assignment.role) && allows(by, "users:write", assignment.operator)));

/** Whether `by` may act on an account that is not their own: it may do nothing they could not give. */
export const mayManage = (by: Principal, { userId, assignments }: Holder): boolean =>
  by.userId !== userId && assignments.every((held) => mayGive(by, held));

/** Whether somebody may have others hold this role for its operator, or hold it no longer: its own administrators may, another administrator's too. */
export const mayStaff = (by: Principal, assignment: Assignment): boolean =>
  !by.through && assignment.operator !== null && allows(by, "members:write", assignment.operator) && coversRole(by, assignment);
