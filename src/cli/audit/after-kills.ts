/** What is looked for in the audit log of a running system after it was killed. */
import { fromUtf8 } from "../../kernel/bytes.ts";
import { verifyLog } from "../../audit/verify/log.ts";
import type { Doubt } from "../../audit/verify/tree.ts";
import { parsePolicy } from "../../tlog/policy.ts";
import { listedOf, readerOf } from "./read.ts";

/** How many leaves each receipt's registration has, by its reference. */
export async function registrationLeaves(url: string, token: string): Promise<Map<string, number>> {
  const leaves = new Map<string, number>();
  for await (const { action, resource, leaf } of listedOf(url, token)) {
    if (action === "exclusion.registered" && leaf !== null) leaves.set(resource, (leaves.get(resource) ?? 0) + 1);
  }
  return leaves;
}

/** What is doubtful about the whole log, by its own policy and by what the register lists of it. */
export async function logDoubts(url: string, token: string): Promise<Doubt[]> {
  const read = readerOf(`${url}/v1/log`);
  const policy = parsePolicy(fromUtf8((await read("key"))!));
  if (!policy.ok) throw new Error(policy.refusal);
  return verifyLog({ read, policy: policy.policy, listed: () => listedOf(url, token), now: Date.now(), say: () => {} });
}
