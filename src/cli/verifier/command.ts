import { readFile } from "node:fs/promises";
import { text as textOf } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { receiptIn } from "../../audit/pocket.ts";
import { type ProvenReceipt, verifyReceipt } from "../../audit/receipt.ts";
import { toBase64 } from "../../kernel/bytes.ts";
import { canonicalJson, type Json } from "../../kernel/canonical-json.ts";
import { type Policy, parsePolicy } from "../../tlog/policy.ts";

const USAGE = `Verifies receipts of the register offline: asks nobody, believes only the keys it is given.

  verify-receipt <file>… --key <verifier key>     believes the log of this key (C2SP signed-note), with no witness
  verify-receipt <file>… --policy <file>          believes the logs and asks for the witnesses of this policy (C2SP tlog-policy)

A file is a .tlog-proof, a mail that holds one, or the address a picture leads to; - is standard input.
Ends with 0 when everything was proven, 1 on any doubt, 2 when it was asked wrongly.`;

class Misuse extends Error {}

/** Verifies each file and prints what that proves; answers the exit code. */
export async function verifyCommand(args: string[]): Promise<number> {
  try {
    const { values, positionals } = parsed(args);
    if (values.help) return console.log(USAGE), 0;
    if (positionals.length === 0) throw new Misuse("Which receipt?");
    const policy = await policyOf(values);
    let code = 0;
    for (const file of positionals) if (!(await verifies(file, policy))) code = 1;
    return code;
  } catch (error) {
    if (!(error instanceof Misuse)) throw error;
    console.error(`${error.message}\n\n${USAGE}`);
    return 2;
  }
}

function parsed(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options: { key: { type: "string" }, policy: { type: "string" }, help: { type: "boolean" } } });
  } catch (error) {
    throw new Misuse((error as Error).message);
  }
}

async function policyOf({ key, policy }: { key?: string | undefined; policy?: string | undefined }): Promise<Policy> {
  if ((key === undefined) === (policy === undefined)) throw new Misuse("Whom to believe? Either --key or --policy says so.");
  const read = parsePolicy(key === undefined ? await contentOf(policy!) : `log ${key}\nquorum none\n`);
  if (!read.ok) throw new Misuse(`${key === undefined ? `${policy}, line ${read.line}` : "The key"}: ${read.refusal}`);
  return read.policy;
}

async function contentOf(file: string): Promise<string> {
  try {
    return file === "-" ? await textOf(process.stdin) : await readFile(file, "utf8");
  } catch (error) {
    throw new Misuse(`${file}: ${(error as Error).message}`);
  }
}

async function verifies(file: string, policy: Policy): Promise<boolean> {
  const text = await receiptIn(await contentOf(file));
  const verified = text === null ? ({ ok: false, refusal: "no-receipt" } as const) : await verifyReceipt(text, policy);
  if (verified.ok) console.log(`PROVEN  ${file}\n${told(verified)}`);
  else console.log(`NOT PROVEN  ${file}\n  why       ${verified.refusal}`);
  return verified.ok;
}

function told({ opening, index, checkpoint, cosigners }: ProvenReceipt): string {
  const { source, id, at, action, record } = opening;
  const lines = [
    ["what", `${action} (${source})`], ["when", new Date(at).toISOString()], ["of", record.resource], ["record", canonicalJson(record as unknown as Json)], ["entry", id],
    ["place", `${index} of ${checkpoint.size}`], ["log", checkpoint.origin], ["root", toBase64(checkpoint.root)],
    ...cosigners.map(({ key, time }) => ["witness", `${key.name}, ${new Date(Number(time) * 1_000).toISOString()}`]),
    ["checked", `form, salt and record against the leaf, its path to the root, the log's signature, ${cosigners.length} of its witnesses'`],
    ["open", "whose it is, and whether later entries changed it"],
  ];
  return lines.map(([name, value]) => `  ${name!.padEnd(8)}  ${value}`).join("\n");
}
