import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { sessionOf } from "../../src/domains/authentication/sessions/current.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { enrolled } from "../support/api.ts";
import { signedInAs } from "../support/desk.ts";
import { testOffice } from "../support/office.ts";
import { holding, officeApi, somebody, type Somebody } from "../support/people.ts";

const test = testOffice();
type Api = Awaited<ReturnType<typeof officeApi>>;
let { call, lines } = {} as Api;
let officer: Somebody;

beforeAll(async () => {
  const { primary } = test.office;
  ({ call, lines } = await officeApi({ primary, nearest: primary }));
  officer = await somebody(test.office, holding("grak_officer"));
});

const post = (path: string, json: unknown, by = officer) => call("POST", path, { headers: by.headers(), json });
const citizen = (profile: { phone?: string } = {}) => somebody(test.office, holding("citizen"), profile);
const actionsOn = async (userId: string) =>
  (await test.office.primary.select().from(auditEntries).where(eq(auditEntries.resource, `user/${userId}`)).all()).map(({ action }) => action).filter((action) => action !== "user.added");
const FOUND = { verdict: "verified", method: "national_id", reason: "seen-in-person" };

describe("a search", () => {
  it("finds one account by what stands in the body, in no address and no log", async () => {
    const { userId } = await citizen({ phone: "+254790333444" });
    const { response, body } = await post("/v1/users/search", { identifier: "0790 333 444" });
    expect([response.status, body.users]).toEqual([200, [expect.objectContaining({ id: userId, phone: "+254 7•• ••• 444", lock: null })]]);
    expect((await post("/v1/users/search", { identifier: "0790 333 445" })).body).toEqual({ users: [] });
    expect(JSON.stringify(lines)).not.toMatch(/790 ?333 ?44/);
    expect(JSON.stringify(await test.office.primary.select().from(auditEntries).all())).not.toMatch(/790 ?333 ?44/);
  });

  it.each(["", "%", "Wanjiku", "\ud800", "x".repeat(10_000), "NSER-111111111J"])("refuses %j beside its field", async (identifier) => {
    const { response, body } = await post("/v1/users/search", { identifier });
    expect([response.status, body.errors[0].pointer]).toEqual([422, "/identifier"]);
  });
});

describe("a lock", () => {
  it("ends sessions and tokens for good, and is lifted by unlocking", async () => {
    const target = await somebody(test.office, holding("citizen"));
    const { session } = await signedInAs(test.office, target.userId, Date.now());
    const own = () => call("GET", "/v1/account", { headers: target.headers() });
    expect((await own()).response.status).toBe(200);
    const locked = await post(`/v1/users/${target.userId}/lock`, { reason: "holder-asked" });
    expect([locked.response.status, locked.response.headers.get("etag"), locked.body.state]).toEqual([200, '"2"', "suspended"]);
    expect(locked.body.lock).toMatchObject({ by: `user:${officer.userId}`, reason: "holder-asked" });
    expect((await own()).response.status).toBe(401);
    const unlocked = await post(`/v1/users/${target.userId}/unlock`, undefined);
    expect([unlocked.response.status, unlocked.body.state, unlocked.body.lock]).toEqual([200, "active", null]);
    expect((await own()).response.status).toBe(401);
    expect(await sessionOf({ office: test.office, clock: Date.now }, session)).toBeNull();
    expect(await actionsOn(target.userId)).toEqual(["session.begun", "user.locked", "user.unlocked"]);
  });

  it("is refused by who may not, of whom it may not, and without a reason of the list", async () => {
    const administrator = await somebody(test.office, holding("super_admin"));
    const target = await citizen();
    const status = async (answer: ReturnType<typeof post>) => (await answer).response.status;
    expect(await status(post(`/v1/users/${administrator.userId}/lock`, { reason: "misused" }))).toBe(403);
    expect(await status(post(`/v1/users/${officer.userId}/lock`, { reason: "misused" }))).toBe(403);
    expect(await status(post(`/v1/users/${crypto.randomUUID()}/lock`, { reason: "misused" }))).toBe(404);
    expect(await status(post(`/v1/users/${target.userId}/lock`, { reason: "because" }))).toBe(422);
    expect(await status(call("PATCH", `/v1/users/${target.userId}`, { headers: { ...administrator.headers(), "if-match": '"1"' }, json: { state: "suspended" } }))).toBe(422);
    expect(await actionsOn(target.userId)).toEqual([]);
  });

  it("by an operator's administrator ends the sessions of their own people, and only the regulator lifts it", async () => {
    const root = await somebody(test.office, holding("super_admin"));
    const { operator } = await enrolled(call, "Lockers", root.headers);
    const boss = await somebody(test.office, holding("operator_admin", operator.id));
    const staff = await somebody(test.office, holding("operator_user", operator.id));
    const { session } = await signedInAs(test.office, staff.userId, Date.now());
    expect((await call("PUT", `/v1/operators/${operator.id}/users/${staff.userId}/suspension`, { headers: boss.headers() })).response.status).toBe(204);
    expect((await post(`/v1/users/${staff.userId}/unlock`, undefined, boss)).response.status).toBe(403);
    expect((await call("GET", `/v1/users/${staff.userId}`, { headers: root.headers() })).body.lock).toMatchObject({ by: `user:${boss.userId}`, reason: "operator-asked" });
    expect((await post(`/v1/users/${staff.userId}/unlock`, undefined, root)).body.state).toBe("active");
    expect(await sessionOf({ office: test.office, clock: Date.now }, session)).toBeNull();
  });
});

describe("a verification", () => {
  it("is noted once for one Idempotency-Key, revoked by a later one, and listed newest first", async () => {
    const { userId } = await citizen();
    const path = `/v1/users/${userId}/verifications`;
    const headers = officer.headers();
    const noted = await call("POST", path, { headers, json: FOUND });
    expect([noted.response.status, noted.body]).toEqual([201, expect.objectContaining({ ...FOUND, by: `user:${officer.userId}` })]);
    expect((await call("POST", path, { headers, json: FOUND })).body).toEqual(noted.body);
    expect((await call("POST", path, { headers, json: { ...FOUND, method: "passport" } })).body.type).toBe("/problems/idempotency-key-reused");
    const revoked = await post(path, { verdict: "revoked", reason: "mistaken" });
    expect(revoked.body).toMatchObject({ verdict: "revoked", method: "national_id" });
    expect((await post(path, { verdict: "revoked", reason: "mistaken" })).response.status).toBe(409);
    const { body } = await call("GET", path, { headers: officer.headers() });
    expect(body.items).toEqual([revoked.body, noted.body]);
    expect(await actionsOn(userId)).toEqual(["user.verified", "user.verification-revoked", "user.verifications-viewed"]);
  });

  it("of nobody is not there, and a reason of the other verdict is none", async () => {
    expect((await call("GET", `/v1/users/${crypto.randomUUID()}/verifications`, { headers: officer.headers() })).response.status).toBe(404);
    expect((await post(`/v1/users/${crypto.randomUUID()}/verifications`, FOUND)).response.status).toBe(404);
    const { userId } = await citizen();
    for (const wrong of [{ reason: "mistaken" }, { method: "msisdn" }, { verdict: "revoked" }, { verdict: "failed" }, { number: "12345678" }]) {
      expect((await post(`/v1/users/${userId}/verifications`, { ...FOUND, ...wrong })).response.status).toBe(422);
    }
  });
});
