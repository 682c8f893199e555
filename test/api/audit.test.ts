import { desc } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { commitmentOf } from "../../src/audit/entry.ts";
import type { Role } from "../../src/domains/authentication/capabilities.ts";
import type { Actor } from "../../src/kernel/actor.ts";
import type { Instant } from "../../src/kernel/clock.ts";
import { fromBase64Url, fromUtf8 } from "../../src/kernel/bytes.ts";
import { uuidv7 } from "../../src/kernel/ids.ts";
import { random } from "../../src/objects/shell.ts";
import { type CopiedEntry, putEntries } from "../../src/office/audit.ts";
import { commit } from "../../src/office/commit.ts";
import { openOffice } from "../../src/office/database.ts";
import { recordOf } from "../../src/office/entry.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { formatProof, parseProof } from "../../src/tlog/tlog-proof.ts";
import { admin, testApi } from "../support/api.ts";
import { testOffice } from "../support/office.ts";

const test = testOffice();

/** Tells the log that somebody did something; nothing else is written. */
async function told(resource: string, actor: Pick<Actor, "kind" | "id">, now: Instant): Promise<void> {
  const origin = actor.kind === "user" ? { network: "192.0.2.0/24", agent: "browser", country: "KE", county: "047" } : null;
  const audit = { action: `${resource.split("/")[0]}.changed`, resource, payload: { at: now } };
  const done = await commit(test.office, { actor: { ...actor, origin }, rows: [], audit, answer: {} }, { now, random });
  if (!done.ok) throw new Error(done.refusal);
}

/** The replica may be a moment behind what was just told. */
const api = () => testApi({ office: { primary: test.office.primary, nearest: test.office.primary } });
const at = (now: Instant): string => new Date(now).toISOString();
const wanjiku = { kind: "user", id: "wanjiku" } as const;
const job = { kind: "system", id: "job" } as const;

/** What the log answers, by when each entry was written; pages are followed to the end. */
async function times(parameters: Record<string, string>): Promise<number[]> {
  const { call } = await api();
  const found: number[] = [];
  for (let cursor: string | null = null; ; ) {
    const asked = new URLSearchParams({ ...parameters, ...(cursor && { cursor }) });
    const { response, body } = await call("GET", `/v1/audit?${asked}`, { headers: admin() });
    expect(response.status).toBe(200);
    found.push(...body.items.map((item: { payload: { at: number } }) => item.payload.at));
    if (body.next === null) return found;
    cursor = body.next;
  }
}

