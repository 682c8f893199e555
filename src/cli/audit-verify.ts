/**
 * `npm run audit:verify`: reads the audit log from its first entry, makes its tree anew, checks every signature, and compares with what the
 * running register lists of its audit. It prints what it checked, and fails on any doubt.
 *
 * `--url` is the register's, this machine's by default. `--policy` is a file that says whose signatures are believed (C2SP tlog-policy:
 * the log's key, its witnesses, how many of them); without one the log is asked for it, which shows that the log is one with itself and not whose
 * it is. `--since` is a checkpoint kept from an earlier time, of which this log must be the continuation; `--save` keeps this one's. The
 * register is asked with NSER_TOKEN, or this laptop's administrator's; without a token only the log is verified.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { type Policy, parsePolicy } from "../tlog/policy.ts";
import { verifyLog } from "../audit/verify/log.ts";
import { listedOf, readerOf } from "./audit/read.ts";
import { commandLine } from "./command-line.ts";
import { laptopToken } from "./administrator.ts";

const { values: options } = commandLine(import.meta.url, {
  options: {
    url: { type: "string", default: process.env.NSER_URL ?? "http://localhost:8787" },
    policy: { type: "string" },
    since: { type: "string" },
    save: { type: "string" },
  },
});

const url = options.url.replace(/\/$/, "");
const read = readerOf(`${url}/v1/log`);
const say = (line: string): void => console.log(line);

try {
  process.exitCode = await verify();
} catch (error) {
  console.error(`It could not be found out: ${(error as Error).message}`);
  process.exitCode = 2;
}

async function verify(): Promise<number> {
  const policy = await policyOf();
  const token = process.env.NSER_TOKEN ?? laptopToken(url);
  if (!token) say("register    not compared: there is no token to ask it with");
  const since = options.since ? readFileSync(options.since, "utf8") : null;
  const doubts = await verifyLog({ read, policy, since, listed: token ? () => listedOf(url, token) : null, now: Date.now(), say });
  for (const { where, what } of doubts) console.error(`DOUBT       ${where}: ${what}`);
  console.log(doubts.length === 0 ? "The log is whole." : `${doubts.length} doubts.`);
  if (doubts.length > 0) return 1;
  if (options.save) writeFileSync(options.save, (await read("checkpoint"))!);
  return 0;
}

async function policyOf(): Promise<Policy> {
  if (!options.policy) say("policy      the log's own word: name a file with --policy to believe nobody");
  const text = options.policy ? readFileSync(options.policy, "utf8") : new TextDecoder().decode((await read("key")) ?? new Uint8Array());
  const parsed = parsePolicy(text);
  if (!parsed.ok) throw new Error(`the policy cannot be read, line ${parsed.line}: ${parsed.refusal}`);
  return parsed.policy;
}
