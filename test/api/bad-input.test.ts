import { describe, expect, it } from "vitest";
import { PROBLEM_CONTENT_TYPE } from "../../src/kernel/problem.ts";
import { admin, restorer, testApi } from "../support/api.ts";
import { namedRoutes, type NamedRoute } from "../support/matrix.ts";
import { minimal } from "../support/minimal.ts";
import { testOffice } from "../support/office.ts";

const test = testOffice();
const { document } = await testApi();
const routes = namedRoutes(document).filter(({ operation }) => operation.requestBody?.content["application/json"]);

const NAUGHTY: readonly unknown[] = [
  null, true, -1, 1e308, "", " ", "\0", "\ud800", "‮evil", "🙂".repeat(300), "x".repeat(10_000), "'; DROP TABLE users; --", "<script>alert(1)</script>",
  "../../etc/passwd", "NaN", "فاطمة", [], ["x"], {}, { __proto__: { admin: true } },
];
const UNREADABLE = ["", "{", "[1,", "\uFEFF{}", "nonsense", "[]", "null", "7", '"text"', '{"a":1}{"b":2}', "{}".padEnd(70_000)];
const AT_ONCE = 16;

/** Every body like a good one but for one field. */
function spoilt({ operation }: NamedRoute): unknown[] {
  const good = minimal(operation.requestBody.content["application/json"].schema, document) as Record<string, unknown>;
  return Object.keys(good).flatMap((field) => NAUGHTY.map((value) => ({ ...good, [field]: value })));
}

async function ask(api: Awaited<ReturnType<typeof testApi>>["api"], { method, path, operation, security }: NamedRoute, body: string): Promise<string | null> {
  const parameters: Record<string, string> = {};
  for (const one of operation.parameters ?? []) if (one.in === "path") parameters[one.name] = String(minimal(one.schema, document));
  const headers = { ...(security === "restoreToken" ? restorer() : admin(crypto.randomUUID())), "content-type": "application/json", "if-match": '"1"' };
  const response = await api.request(path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => parameters[name]!), { method: method.toUpperCase(), headers, body });
  const text = await response.text();
  const isProblem = response.status < 400 || response.headers.get("content-type") === PROBLEM_CONTENT_TYPE;
  return isProblem && response.status < 500 ? null : `${response.status} ${text.slice(0, 200)} to ${body.slice(0, 100)}`;
}

describe("whatever is sent", () => {
  it.each(routes.map((route) => [route.name, route] as const))("%s answers a problem at worst, and breaks at nothing", async (_, route) => {
    const { api } = await testApi({ office: test.office });
    const bodies = [...UNREADABLE, ...spoilt(route).map((body) => JSON.stringify(body))];
    const faults: (string | null)[] = [];
    for (let at = 0; at < bodies.length; at += AT_ONCE) faults.push(...(await Promise.all(bodies.slice(at, at + AT_ONCE).map((body) => ask(api, route, body)))));
    expect(faults.filter(Boolean)).toEqual([]);
  });

  it("is what every route that takes a body is asked", () => expect(routes.length).toBeGreaterThan(15));
});