describe("GET /v1/audit", () => {
  it("tells what the office did, who did it and where from, newest first", async () => {
    for (let now = 1; now <= 6; now++) await told(now % 2 ? "user/1" : "operator/9", now < 5 ? wanjiku : job, now);
    // A clock may stand still between two changes, or run behind another machine's.
    await told("user/1", job, 6);
    await told("user/1", wanjiku, 3);
    const { call } = await api();
    const { body } = await call("GET", "/v1/audit?limit=1&to=1970-01-01T00:00:00.002Z", { headers: admin() });
    expect(body).toEqual({
      items: [{
        id: expect.any(String), at: at(1), source: "office", action: "user.changed", resource: "user/1", outcome: "done", actor: { kind: "user", id: "wanjiku" },
        origin: { network: "192.0.2.0/24", agent: "browser", country: "KE", county: "047" }, channel: null, commandId: null, requestId: null, reason: null, payload: { at: 1 },
        leaf: null, proof: expect.stringMatching(/^\/v1\/audit\/[\da-f-]{36}\/proof$/), flags: [],
      }],
      next: null,
    });
    expect(await times({})).toEqual([6, 6, 5, 4, 3, 3, 2, 1]);
  });

  it.each([
    [{ resource: "user/1" }, [6, 5, 3, 3, 1]],
    [{ actor: "system:job" }, [6, 6, 5]],
    [{ resource: "user/1", actor: "system:job" }, [6, 5]],
    [{ from: at(2), to: at(5) }, [4, 3, 3, 2]],
    [{ resource: "user/1", from: at(4) }, [6, 5]],
    [{ actor: "user:wanjiku", to: at(3) }, [2, 1]],
    [{ source: "office", to: at(3) }, [2, 1]],
    [{ source: "register" }, []],
    [{ action: "user.changed", from: at(5) }, [6, 5]],
    [{ action: "operator.*" }, [6, 4, 2]],
    [{ action: "operator.*", actor: "system:job" }, [6]],
    [{ action: "operator.changed", actor: "user:wanjiku" }, [4, 2]],
    [{ action: "opera.*" }, []],
    [{ outcome: "done", from: at(6) }, [6, 6]],
    [{ outcome: "refused" }, []],
    [{ flag: "any" }, []],
    [{ flag: "open", resource: "user/1" }, []],
    [{ resource: "user/1' or '1'='1" }, []],
    [{ resource: "user/%" }, []],
    [{ actor: "user:\u0000\u{1F600} Ng'ang'a" }, []],
  ])("%j is asked for, in pages of any size", async (filter, expected) => {
    for (const limit of ["1", "2", "50"]) expect(await times({ ...filter, limit } as unknown as Record<string, string>)).toEqual(expected);
  });

  it.each([
    "source=edge", "outcome=DONE", "flag=x", "action=user", "action=*", "action=user.%", "action=user.*.x*", "action=user.x'--", `action=${"a".repeat(80)}.b`, "id=1", "id='",
    `resource=${"r".repeat(201)}`, "actor=wanjiku", "actor=robot:1", "actor=user:",
    "from=yesterday", "from=2026-10-20T00:00:00Z&to=2026-10-20T00:00:00Z",
  ])("refuses the question %j", async (query) => {
    const { call } = await api();
    const { response, body } = await call("GET", `/v1/audit?${query}`, { headers: admin() });
    expect([response.status, body.type]).toEqual([422, "/problems/field-invalid"]);
  });

  it("is for those alone who may read it", async () => {
    const as = async (role: Role, operator: string | null, path: string) => {
      const { call } = await testApi({ office: test.office, access: { principalOf: async () => ({ userId: "u", assignments: [{ role, operator }] }) } });
      return (await call("GET", path, { headers: admin() })).response.status;
    };
    const range = `/v1/audit/export?from=${at(1)}&to=${at(9)}`;
    for (const role of ["operator_admin", "operator_user", "api_user"] as const) expect(await as(role, "op", "/v1/audit?resource=operator/9")).toBe(403);
    for (const role of ["citizen", "bematore_admin", "bematore_analyst"] as const) expect(await as(role, null, "/v1/audit")).toBe(403);
    expect(await Promise.all([as("grak_officer", null, "/v1/audit"), as("grak_officer", null, range), as("grak_auditor", null, range)])).toEqual([200, 403, 409]);
    const { call } = await api();
    expect((await call("GET", "/v1/audit")).response.status).toBe(401);
  });

  it("comes from the primary while the nearest copy is gone, and is a 503 without both", async () => {
    const nowhere = openOffice({ url: "http://127.0.0.1:9", token: "" });
    const half = await testApi({ office: { primary: test.office.primary, nearest: nowhere.nearest } });
    expect((await half.call("GET", "/v1/audit?limit=1", { headers: admin() })).body.items).toHaveLength(1);
    const { call } = await testApi({ office: nowhere });
    expect((await call("GET", "/v1/audit", { headers: admin() })).response.status).toBe(503);
  });
});

describe("the proof of an entry", () => {
  const PROOF = formatProof({ extra: null, index: 7n, hashes: [], checkpoint: "log\n8\nAAAA\n\n— log AAAA\n" });
  const log = (places: Record<string, number>) => ({
    find: async (ids: readonly string[]) => ids.map((id) => places[id] ?? null),
    prove: async (index: number) => (index === 7 ? PROOF : null),
  });
  const asked = async (places: Record<string, number>, id: string) => {
    const { call } = await testApi({ parts: { audit: { office: test.office, log: log(places), published: async () => null, clock: Date.now, random } } });
    return call("GET", `/v1/audit/${id}/proof`, { headers: admin() });
  };
  const newest = async () => (await test.office.primary.select().from(auditEntries).orderBy(desc(auditEntries.position)).limit(1).get())!;

  it("opens an entry of the office's own, and no copy", async () => {
    await told("user/7", wanjiku, 7);
    const { id, salt, position, ...entry } = await newest();
    const { response, body } = await asked({ [id]: 7 }, id);
    expect([response.status, response.headers.get("content-disposition")]).toEqual([200, `attachment; filename="${id}.tlog-proof"`]);
    const parsed = parseProof(body);
    const extra = JSON.parse(fromUtf8((parsed.ok && parsed.proof.extra) || new Uint8Array()));
    expect([extra.id, extra.record.payload, commitmentOf(fromBase64Url(extra.salt), extra.record)]).toEqual([id, { at: 7 }, commitmentOf(salt!, recordOf({ id, salt, position, ...entry }))]);
    await putEntries(test.office.primary, [{ ...entry, id: uuidv7(7, random), source: "register" } as CopiedEntry]);
    const copy = await newest();
    expect((await asked({ [copy.id]: 7 }, copy.id)).body).toBe(PROOF);
  });

  it("is a conflict while the log does not have it, and not found for what was never done", async () => {
    const { id } = await newest();
    expect((await asked({}, id)).response.status).toBe(409);
    expect((await asked({ [id]: 8 }, id)).response.status).toBe(409);
    expect((await asked({}, uuidv7(1, random))).response.status).toBe(404);
    expect((await asked({}, "x")).response.status).toBe(422);
  });
});
