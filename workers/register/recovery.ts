import * as deliveries from "../../src/domains/exclusions/deliveries/tables.ts";
import * as log from "../../src/domains/exclusions/log/tables.ts";
import * as roots from "../../src/domains/exclusions/roots/tables.ts";
import * as exclusions from "../../src/domains/exclusions/tables.ts";
import { pairKeyRotations } from "../../src/domains/operators/pair-keys/tables.ts";
import * as who from "../../src/domains/exclusions/who/tables.ts";
import * as operators from "../../src/domains/operators/tables.ts";
import { tokenActs } from "../../src/domains/operators/token-acts/tables.ts";
import * as tokens from "../../src/domains/tokens/register/tables.ts";
import type { Clock } from "../../src/kernel/clock.ts";
import { audit } from "../../src/objects/audit.ts";
import { commands } from "../../src/objects/commands.ts";
import type { ObjectDatabase } from "../../src/objects/database.ts";
import { type Journaled, journaled } from "../../src/objects/recovery/journal.ts";
import { bucketOf } from "../../src/objects/recovery/r2.ts";
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
  journaled(roots.roots),
  journaled(roots.advanced),
  journaled(who.tokenHoldings),
  journaled(who.holdingConsents),
  journaled(log.changes),
  journaled(log.head, "t", "fence"),
  journaled(deliveries.deliveries, "lentUntil"),
  journaled(operators.operators),
  journaled(operators.operatorKeys),
  journaled(operators.operatorEpochs),
  journaled(operators.tokenGenerations),
  journaled(operators.keyAllowances),
  journaled(tokenActs),
  journaled(pairKeyRotations),
  journaled(tokens.canaries),
  journaled(commands),
  // Where an entry is in the log, the log says again.
  journaled(audit, "leaf"),
];

export function recoveryOf(database: ObjectDatabase, env: Environment, name: string, clock: Clock): RecoveryParts {
  const [bucket, keys] = [bucketOf(env.RECOVERY, name), parseRecoveryKeys(env.RECOVERY_KEYS)];
  return { database, tables: JOURNALED, bucket, keys, clock, random };
}
