import { describe, expect, it } from "vitest";
import { readCall } from "../../src/cli/admin/call.ts";
import { routesOf } from "../../src/cli/admin/routes.ts";

describe("a call as it is typed", () => {
  it("has its fields in the query or in the body, as the method has it", () => {
    expect(String(readCall(["get", "/v1/users", "role=grak_officer", "role=citizen"]).query)).toBe("role=grak_officer&role=citizen");
    expect(readCall(["POST", "/v1/operators", "name=Acme = Bets", 'requiredKinds:=["msisdn"]', "idempotency-key@k:1"])).toMatchObject({
      method: "post", body: { name: "Acme = Bets", requiredKinds: ["msisdn"] }, headers: { "idempotency-key": "k:1" },
    });
    expect(readCall(["delete", "/v1/users/1", "reason=left"])).toMatchObject({ body: null });
  });

  it.each([
    [["fetch", "/v1"], "fetch is no method"], [["get", "v1"], "begins with /"], [["get", "/v1", "nothing"], "nothing is no field"], [["post", "/v1", "a:={"], "a is no JSON"],
  ])("that cannot be read says why: %s", (words, why) => {
    expect(() => readCall(words)).toThrow(why);
  });
});

it("what can be called is said with what it takes", () => {
  const document = {
    paths: {
      "/v1/a": { get: { "summary": "List them", "x-capability": "a:read" }, post: { summary: "Add one", security: [{ operatorKey: [] }] } },
      "/v1/b": { get: {} },
    },
  };
  expect(routesOf(document)).toEqual(["get /v1/a   a:read       List them", "post /v1/a  operatorKey  Add one", "get /v1/b   nothing      "]);
  expect(routesOf(document, "LIST")).toHaveLength(1);
});
