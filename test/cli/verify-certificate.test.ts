import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { certificateText } from "../../src/client/conformance/index.ts";
import { formatNote } from "../../src/tlog/note.ts";
import { logSigner, sign } from "../../src/tlog/sign.ts";
import { formatVerifierKey } from "../../src/tlog/verifier-key.ts";

const folder = mkdtempSync(join(tmpdir(), "nser-certificate-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const signer = (seed: number) => logSigner("register.test/conformance", new Uint8Array(32).fill(seed));
const keyOf = async (seed: number) => formatVerifierKey((await signer(seed)).key);

/** How the command ends, and all that it says. */
const run = (...options: string[]) =>
  new Promise<{ status: number; said: string }>((done) => {
    execFile(process.execPath, [resolve(import.meta.dirname, "../../src/cli/verify-certificate.ts"), ...options], (error, stdout, stderr) =>
      done({ status: Number(error?.code ?? 0), said: stdout + stderr }));
  });

async function certified(testChecks: number | null): Promise<string> {
  const text = certificateText({
    operator: "opacme0001", run: "01900000-0000-7000-8000-000000000001", kit: "1.0.0", scenarios: 44, hash: "ab".repeat(32),
    began: new Date("2026-11-24T08:00:00Z"), ended: new Date("2026-11-24T08:01:00Z"), testChecks,
  });
  const file = join(folder, `${testChecks}.txt`);
  writeFileSync(file, formatNote({ text, signatures: [await sign(text, await signer(1))] }));
  return file;
}

describe("npm run verify:certificate", () => {
  it("says what was certified, and what is not proven", async () => {
    const [counted, uncounted] = await Promise.all([run(await certified(40), "--key", await keyOf(1)), run(await certified(null), "--key", await keyOf(1))]);
    expect(counted).toEqual({ status: 0, said: expect.stringMatching(/operator opacme0001 passed all 44 scenarios[^]*at least 40 times/) });
    expect(uncounted).toEqual({ status: 0, said: expect.stringContaining("not proven") });
  });

  it("doubts what another key signed, and says where it cannot find out", async () => {
    const file = await certified(40);
    const [other, missing, nothing] = await Promise.all([run(file, "--key", await keyOf(2)), run(join(folder, "none.txt"), "--key", await keyOf(1)), run()]);
    expect(other).toEqual({ status: 1, said: expect.stringContaining("DOUBT") });
    for (const { status } of [missing, nothing]) expect(status).toBe(2);
  });
});
