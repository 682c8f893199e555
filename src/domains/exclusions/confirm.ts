import { sha256 } from "@noble/hashes/sha2.js";
import { nameOf } from "../../bst/lineage.ts";
import { equalBytes, toHex, utf8 } from "../../kernel/bytes.ts";
import { canonicalJson } from "../../kernel/canonical-json.ts";
import type { Instant, Random } from "../../kernel/clock.ts";
import { once } from "../../objects/commands.ts";
import type { ObjectDatabase, Transaction } from "../../objects/database.ts";
import { setDue } from "../../objects/due.ts";
import { DROP_TASK } from "./drop.ts";
import { bringInForce } from "./force.ts";
import type { ConfirmCommand, ConfirmResult } from "./identifiers-rpc.ts";
import type { Exclusion } from "./model.ts";
import { recordStep } from "./record.ts";
import { ownOf } from "./roots/own.ts";
import { confirmedStanding, type Held, inForce, next, phonesBehind } from "./rules.ts";
import { ownExclusion, identifiersOf, markFirm, nextDropOff, othersWith } from "./store.ts";

/** Makes a document firm that the registry knows as the person's; one that dropped off meanwhile is in force again. */
export function confirm(database: ObjectDatabase, command: ConfirmCommand, now: Instant, random: Random): ConfirmResult {
  const { personId } = command;
  return database.transaction((transaction) =>
    once(transaction, identified(command), now, (): ConfirmResult => {
      const p = ownOf(transaction, command.p);
      const exclusion = ownExclusion(transaction, personId);
      const all = exclusion ? identifiersOf(transaction, exclusion.id) : [];
      const document = all.find((held) => held.kind !== "msisdn" && equalBytes(held.p, p));
      if (!exclusion || !document) return { ok: false, refusal: "nothing-to-confirm" };
      const standing = confirmedStanding(document, all, phonesBehind(othersWith(transaction, p, personId)));
      if (standing !== document.standing) makeFirm(transaction, exclusion, document, command, now, random);
      return { ok: true, standing };
    }),
  );
}

function makeFirm(
  transaction: Transaction, exclusion: Exclusion, { kind, p, standing }: Held, { commandId }: ConfirmCommand, now: Instant, random: Random,
): void {
  next(exclusion.state, "identifier-confirmed");
  markFirm(transaction, exclusion.id, p);
  if (!inForce(standing)) bringInForce(transaction, { p, kind }, now);
  setDue(transaction, DROP_TASK, nextDropOff(transaction));
  const payload = { kind, evidence: "registry", before: standing };
  recordStep(transaction, { action: "exclusion.identifier-confirmed", exclusion, channel: "registry", commandId, payload }, now, random);
}

const identified = ({ commandId, personId, p }: ConfirmCommand) =>
  ({ id: commandId, fingerprint: toHex(sha256(utf8(canonicalJson({ verb: "confirm", personId, p: nameOf(p) })))) });
