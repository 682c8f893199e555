import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const run = promisify(execFile);
// All read their command line by the same function; these load little.
const COMMANDS = ["admin", "keys", "restore"];

describe.each(COMMANDS)("npm run %s", (name) => {
  const file = `src/cli/${name}.ts`;

  it("says what it does when it is asked", async () => {
    const { stdout, stderr } = await run("node", [file, "--help"]);
    expect(stdout).toMatch(/npm (run )?[a-z]+/);
    expect([stdout.includes("*"), stderr]).toEqual([false, ""]);
  });

  it("says so, and what it knows, when it does not know an option", async () => {
    const failed = await run("node", [file, "--frobnicate"]).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 2, stdout: "" });
    expect((failed as { stderr: string }).stderr).toMatch(/^Unknown option '--frobnicate'\.\n\n.*npm /);
  });
});
