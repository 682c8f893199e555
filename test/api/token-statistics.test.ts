import { describe, expect, it } from "vitest";
import { TOKEN_ACTS } from "../../src/domains/tokens/guard-rpc.ts";
import { putOperators } from "../../src/domains/operators/office/store.ts";
import { admin, enrolled, testApi } from "../support/api.ts";
import { testOffice } from "../support/office.ts";

const test = testOffice();
const RANGE = "from=2026-11-22&to=2026-11-24";
const nothing = Object.fromEntries(TOKEN_ACTS.map((act) => [act, null]));

const world = async () => {
  const asked: [string, string, string][] = [];
  const tokenDays = (operator: string) => ({
    tokenDays: async (from: string, to: string) => {
      asked.push([operator, from, to]);
      return [{ date: "2026-11-22", acts: {} }, { date: "2026-11-23", acts: { issued: 12, denied: 1 } }];
    },
  });
  const { primary } = test.office;
  return { asked, ...(await testApi({ parts: { tokenDays }, office: { primary, nearest: primary } })) };
};

const DAYS = [{ date: "2026-11-22", acts: nothing }, { date: "2026-11-23", acts: { ...nothing, issued: 12, denied: 1 } }];

describe("an operator's tokens", () => {
  it("are counted day by day, for staff and by the operator's key; what was not counted is no data, and no 0", async () => {
    const { call, asked } = await world();
    const { operator, bearer } = await enrolled(call);
    const staffs = await call("GET", `/v1/operators/${operator.id}/tokens/statistics?${RANGE}`, { headers: admin() });
    const own = await call("GET", `/v1/tokens/statistics?${RANGE}`, { headers: bearer });
    for (const { response, body } of [staffs, own]) expect([response.status, body]).toEqual([200, { operator: operator.id, days: DAYS }]);
    expect(asked).toEqual([1, 2].map(() => [operator.id, "2026-11-22", "2026-11-24"]));
  });

  it("are shown beside every other operator's to the regulator", async () => {
    const { call } = await world();
    const row = { state: "active" as const, requiredKinds: [], enrolledAt: 1, declaredCustomers: 0, licensedUntil: null, generation: 1 };
    await putOperators(test.office.primary, ["opone1", "optwo2"].map((id) => ({ ...row, id, name: id })));
    const { body } = await call("GET", `/v1/statistics/tokens?${RANGE}`, { headers: admin() });
    expect(body).toEqual({ operators: ["opone1", "optwo2"].map((operator) => ({ operator, days: DAYS })) });
  });

  it.each(["", "from=2026-11-22", "from=2026-11-24&to=2026-11-22", "from=2026-11-22&to=2026-11-22", "from=2026-02-30&to=2026-03-30", "from=2026-01-01&to=2026-04-30", "from=x&to=y"])(
    "are not asked for by %j", async (query) => {
      const { call } = await world();
      expect((await call("GET", `/v1/statistics/tokens?${query}`, { headers: admin() })).response.status).toBe(422);
    },
  );

  it("cannot be told while the operator's object is away", async () => {
    const away = () => ({ tokenDays: async () => Promise.reject(new Error("gone")) });
    const { call } = await testApi({ parts: { tokenDays: away } });
    expect((await call("GET", `/v1/operators/acme01/tokens/statistics?${RANGE}`, { headers: admin() })).response.status).toBe(503);
  });
});
