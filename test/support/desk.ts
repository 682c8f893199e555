/** The regulator's people over a real office: who signs in with a session, and what their verbs work with. */
import { beginSession } from "../../src/domains/authentication/sessions/begin.ts";
import type { Stage } from "../../src/domains/authentication/sessions/model.ts";
import type { ShowParts } from "../../src/domains/users/identities/show.ts";
import { systemActor } from "../../src/kernel/actor.ts";
import { random } from "../../src/objects/shell.ts";
import { commit } from "../../src/office/commit.ts";
import type { Office } from "../../src/office/database.ts";
import { ENVELOPE } from "./api.ts";
import { accountsOf } from "./people.ts";

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
