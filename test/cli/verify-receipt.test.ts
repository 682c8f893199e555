import { execFile } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { packReceipt } from "../../src/audit/pocket.ts";
import { commandFile } from "../../src/cli/verifier/build.ts";
import { receiptOf } from "../support/receipts.ts";
import { STRANGE, UNWITNESSED, WITNESSED } from "../support/small-log.ts";

const KEY = /^log (\S+)/.exec(UNWITNESSED)![1]!;

describe("the command that verifies receipts, one file in a folder without anything else", () => {
  let folder: string;
  let receipt: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "verify-"));
    receipt = await receiptOf();
    const files = {
      "verify.mjs": await commandFile(), "mine.tlog-proof": receipt, "mail.txt": `Dear friend,\r\n\r\n${receipt.replaceAll("\n", "\r\n")}\r\nYours`,
      "forged.tlog-proof": receipt.replace(/^index .*$/m, "index 4"), "young.tlog-proof": await receiptOf(undefined, { unwitnessed: true }), "letter.txt": "hello",
      "scanned.txt": `https://register.example/verify#${await packReceipt(receipt)}`, "policy": WITNESSED, "strange": STRANGE, "broken": "nonsense\n",
    };
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  });

  /** Runs it with no environment and no network of ours; answers its exit code and what it printed. */
  const run = (args: string[], input = "") =>
    new Promise<{ code: number; out: string; error: string }>((done) => {
      const child = execFile(process.execPath, ["verify.mjs", ...args], { cwd: folder, env: {} }, (failure, out, error) => done({ code: Number(failure?.code ?? 0), out, error }));
      child.stdin!.end(input);
    });

  it.each([[["mine.tlog-proof", "--policy", "policy"]], [["mine.tlog-proof", "--key", KEY]], [["mail.txt", "scanned.txt", "--policy", "policy"]], [["-", "--policy", "policy"]]])("proves %j", async (args) => {
    const { code, out, error } = await run(args, receipt);
    expect([code, error]).toEqual([0, ""]);
    for (const words of ["PROVEN", "exclusion.registered (register)", "2027-01-15T08:00:00.000Z", "NSER-111111111J", "5 of 12", "whose it is"]) expect(out).toContain(words);
    expect(out).not.toContain("NOT PROVEN");
  });

  it.each([
    [["forged.tlog-proof", "--policy", "policy"], "not-included"], [["mine.tlog-proof", "--policy", "strange"], "no-known-key"],
    [["young.tlog-proof", "--policy", "policy"], "quorum-missing"], [["letter.txt", "--key", KEY], "no-receipt"],
    [["mine.tlog-proof", "forged.tlog-proof", "--policy", "policy"], "not-included"], [["forged.tlog-proof", "mine.tlog-proof", "--policy", "policy"], "not-included"],
  ])("fails for %j: %s", async (args, why) => {
    const { code, out } = await run(args);
    expect([code, out.includes(`NOT PROVEN  `), out.includes(why)]).toEqual([1, true, true]);
  });

  it.each([[[]], [["mine.tlog-proof"]], [["mine.tlog-proof", "--key", KEY, "--policy", "policy"]], [["mine.tlog-proof", "--key", "nonsense"]], [["mine.tlog-proof", "--policy", "broken"]],
    [["mine.tlog-proof", "--policy", "nowhere"]], [["nowhere", "--policy", "policy"]], [["mine.tlog-proof", "--believe", "me"]]])("says what it wants when given %j", async (args) => {
    const { code, out, error } = await run(args);
    expect([code, out]).toEqual([2, ""]);
    expect(error).toContain("--policy <file>");
  });
});
