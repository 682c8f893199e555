import { beforeAll, describe, expect, it } from "vitest";
import * as verbs from "../../../src/domains/authentication/passkeys/index.ts";
import { sessionOf } from "../../../src/domains/authentication/sessions/current.ts";
import { MINUTE } from "../../../src/kernel/clock.ts";
import { Authenticator, type Forgery } from "../../support/authenticator.ts";
import { testOffice } from "../../support/office.ts";
import { good, PAGES, Passkeys, visitorWith } from "../../support/passkeys.ts";

const test = testOffice();
let world: Passkeys;
beforeAll(() => void (world = new Passkeys(test.office)));

const REFUSED = { ok: false, refusal: "passkey-refused" };

async function signIn(authenticator: Authenticator, forged: Forgery = {}, visitor = visitorWith()) {
  const { ceremony } = good(await verbs.startSignIn(world.parts, visitor));
  return verbs.finishSignIn(world.parts, { visitor, assertion: authenticator.get(ceremony, forged) });
}

describe("a passkey", () => {
  it.each(["ES256", "EdDSA", "RS256"] as const)("of %s is added and signs its holder in, fully", async (algorithm) => {
    const userId = await world.account();
    const authenticator = await world.enrol(await world.session(userId), new Authenticator(PAGES, algorithm));
    const { entered } = good(await signIn(authenticator));
    expect(entered.stage).toBe("full");
    expect(await sessionOf(world.parts, entered.session)).toMatchObject({ principal: { userId }, stage: "full", first: "passkey" });
  });
});

