import { expect, test } from "vitest";
import type { RecoveryStatus, RestoreOrder, RestoreReport } from "../../src/domains/exclusions/recovery/rpc.ts";
import { restorer, testApi } from "../support/api.ts";

const REPORT: RestoreReport = {
  logId: "ab", copy: 3, brokenCopies: [7], segment: 9, sealedAt: 1, seq: 40, strays: 1, merged: ["NSER-1"], without: ["me/1"],
  replicas: [{ name: "weur/1", seq: 42 }, { name: "weur/2", seq: null }], salvaged: [41], directory: [42], gaps: [[43, 44]],
};

const STATUS: RecoveryStatus = { state: "restoring", lagMs: null, progress: { doing: "copy", done: 1, of: 2 }, stopped: "wait", report: null };

test("the administrator sees how the register stands and takes steps, with what was decided and without", async () => {
  const orders: RestoreOrder[] = [];
  const recovery = { recovery: async () => ({ ...STATUS, report: REPORT }), restoreStep: async (order: RestoreOrder) => (orders.push(order), STATUS) };
  const { call } = await testApi({ recovery });
  expect((await call("GET", "/v1/recovery", { headers: restorer() })).body).toEqual({ ...STATUS, report: REPORT });
  const order = { without: ["me/1"], acceptEnd: 9 };
  expect((await call("POST", "/v1/recovery/steps", { headers: restorer(), json: order })).body).toEqual(STATUS);
  await call("POST", "/v1/recovery/steps", { headers: restorer(), json: {} });
  expect(orders).toEqual([order, { without: [], acceptEnd: null }]);
});

test("nobody else does, and what is no order is refused", async () => {
  const { call } = await testApi();
  expect((await call("GET", "/v1/recovery")).response.status).toBe(401);
  expect((await call("POST", "/v1/recovery/steps", { json: {} })).response.status).toBe(401);
  const bad = await call("POST", "/v1/recovery/steps", { headers: restorer(), json: { acceptEnd: -1 } });
  expect([bad.response.status, bad.body.errors]).toMatchObject([422, [{ pointer: "/acceptEnd" }]]);
});

test("a Register that cannot be reached is a 503", async () => {
  const gone = () => Promise.reject(new Error("gone"));
  const { call } = await testApi({ recovery: { recovery: gone, restoreStep: gone } });
  expect((await call("GET", "/v1/recovery", { headers: restorer() })).response.status).toBe(503);
});
