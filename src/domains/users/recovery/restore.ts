import { available } from "../../../api/problem.ts";
import type { Bucket } from "../../../objects/recovery/bucket.ts";
import { commit } from "../../../office/commit.ts";
import type { RegisterApi } from "../../exclusions/rpc.ts";
import { REGISTER_ITSELF, type RightsParts } from "../rights/parts.ts";
import { erasedAfter, insertErased } from "../rights/store.ts";
import type { Beginning } from "../holdings/model.ts";
import type { PersonApi } from "../rpc.ts";

export interface VaultRecoveryParts {
  office: RightsParts["office"];
  register: Pick<RegisterApi, "personsAfter" | "forget">;
  person: (personId: string) => Pick<PersonApi, "restore" | "erase">;
  /** The list of the erased in the bucket: a key each. */
  marks: Pick<Bucket, "list" | "putNew">;
  clock: RightsParts["clock"];
  random: RightsParts["random"];
}

const AT_ONCE = 50;

/** How a page of vaults stands now. `next` goes on; null after the last. */
export interface RestoredPage {
  next: string | null;
  counts: Record<Beginning, number>;
  /** Persons whose vault could not be restored now, or at all. */
  failed: string[];
}

/** Looks at the vaults after `after`, and restores those that were destroyed. Repeatable. */
export async function restoreVaults(parts: VaultRecoveryParts, after: string): Promise<RestoredPage> {
  const ids = await available(parts.register.personsAfter(after, AT_ONCE));
  return { ...(await restoreEach(parts, ids)), next: ids.length < AT_ONCE ? null : ids.at(-1)! };
}

export async function restoreEach({ person }: VaultRecoveryParts, ids: readonly string[]): Promise<Omit<RestoredPage, "next">> {
  const counts = { open: 0, restored: 0, erased: 0 };
  const failed: string[] = [];
  await Promise.all(ids.map((id) => person(id).restore().then((how) => void counts[how]++, () => void failed.push(id))));
  return { counts, failed };
}

/** Erases again who is on either list of the erased after `after`, and makes the lists the same. Repeatable. */
export async function eraseAgain(parts: VaultRecoveryParts, after: string): Promise<RestoredPage> {
  const [office, marked] = await Promise.all([available(erasedAfter(parts.office, after, AT_ONCE)), available(parts.marks.list("", after))]);
  const known = new Set(office.map(({ personId }) => personId));
  const ids = [...new Set([...known, ...marked.map(({ key }) => key)])].toSorted().slice(0, AT_ONCE);
  const failed: string[] = [];
  await Promise.all(ids.map((id) => eraseOne(parts, id, known.has(id)).catch(() => void failed.push(id))));
  return { next: ids.at(-1) ?? null, counts: { open: 0, restored: 0, erased: ids.length - failed.length }, failed };
}

async function eraseOne(parts: VaultRecoveryParts, personId: string, known: boolean): Promise<void> {
  await parts.register.forget(personId);
  await parts.person(personId).erase();
  if (known) return;
  const audit = { action: "person.erased-again", resource: "person", payload: {} };
  const change = { actor: REGISTER_ITSELF, rows: [insertErased(parts.office.primary, personId)], audit, answer: {} };
  await commit(parts.office, change, { now: parts.clock(), random: parts.random });
}
