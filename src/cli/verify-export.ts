/**
 * `npm run audit:verify-export -- <file> --policy <file>`: verifies an export of the audit log (`GET /v1/audit/export`, its pages one after the other in
 * one file) without asking anybody. The policy says whose signatures are believed (C2SP tlog-policy: the log's key, its witnesses, how many of them).
 * Fails on any doubt.
 */
import { readFileSync } from "node:fs";
import { verifyExport } from "../audit/export.ts";
import { type Policy, parsePolicy } from "../tlog/policy.ts";
import { commandLine } from "./command-line.ts";

const { values: { policy }, positionals: [file] } = commandLine(import.meta.url, { allowPositionals: true, options: { policy: { type: "string" } } });

try {
  if (!file || !policy) throw new Error("say which file, and by which policy: npm run audit:verify-export -- export.ndjson --policy log.policy");
  process.exitCode = await verify(readFileSync(file, "utf8"), policyIn(readFileSync(policy, "utf8")));
} catch (error) {
  console.error(`It could not be found out: ${(error as Error).message}`);
  process.exitCode = 2;
}

async function verify(text: string, believed: Policy): Promise<number> {
  const found = await verifyExport(text, believed);
  if (!found.ok) {
    console.error(`DOUBT       line ${found.line}: ${found.refusal}`);
    return 1;
  }
  console.log(`The log has all of it: ${found.to - found.from} entries, places ${found.from} to ${found.to - 1}, none left out; ${found.opened} are opened, rightly.`);
  if (!found.isWhole) console.log("More pages were to follow.");
  return 0;
}

function policyIn(text: string): Policy {
  const parsed = parsePolicy(text);
  if (!parsed.ok) throw new Error(`the policy cannot be read, line ${parsed.line}: ${parsed.refusal}`);
  return parsed.policy;
}
