import { describe, expect, it } from "vitest";
import { allows, CAPABILITIES, mayGive, mayManage, OPERATOR_ROLES, type Principal, type Role, ROLES } from "../../../src/domains/authentication/capabilities.ts";
import { fits, refusalToGive } from "../../../src/domains/authentication/roles/rules.ts";

const isOperators = (role: Role): boolean => (OPERATOR_ROLES as readonly Role[]).includes(role);
const held = (role: Role, operator = "acme") => ({ role, operator: isOperators(role) ? operator : null });
const holder = (role: Role, operator?: string): Principal => ({ userId: `a ${role}`, assignments: [held(role, operator)] });
const givenBy = (role: Role): Role[] => ROLES.filter((given) => mayGive(holder(role), held(given)));

describe("a role", () => {
  it("of an operator is held for one, and every other for none", () => {
    for (const role of ROLES) expect([fits({ role, operator: "acme" }), fits({ role, operator: null })]).toEqual([isOperators(role), !isOperators(role)]);
  });

  it("is given by who holds everything it holds and gives roles, or manages an operator's people", () => {
    expect(givenBy("super_admin")).toEqual(ROLES);
    expect(givenBy("grak_admin")).toEqual(ROLES.filter((role) => role !== "super_admin"));
    expect(givenBy("operator_admin")).toEqual(["operator_user", "api_user"]);
    for (const role of ROLES) if (!["super_admin", "grak_admin", "operator_admin"].includes(role)) expect(givenBy(role), role).toEqual([]);
  });

  it("never lets anybody do what its giver could not", () => {
    for (const giver of ROLES) {
      for (const given of givenBy(giver)) {
        for (const operator of ["acme", null]) {
          const more = CAPABILITIES.filter((capability) => allows(holder(given), capability, operator) && !allows(holder(giver), capability, operator));
          expect(more, `${giver} gives ${given}`).toEqual([]);
        }
      }
    }
  });

  it("of another operator is not given by an operator's administrator, nor by one without an operator", () => {
    expect(mayGive(holder("operator_admin"), held("operator_user", "other"))).toBe(false);
    expect(mayGive({ userId: "a", assignments: [{ role: "operator_admin", operator: null }] }, { role: "operator_user", operator: null })).toBe(false);
  });

  it("is not given to oneself, whatever one holds", () => {
    const administrator = holder("super_admin");
    expect(ROLES.map((role) => refusalToGive(administrator, administrator.userId, held(role)))).toEqual(ROLES.map(() => "oneself"));
    expect(refusalToGive(administrator, holder("citizen").userId, held("super_admin"))).toBeNull();
    expect(refusalToGive(holder("grak_admin"), holder("citizen").userId, held("super_admin"))).toBe("beyond-own");
  });
});

describe("another's account", () => {
  it("is managed by who could give all it holds, and one role beyond that is too much", () => {
    const boss = holder("operator_admin");
    const staff = holder("operator_user");
    expect(mayManage(boss, staff)).toBe(true);
    for (const more of [held("grak_officer"), held("operator_admin"), held("operator_user", "other"), held("citizen")]) {
      expect(mayManage(boss, { ...staff, assignments: [...staff.assignments, more] }), more.role).toBe(false);
    }
    expect(mayManage(holder("grak_admin"), holder("super_admin"))).toBe(false);
    for (const role of ROLES) expect(mayManage(holder(role), holder(role)), role).toBe(false);
  });
});
