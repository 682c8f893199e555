import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");

/** How a person's vault is asked to open who they are, by an object, its stub or its method taken out of it. */
const ASKS = /[.?]\s*identity\s*\(|\{[^}]*\bidentity\b[^}]*\}\s*=[^>]*(?:PERSON|person\(|identityOf)|\bidentityOf\(/;

test("a vault is asked for its identity by the door alone", () => {
  const sources = globSync("{src,workers}/**/*.{ts,tsx}", { cwd: ROOT });
  expect(sources.length).toBeGreaterThan(300);
  const asking = sources.filter((path) => ASKS.test(readFileSync(join(ROOT, path), "utf8")));
  expect(asking).toEqual(["src/domains/users/identities/door.ts"]);
});

test("the test would see it asked elsewhere", () => {
  for (const line of ["await env.PERSON.getByName(id).identity(read)", "const { identity } = PERSON.getByName(id);", "parts.identityOf(id)"]) {
    expect(line).toMatch(ASKS);
  }
});
