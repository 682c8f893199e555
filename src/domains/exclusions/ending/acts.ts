import { sha256 } from "@noble/hashes/sha2.js";
import { nameOf } from "../../../bst/lineage.ts";
import { toHex, utf8 } from "../../../kernel/bytes.ts";
import { canonicalJson } from "../../../kernel/canonical-json.ts";
import type { Instant, Random } from "../../../kernel/clock.ts";
import { once } from "../../../objects/commands.ts";
import type { ObjectDatabase, Transaction } from "../../../objects/database.ts";
import type { EndingCommand, EndingResult } from "../ending-rpc.ts";
import type { Exclusion } from "../model.ts";
import { move } from "../move.ts";
import { ownOf } from "../roots/own.ts";
import { isInForce, receiptOf } from "../rules.ts";
import { exclusionByReference, holderOf, identifiersOf } from "../store.ts";
import { type Decision, decideAsking, decideConfirming, decideKeeping, type EndingSettings } from "./rules.ts";

type Act = (database: ObjectDatabase, command: EndingCommand, now: Instant, random: Random, settings: EndingSettings) => EndingResult;

/** The three acts of a person on their own exclusion, each in one transaction, or nothing. */
export const askToEnd = act("ask-to-end", decideAsking);
export const confirmEnding = act("confirm-ending", decideConfirming);
export const keep = act("keep", decideKeeping);

function act(verb: string, decide: (exclusion: Exclusion, now: Instant, settings: EndingSettings) => Decision): Act {
  return (database, command, now, random, settings) =>
    database.transaction((transaction) =>
      once(transaction, identified(verb, command), now, (): EndingResult => {
        const exclusion = theirs(transaction, command);
        if (!exclusion) return { ok: false, refusal: "nothing-to-end" };
        const decision = decide(exclusion, now, settings);
        if (!decision.ok) return decision;
        const { channel, commandId } = command;
        const moved = decision.steps.reduce((one, { event, set }) => move(transaction, one, event, { channel, commandId }, now, random, set), exclusion);
        return { ok: true, receipt: receiptOf(moved, identifiersOf(transaction, moved.id), now) };
      }),
    );
}

/** What is in force under this reference for the phone's holder. That it is somebody else's, or over, looks alike. */
function theirs(transaction: Transaction, { phone, reference }: EndingCommand): Exclusion | null {
  const personId = holderOf(transaction, ownOf(transaction, phone));
  const exclusion = exclusionByReference(transaction, reference);
  return exclusion && exclusion.personId === personId && isInForce(exclusion.state) ? exclusion : null;
}

const identified = (verb: string, { commandId, phone, reference, channel }: EndingCommand) =>
  ({ id: commandId, fingerprint: toHex(sha256(utf8(canonicalJson({ verb, phone: nameOf(phone), reference, channel })))) });
