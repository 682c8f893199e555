import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { sessions } from "../../src/domains/authentication/sessions/tables.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { ABROAD, holders } from "../support/holders.ts";
import { testOffice } from "../support/office.ts";
import { holding, officeApi, somebody, type Somebody } from "../support/people.ts";

const test = testOffice();
const { signIn } = holders(() => test.office, Date.now());
const api = {} as Awaited<ReturnType<typeof officeApi>>;
let officer: Somebody;
let other: Somebody;

const call = (method: string, path: string, by = officer) => api.call(method, `/v1/account/${path}`, { headers: by.headers() });
const ids = ({ body }: { body: any }): string[] => body.items.map(({ id }: { id: string }) => id);

beforeAll(async () => {
  Object.assign(api, await officeApi(test.office));
  officer = await somebody(test.office, holding("grak_officer"));
  other = await somebody(test.office, holding("citizen"));
});

describe("with a token", () => {
  it("one's own sessions and devices are listed, with no secret and no network, and nobody else's", async () => {
    const [mine, theirs] = [await signIn(officer.userId, { origin: ABROAD }), await signIn(other.userId)];
    const { body } = await call("GET", "sessions");
    expect(body.items).toEqual([expect.objectContaining({ id: mine.sessionId, deviceId: mine.deviceId, stage: "full", agent: "Firefox on Windows", country: "UG" })]);
    expect(ids(await call("GET", "devices"))).toEqual([mine.deviceId]);
    expect(ids(await call("GET", "sessions", other))).toEqual([theirs.sessionId]);
    const said = JSON.stringify([body, (await call("GET", "devices")).body]);
    for (const secret of [mine.visitor.session!, mine.visitor.device!, ABROAD.network, "hash"]) expect(said).not.toContain(secret);
  });

  it("a session is ended for good, again without a change, and is listed no more", async () => {
    const { sessionId } = await signIn(officer.userId);
    for (let time = 0; time < 2; time++) expect((await call("DELETE", `sessions/${sessionId}`)).response.status).toBe(204);
    expect(ids(await call("GET", "sessions"))).not.toContain(sessionId);
    expect(await test.office.primary.select().from(sessions).where(eq(sessions.id, sessionId)).get()).toMatchObject({ ending: "ended" });
    const entries = await test.office.primary.select().from(auditEntries).where(eq(auditEntries.payload, JSON.stringify({ sessionId })));
    expect(entries).toMatchObject([{ action: "session.ended", actorId: officer.userId, resource: `user/${officer.userId}` }]);
  });

  it("another's is not there, like one that is nobody's, and stays", async () => {
    const { sessionId } = await signIn(other.userId);
    const [theirs, nobodys] = [await call("DELETE", `sessions/${sessionId}`), await call("DELETE", `sessions/${crypto.randomUUID()}`)];
    expect([theirs.response.status, theirs.body]).toEqual([nobodys.response.status, nobodys.body]);
    expect(theirs.response.status).toBe(404);
    expect(ids(await call("GET", "sessions", other))).toContain(sessionId);
    expect((await call("DELETE", "sessions/none")).body).toMatchObject({ status: 422, type: "/problems/field-invalid" });
  });
});
