import { describe, expect, it } from "vitest";
import type { Actor } from "../../src/kernel/actor.ts";
import type { Instant } from "../../src/kernel/clock.ts";
import { random } from "../../src/objects/shell.ts";
import { commit } from "../../src/office/commit.ts";
import { openOffice } from "../../src/office/database.ts";
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
        id: expect.any(String), at: at(1), action: "user.changed", resource: "user/1", actor: { kind: "user", id: "wanjiku" },
        origin: { network: "192.0.2.0/24", agent: "browser", country: "KE", county: "047" }, commandId: null, payload: { at: 1 },
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
    [{ resource: "user/1' or '1'='1" }, []],
    [{ resource: "user/%" }, []],
    [{ actor: "user:\u0000\u{1F600} Ng'ang'a" }, []],
  ])("%j is asked for, in pages of any size", async (filter, expected) => {
    for (const limit of ["1", "2", "50"]) expect(await times({ ...filter, limit } as unknown as Record<string, string>)).toEqual(expected);
  });

  it.each([
    `resource=${"r".repeat(201)}`, "actor=wanjiku", "actor=robot:1", "actor=user:",
    "from=yesterday", "from=2026-10-20T00:00:00Z&to=2026-10-20T00:00:00Z",
  ])("refuses the question %j", async (query) => {
    const { call } = await api();
    const { response, body } = await call("GET", `/v1/audit?${query}`, { headers: admin() });
    expect([response.status, body.type]).toEqual([422, "/problems/field-invalid"]);
  });

  it("is for those alone who may read it", async () => {
    const { call } = await testApi({ office: test.office, access: { principalOf: async () => ({ userId: "u", assignments: [{ role: "grak_officer", operator: null }] }) } });
    expect((await call("GET", "/v1/audit", { headers: admin() })).response.status).toBe(403);
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
