/** The client as it is published: built, packed, unpacked where nothing of this project is, and used. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { packClient } from "../../src/cli/client-bundle.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const scratch = mkdtempSync(join(tmpdir(), "nser-client-"));

beforeAll(() => {
  const packed = resolve(packClient(".build/packed-client"));
  const modules = join(scratch, "node_modules");
  mkdirSync(join(modules, "nser-client"), { recursive: true });
  execFileSync("tar", ["xzf", packed, "--strip-components=1", "-C", join(modules, "nser-client")]);
  // What the package depends on, as a registry would bring it.
  for (const name of ["@noble", "libphonenumber-js"]) symlinkSync(join(ROOT, "node_modules", name), join(modules, name));
  writeFileSync(join(scratch, "package.json"), '{ "type": "module" }');
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function run(name: string, code: string, command = [name]): string {
  writeFileSync(join(scratch, name), code);
  return execFileSync(process.execPath, command, { cwd: scratch, encoding: "utf8" });
}

it("runs from each of its entries", () => {
  const said = run("use.js", `
    import { RegisterClient, SignatureError } from "nser-client";
    import { blindTokens } from "nser-client/blind";
    import { relayBlind } from "nser-client/relay";
    import { SCENARIOS } from "nser-client/conformance";
    const register = new RegisterClient({ url: "https://register.test", key: "sk", fetch: async () => { throw new TypeError("no network"); }, wait: async () => undefined });
    const refused = await blindTokens({ url: "https://register.test", publicKey: "x" }, [{ type: "msisdn", value: "0201234567" }]).catch((error) => error.problem.errors[0].pointer);
    console.log(JSON.stringify([await register.mayPlay("BST-3", "bet"), await register.mayPlay("BST-3", "payout"), typeof relayBlind, SCENARIOS.length, refused, SignatureError.name]));
  `);
  expect(JSON.parse(said)).toEqual([false, true, "function", 42, "/identifiers/0/value", "SignatureError"]);
});

it("brings its types, by which a slip does not compile", () => {
  const compile = (code: string): string => {
    writeFileSync(join(scratch, "use.ts"), `import type { Result } from "nser-client";\nexport const mayPlay = (result: Result): boolean => ${code};\n`);
    try {
      return execFileSync("tsc", ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2022", "--lib", "es2023,dom", "--types", "", "use.ts"], { cwd: scratch, encoding: "utf8" });
    } catch (error) {
      return (error as { stdout: string }).stdout;
    }
  };
  expect(compile("result.mayPlay")).toBe("");
  expect(compile('result.decision !== "excluded"')).toContain("Property 'decision' does not exist");
});

it("runs the conformance kit on a developer's file", () => {
  const kit = ["node_modules/nser-client/bin.mjs", "adapter.js"];
  const cautious = 'export const mayPlay = async ({ msisdn }, purpose) => purpose === "payout" || ["+254700000001", "+254700000003"].includes(msisdn);';
  expect(run("adapter.js", cautious, kit)).toContain("42 passed, 0 failed, 4 about webhooks not run");
  expect(() => run("adapter.js", "export const mayPlay = async () => true;", kit)).toThrow(/failed/);
});
