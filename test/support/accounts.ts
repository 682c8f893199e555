/** The routes of accounts over a real office, and what a test does with them. */
import { eq } from "drizzle-orm";
import { beforeAll } from "vitest";
import type { Role } from "../../src/domains/authentication/capabilities.ts";
import { users } from "../../src/domains/users/accounts/tables.ts";
import { auditEntries } from "../../src/office/tables.ts";
import type { testApi } from "./api.ts";
import { testOffice } from "./office.ts";
import { accountsOf, holding, officeApi, somebody as somebodyHolding } from "./people.ts";

type Call = Awaited<ReturnType<typeof testApi>>["call"];

export interface Somebody {
  id: string;
  token: string;
}

export const by = ({ token }: Somebody, more: Record<string, string> = {}) => ({ authorization: `Bearer ${token}`, ...more });
export const fresh = () => `${crypto.randomUUID()}@example.test`;
export const status = async (answer: ReturnType<Call>) => (await answer).response.status;
export const told = async (answer: ReturnType<Call>) => ((await answer).body as { detail: string }).detail;

/** Whoever is not named does it as `api.ada`, an administrator. */
export function testAccounts() {
  const test = testOffice();
  const api = {} as { call: Call; ada: Somebody };

  /** An account with a token, and a role if one is named. */
  async function somebody(role?: Role): Promise<Somebody> {
    const { userId: id, token } = await somebodyHolding(test.office, role ? holding(role) : []);
    return { id, token };
  }

  beforeAll(async () => {
    const { primary } = test.office;
    // The replica may be a moment behind what was just written.
    const { call } = await officeApi({ primary, nearest: primary });
    Object.assign(api, { call, ada: await somebody("super_admin") });
  });

  const rowOf = async (id: string) => (await test.office.primary.select().from(users).where(eq(users.id, id)).get())!;
  return {
    test, api, somebody,
    create: (json: object, key: string = crypto.randomUUID(), who = api.ada) => api.call("POST", "/v1/users", { headers: by(who, { "idempotency-key": key }), json }),
    read: (id: string, who = api.ada) => api.call("GET", `/v1/users/${id}`, { headers: by(who) }),
    change: (id: string, version: number, json: object, who = api.ada) =>
      api.call("PATCH", `/v1/users/${id}`, { headers: by(who, { "if-match": `"${version}"` }), json }),
    remove: (id: string, version = 1, who = api.ada) => api.call("DELETE", `/v1/users/${id}?reason=left`, { headers: by(who, { "if-match": `"${version}"` }) }),
    lock: (id: string, who = api.ada) => api.call("POST", `/v1/users/${id}/lock`, { headers: by(who), json: { reason: "misused" } }),
    restore: (id: string, who = api.ada) => api.call("POST", `/v1/users/${id}/restore`, { headers: by(who) }),
    profileOf: async (id: string) => accountsOf(test.office).profileOf(await rowOf(id)),
    entriesOf: async (id: string) => {
      const rows = await test.office.primary.select().from(auditEntries).where(eq(auditEntries.resource, `user/${id}`)).all();
      return rows.filter(({ action }) => action !== "user.viewed").map(({ action, actorId, payload }) => [action, actorId, JSON.parse(payload)]);
    },
  };
}
