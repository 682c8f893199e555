import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { wholeSystem } from "../support/system.ts";

const whole = wholeSystem();
const run = promisify(execFile);

/** What the administrator's command prints, and how it ends. */
async function admin(words: string[], environment: Record<string, string> = {}): Promise<{ code: number; out: string; error: string }> {
  const env = { PATH: process.env.PATH!, NSER_URL: whole.system.url, NSER_TOKEN: await whole.system.administrator(), ...environment };
  return run(process.execPath, ["src/cli/admin.ts", ...words], { env }).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, error: stderr }),
    (failed: { code: number; stdout: string; stderr: string }) => ({ code: failed.code, out: failed.stdout, error: failed.stderr }),
  );
}

describe("the administrator's command", () => {
  it("says what can be called, and with which capability", async () => {
    expect((await admin([])).out).toMatch(/^post \/v1\/operators +operators:write/m);
  });

  it("carries a call out, and shows what was refused and why", async () => {
    const added = await admin(["post", "/v1/operators", "name=Typed Bets", 'requiredKinds:=["msisdn"]']);
    expect([added.code, JSON.parse(added.out)]).toMatchObject([0, { name: "Typed Bets", state: "active" }]);
    const refused = await admin(["post", "/v1/operators", "name=", 'requiredKinds:=[]']);
    expect([refused.code, JSON.parse(refused.out)]).toMatchObject([1, { type: "/problems/field-invalid", errors: [{ pointer: "/name" }, { pointer: "/requiredKinds" }] }]);
    expect((await admin(["get", "/v1/account"], { NSER_TOKEN: "nser_at_none" })).code).toBe(1);
  });

  it("makes no second first administrator, and none by another secret", async () => {
    const who = ["bootstrap", "name=Mallory", "email=mallory@example.test"];
    const again = await admin(who, { BOOTSTRAP_SECRET: whole.secrets.origin.BOOTSTRAP_SECRET! });
    expect([again.code, JSON.parse(again.out).type]).toEqual([1, "/problems/conflict"]);
    const wrong = await admin(who, { BOOTSTRAP_SECRET: "x".repeat(43) });
    expect([wrong.code, JSON.parse(wrong.out).type]).toEqual([1, "/problems/unauthenticated"]);
  });

  it("says in a line what it cannot do", async () => {
    expect(await admin(["post", "v1"])).toMatchObject({ code: 2, error: "a path begins with /: v1\n" });
    expect(await admin(["get", "/v1/account"], { NSER_URL: "http://127.0.0.1:65533" })).toMatchObject({ code: 2, error: expect.stringContaining("ECONNREFUSED") });
  });
});
