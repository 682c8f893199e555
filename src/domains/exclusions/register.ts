import { sha256 } from "@noble/hashes/sha2.js";
import type { Pseudonym } from "../../bst/kinds.ts";
import { type Lineage, nameOf } from "../../bst/lineage.ts";
import { toHex, utf8 } from "../../kernel/bytes.ts";
import { canonicalJson } from "../../kernel/canonical-json.ts";
import type { Instant, Random } from "../../kernel/clock.ts";
import { uuidv7 } from "../../kernel/ids.ts";
import { once } from "../../objects/commands.ts";
import type { ObjectDatabase, Transaction } from "../../objects/database.ts";
import { exclude } from "./exclude.ts";
import type { Evidence, Receipt, RegisterCommand, RegisterResult, StatedIdentifier } from "./model.ts";
import type { RegisterApi } from "./rpc.ts";
import { owned, ownOf, ownOfBare } from "./roots/own.ts";
import { type Settings, receiptOf } from "./rules.ts";
import { addHolder, excludedPersonsAfter, exclusionsOfPerson, holderOf, identifiersOf, ownExclusion, provenHolders } from "./store.ts";

type ExtendCommand = Parameters<RegisterApi["extend"]>[0];

/** Excludes the proven phone's holder, or lengthens the exclusion they have: all of it in one transaction, or nothing. */
export function register(
  database: ObjectDatabase, command: RegisterCommand, now: Instant, random: Random, settings: Settings,
): RegisterResult {
  assertReadable(command.identifiers);
  return database.transaction((transaction) =>
    once(transaction, identified("register", command, command.identifiers), now, () => {
      const identifiers = owned(transaction, command.identifiers);
      const phone = identifiers[0]!;
      const personId = holderOf(transaction, phone.p) ?? admit(transaction, phone.p, now, random);
      const active = ownExclusion(transaction, personId);
      return exclude({ transaction, now, random, settings }, { personId, active }, { ...command, identifiers });
    }),
  );
}

/** Lengthens what is in force for the holder of this phone; refuses when nothing is. */
export function extend(
  database: ObjectDatabase, command: ExtendCommand, now: Instant, random: Random, settings: Settings,
): RegisterResult {
  const phone: StatedIdentifier = { p: command.phone, kind: "msisdn", evidence: "code" };
  return database.transaction((transaction) =>
    once(transaction, identified("extend", command, [phone]), now, (): RegisterResult => {
      const personId = holderOf(transaction, ownOf(transaction, command.phone));
      const active = personId && ownExclusion(transaction, personId);
      if (!active) return { ok: false, refusal: "nothing-to-extend" };
      const asked = { ...command, identifiers: [], box: null };
      return exclude({ transaction, now, random, settings }, { personId, active }, asked);
    }),
  );
}

/** Every exclusion of this phone's holder, newest first; empty when the phone never excluded anybody. */
export function exclusionsOf(database: Transaction, phone: Lineage, now: Instant): Receipt[] {
  const personId = holderOf(database, ownOf(database, phone));
  const all = personId ? exclusionsOfPerson(database, personId) : [];
  return all.map((exclusion) => receiptOf(exclusion, identifiersOf(database, exclusion.id), now));
}

const HOLDERS_AT_ONCE = 1_000;
const PERSONS_AT_ONCE = 1_000;

/** For each pseudonym, under whichever root in use it is, who proved it theirs. An identifier that was only typed says nothing about who was found by it. */
export function holdersOf(database: Transaction, ps: readonly Pseudonym[]): string[][] {
  if (ps.length > HOLDERS_AT_ONCE) throw new RangeError(`more than ${HOLDERS_AT_ONCE} pseudonyms at once`);
  return ps.map((p) => provenHolders(database, ownOfBare(database, p)));
}

/** Those after `after` by id. */
export function personsAfter(database: Transaction, after: string, limit: number): string[] {
  if (limit > PERSONS_AT_ONCE) throw new RangeError(`more than ${PERSONS_AT_ONCE} persons at once`);
  return excludedPersonsAfter(database, after, limit);
}

/** The proven phone alone decides who somebody is; a new one is a new person. */
export function admit(transaction: Transaction, phone: Pseudonym, now: Instant, random: Random): string {
  const personId = uuidv7(now, random);
  addHolder(transaction, phone, personId, now);
  return personId;
}

const PSEUDONYM_BYTES = 16;

/** What a phone is proven by. */
const PROVEN: readonly Evidence[] = ["code", "network"];

/** The callers prove phones and read documents; what they cannot have sent is a fault, not a refusal. */
function assertReadable([phone, ...others]: RegisterCommand["identifiers"]): void {
  if (phone.kind !== "msisdn" || !PROVEN.includes(phone.evidence)) throw new TypeError("the first identifier must be a proven phone");
  if (others.some(({ evidence }) => evidence !== "typed")) throw new TypeError("a command proves one phone");
  assertLineages([phone, ...others]);
}

/** Throws TypeError on what cannot be a lineage. */
export function assertLineages(identifiers: readonly StatedIdentifier[]): void {
  if (identifiers.some(({ p }) => p.length === 0 || p.length % PSEUDONYM_BYTES !== 0)) throw new TypeError("a pseudonym has 16 bytes");
}

/** The command's id and what it says, whichever roots its lineages reach. The box is left out: the same identity is sealed differently each time. */
function identified(verb: string, command: ExtendCommand | RegisterCommand, stated: readonly StatedIdentifier[]) {
  const { commandId, policy, channel } = command;
  const identifiers = stated.map(({ p, kind, evidence }) => ({ p: nameOf(p), kind, evidence }));
  return { id: commandId, fingerprint: toHex(sha256(utf8(canonicalJson({ verb, policy, channel, identifiers })))) };
}
