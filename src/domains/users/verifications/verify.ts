import type { IdentityClaim, IdentityRegistry, Verification } from "../../../adapters/identity-registry/port.ts";
import type { CanonicalIdentifier } from "../../../bst/kinds.ts";
import { type Clock, type Instant, MINUTE, type Random } from "../../../kernel/clock.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import type { ObjectDatabase, Transaction } from "../../../objects/database.ts";
import { setDue } from "../../../objects/due.ts";
import type { Envelope } from "../../../sealing/envelope.ts";
import type { ConfirmResult } from "../../exclusions/identifiers-rpc.ts";
import { enqueue } from "../../notifications/index.ts";
import { storedIdentifiers, vaultOf } from "../store.ts";
import { openIdentifier } from "../vault.ts";
import type { Details } from "../vault/model.ts";
import { keptRecord } from "../vault/records.ts";
import { evidenceByIdentifier, insertEvidence } from "../vault/store.ts";
import { vaultKey } from "../vault-key.ts";
import { askAt, VERIFY_TASK } from "./rules.ts";
import { sealSaid } from "./said.ts";
import { askedOf, insertVerification, mismatches, setSettled, type StoredVerification, unsettled } from "./store.ts";

/** One asking at a time: whoever comes meanwhile finds nothing due. */
const LEASE = MINUTE;

export interface VerifyParts {
  envelope: Envelope;
  registry: IdentityRegistry;
  /** Has Register make a document of this person's firm. */
  confirm: (document: CanonicalIdentifier, commandId: string) => Promise<ConfirmResult>;
  clock: Clock;
  random: Random;
}

/** A document of the person's, as the registry is asked about it. */
interface Open {
  position: number;
  claim: IdentityClaim;
  askAt: Instant;
}

/**
 * Asks the registry about each document it is time to ask about, has Register make firm what is verified, and answers when to come
 * again. What was said is written down before Register hears of it, so that it hears of it however often this is stopped.
 */
export async function verifyDocuments(database: ObjectDatabase, parts: VerifyParts): Promise<Instant | null> {
  const { clock, envelope } = parts;
  setDue(database, VERIFY_TASK, clock() + LEASE);
  for (const open of openDocuments(database, envelope).filter((document) => document.askAt <= clock())) {
    const said = await parts.registry.verify(open.claim);
    database.transaction((transaction) => note(transaction, open, said, parts));
  }
  for (const proven of unsettled(database)) await settle(database, proven, parts);
  return nextAsk(database, envelope);
}

function nextAsk(database: Transaction, envelope: Envelope): Instant | null {
  const times = [...openDocuments(database, envelope).map((open) => open.askAt), ...unsettled(database).map(({ at }) => at)];
  return times.length === 0 ? null : Math.min(...times);
}

/** Documents that nothing has proven yet and the registry can be asked about. */
function openDocuments(database: Transaction, envelope: Envelope): Open[] {
  const dataKey = vaultKey(database, envelope);
  if (!dataKey) return [];
  const { value: details, changedAt } = keptRecord<Details>(database, dataKey, "details");
  const [evidence, wrong] = [evidenceByIdentifier(database), mismatches(database)];
  return storedIdentifiers(database).flatMap((row) => {
    const { kind, canonical } = openIdentifier(dataKey, row);
    if (kind === "msisdn") return [];
    const history = evidence.get(row.position) ?? [];
    const at = askAt({ history, details, claimedAt: changedAt ?? 0, asked: askedOf(database, row.position), mismatches: wrong });
    if (at === null) return [];
    return [{ position: row.position, askAt: at, claim: { kind, number: canonical, name: details!.name!, dateOfBirth: details!.dateOfBirth! } }];
  });
}

/** Keeps what was said, unless the vault was shredded meanwhile; of a mismatch the person hears. */
function note(transaction: Transaction, { position, claim }: Open, said: Verification, { envelope, random, clock }: VerifyParts): void {
  const dataKey = vaultKey(transaction, envelope);
  if (!dataKey) return;
  const { verdict, at } = said;
  const id = uuidv7(at, random);
  insertVerification(transaction, { id, identifier: position, verdict, sealed: sealSaid(dataKey, id, said, random), at, settledAt: verdict === "verified" ? null : at });
  if (verdict !== "mismatch") return;
  const { personId } = vaultOf(transaction)!;
  enqueue(transaction, { id, personId, createdAt: at, topic: "notice", notice: { template: "document-mismatch", kind: claim.kind } }, true, clock());
}

/** Carries what was verified to Register. Where it keeps the document waiting for an officer, the vault shows nothing new. */
async function settle(database: ObjectDatabase, { id, identifier, at }: StoredVerification, { envelope, confirm, clock }: VerifyParts): Promise<void> {
  const dataKey = vaultKey(database, envelope);
  const row = storedIdentifiers(database).find(({ position }) => position === identifier);
  if (!dataKey || !row) return;
  const { kind, canonical } = openIdentifier(dataKey, row);
  const confirmed = await confirm({ kind, value: canonical }, id);
  database.transaction((transaction) => {
    if (confirmed.ok && confirmed.standing === "firm") insertEvidence(transaction, identifier, { evidence: "registry", at, provisionalUntil: null });
    setSettled(transaction, id, clock());
  });
}
