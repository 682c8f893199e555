import { within } from "../../src/check/regions.ts";
import * as deliveries from "../../src/domains/exclusions/deliveries/tables.ts";
import * as log from "../../src/domains/exclusions/log/tables.ts";
import * as exclusions from "../../src/domains/exclusions/tables.ts";
import * as operators from "../../src/domains/operators/tables.ts";
import { type Clock, SECOND } from "../../src/kernel/clock.ts";
import { audit } from "../../src/objects/audit.ts";
import { commands } from "../../src/objects/commands.ts";
import type { ObjectDatabase } from "../../src/objects/database.ts";
import type { Bucket } from "../../src/objects/recovery/bucket.ts";
import { type Journaled, journaled } from "../../src/objects/recovery/journal.ts";
import { parseRecoveryKeys } from "../../src/objects/recovery/seal.ts";
import type { RecoveryParts } from "../../src/objects/recovery/ship.ts";
import { random } from "../../src/objects/shell.ts";
import type { Environment } from "./environment.ts";

/** Everything Register is made of. What it has to do later is not among it, for restoring sets that anew. */
const JOURNALED: readonly Journaled[] = [
  journaled(exclusions.exclusions),
  journaled(exclusions.exclusionIdentifiers),
  journaled(exclusions.extensions),
  journaled(exclusions.phoneHolders),
  journaled(exclusions.crossReferences),
  journaled(exclusions.covered),
  journaled(exclusions.salvaged),
  journaled(log.changes),
  journaled(log.head, "t", "fence"),
  journaled(deliveries.deliveries, "lentUntil"),
  journaled(operators.operators),
  journaled(operators.operatorKeys),
  journaled(operators.operatorEpochs),
  journaled(operators.tokenGenerations),
  journaled(operators.keyAllowances),
  journaled(commands),
  journaled(audit),
];

const DEADLINE_MS = 5 * SECOND;

/** The promise's value within the deadline; leaves no timer behind, which would keep the object from being evicted. */
export async function soon<T>(promise: Promise<T>): Promise<T> {
  const deadline = new AbortController();
  try {
    return await within(promise, DEADLINE_MS, (ms) => scheduler.wait(ms, { signal: deadline.signal }));
  } finally {
    deadline.abort();
  }
}

/** R2 as one object uses it: under its own name. */
function bucketOf(r2: R2Bucket, name: string): Bucket {
  const prefix = `${name}/`;
  return {
    putNew: async (key, bytes) => (await soon(r2.put(prefix + key, bytes, { onlyIf: { etagDoesNotMatch: "*" } }))) !== null,
    get: async (key) => {
      const found = await soon(r2.get(prefix + key));
      return found && new Uint8Array(await soon(found.arrayBuffer()));
    },
    list: async (under, after) => {
      const { objects } = await soon(r2.list({ prefix: prefix + under, ...(after && { startAfter: prefix + after }) }));
      return objects.map(({ key, uploaded }) => ({ key: key.slice(prefix.length), at: uploaded.getTime() }));
    },
    delete: (keys) => soon(r2.delete(keys.map((key) => prefix + key))),
  };
}

export function recoveryOf(database: ObjectDatabase, env: Environment, name: string, clock: Clock): RecoveryParts {
  const [bucket, keys] = [bucketOf(env.RECOVERY, name), parseRecoveryKeys(env.RECOVERY_KEYS)];
  return { database, tables: JOURNALED, bucket, keys, clock, random };
}
