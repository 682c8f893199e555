import { sha256 } from "@noble/hashes/sha2.js";
import type { Pseudonym } from "../../../bst/kinds.ts";
import { nameOf } from "../../../bst/lineage.ts";
import { equalBytes, toHex, utf8 } from "../../../kernel/bytes.ts";
import { canonicalJson } from "../../../kernel/canonical-json.ts";
import type { Instant, Random } from "../../../kernel/clock.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import { once } from "../../../objects/commands.ts";
import type { ObjectDatabase, Transaction } from "../../../objects/database.ts";
import { enqueue } from "../deliveries/store.ts";
import { takeOutOfForce } from "../force.ts";
import type { ReleaseCommand, ReleaseResult } from "../identifiers-rpc.ts";
import type { Exclusion } from "../model.ts";
import { recordStep } from "../record.ts";
import { ownOf } from "../roots/own.ts";
import { inForce, isInForce, next } from "../rules.ts";
import { exclusionsOfPerson, holderOf, identifiersOf, identifiersOfPerson, markReleased, removeHolder } from "../store.ts";
import { judgeRelease } from "./rules.ts";

/** Takes a phone, and nothing else, out of its holder's exclusions: it is nobody's afterwards, and their vault hears of it. */
export function releasePhone(
  database: ObjectDatabase, command: ReleaseCommand, now: Instant, random: Random, recycledDays: number,
): ReleaseResult {
  const { by, commandId, box } = command;
  return database.transaction((transaction) =>
    once(transaction, identified(command), now, (): ReleaseResult => {
      const [phone, document] = [ownOf(transaction, command.phone), ownOf(transaction, command.document.p)];
      const personId = holderOf(transaction, phone);
      if (!personId) return { ok: false, refusal: "nothing-to-release" };
      const judged = judgeRelease({ phone, stated: identifiersOfPerson(transaction, personId) }, document, by, now, recycledDays);
      if (!judged.ok) return judged;
      removeHolder(transaction, phone);
      for (const exclusion of exclusionsOfPerson(transaction, personId)) letGo(transaction, exclusion, phone, command, now, random);
      enqueue(transaction, { id: uuidv7(now, random), personId, createdAt: now, topic: "release", commandId, box });
      return { ok: true };
    }),
  );
}

function letGo(
  transaction: Transaction, exclusion: Exclusion, phone: Pseudonym, { by, commandId }: ReleaseCommand, now: Instant, random: Random,
): void {
  const held = identifiersOf(transaction, exclusion.id).find(({ p }) => equalBytes(p, phone));
  if (!held) return;
  markReleased(transaction, exclusion.id, phone);
  if (isInForce(exclusion.state)) {
    next(exclusion.state, "identifier-released");
    if (inForce(held.standing)) takeOutOfForce(transaction, held, now);
  }
  const step = { action: "exclusion.identifier-released", exclusion, channel: by, commandId, payload: { kind: held.kind, by } } as const;
  recordStep(transaction, step, now, random);
}

const identified = ({ commandId, phone, document, by }: ReleaseCommand) =>
  ({ id: commandId, fingerprint: toHex(sha256(utf8(canonicalJson({ verb: "release", phone: nameOf(phone), document: nameOf(document.p), by })))) });
