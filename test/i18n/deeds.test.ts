import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { CATALOGUES } from "../../src/i18n/index.ts";

/** What somebody with an account does: not what Register, a vault or the office does by itself. */
const PEOPLES = /^(access-token|device|oauth-client|oauth-grant|passkey|password|phone|recovery-codes|session|totp|user)\./;
const BY_ITSELF = ["user.bootstrapped", "session.refused", "oauth-client.refused"];

const hasWords = (key: string) => Object.hasOwn(CATALOGUES.en, key);

it("whatever people do to accounts has words on the page of what they did", () => {
  const sources = readdirSync("src/domains", { recursive: true, withFileTypes: true }).filter(({ name }) => name.endsWith(".ts"));
  const actions = sources.flatMap(({ parentPath, name }) => [...readFileSync(`${parentPath}/${name}`, "utf8").matchAll(/"([a-z-]+\.[a-z-]+)"/g)].map(([, action]) => action!));
  const said = new Set(actions.filter((action) => PEOPLES.test(action) && !BY_ITSELF.includes(action) && !hasWords(action)));
  expect(said.size).toBeGreaterThan(30);
  expect([...said].filter((action) => !hasWords(`deed.${action}`))).toEqual([]);
});
