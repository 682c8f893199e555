/** The regulator's people over a real office: who signs in with a session, and what their verbs work with. */
import { eq } from "drizzle-orm";
import type { Assignment, Role } from "../../src/domains/authentication/capabilities.ts";
import { beginSession } from "../../src/domains/authentication/sessions/begin.ts";
import type { Stage } from "../../src/domains/authentication/sessions/model.ts";
import { accountOf } from "../../src/domains/users/accounts/store.ts";
import type { ShowParts } from "../../src/domains/users/identities/show.ts";
import { systemActor } from "../../src/kernel/actor.ts";
import { uuidv7 } from "../../src/kernel/ids.ts";
import { random } from "../../src/objects/shell.ts";
import { commit } from "../../src/office/commit.ts";
import type { Office } from "../../src/office/database.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { ENVELOPE } from "./api.ts";
import { accountsOf, holding, somebody } from "./people.ts";

const nowhere = { network: null, agent: null, country: null, county: null };

export const visitorWith = (session: string | null) => ({ session, device: null, address: "192.0.2.1", origin: { ...nowhere, county: "047" } });

/** Signs an account in, as far as the stage says. */
export async function signedInAs(office: Office, userId: string, now: number, stage: Stage = "full") {
  const begun = beginSession(office.primary, random, { userId, device: null, stage, first: "password", second: stage === "full" ? "totp" : null, origin: nowhere, from: null }, now);
  const audit = { action: "session.begun", resource: `user/${userId}`, payload: {} };
  await commit(office, { actor: systemActor("test"), rows: begun.rows, audit, answer: {} }, { now, random });
  return visitorWith(begun.entered.session);
}

export const deskOf = (office: Office, overrides: Partial<ShowParts> = {}): ShowParts => ({
  office, accounts: accountsOf(office), envelope: ENVELOPE, clock: Date.now, random, admits: async () => true, ...overrides,
});

/** People that are looked at, and who looks, in the office of a test; and what became of it. */
export function peopleOf(test: { office: Office }) {
  let phones = 0;
  return {
    /** Somebody with a session that was proven just now. */
    async staff(role: Role, operator: string | null = null) {
      const { userId } = await somebody(test.office, holding(role, operator));
      return { userId, visitor: await signedInAs(test.office, userId, Date.now()) };
    },
    async citizen(held: Assignment[] = holding("citizen")) {
      const number = `+2547${String(10_000_000 + ++phones)}`;
      return { number, phoneKey: accountsOf(test.office).phoneKey(number), ...(await somebody(test.office, held, { name: "Wanjiku Quuxworth", phone: number })) };
    },
    async actionsOn(resource: string): Promise<unknown[]> {
      const rows = await test.office.primary.select().from(auditEntries).where(eq(auditEntries.resource, resource)).orderBy(auditEntries.position).all();
      return rows.filter(({ action }) => !["user.added", "session.begun", "user.viewed"].includes(action)).map(({ action, payload }) => [action, JSON.parse(payload)]);
    },
    stateOf: async (userId: string) => (await accountOf(test.office, userId))!.state,
    form: () => ({ formId: uuidv7(Date.now(), random) }),
  };
}
