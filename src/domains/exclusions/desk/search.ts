import { z } from "zod";
import { canonicalize } from "../../../bst/canonical.ts";
import { type CanonicalIdentifier, type Kind, KINDS } from "../../../bst/kinds.ts";
import type { Result } from "../../../kernel/result.ts";
import { noteRefusal } from "../../../office/refusals.ts";
import type { Caller } from "../../authentication/capabilities.ts";
import { ReadRequest } from "../../users/identities/index.ts";
import { enter, read, visitorIn } from "../../users/people/index.ts";
import { exclusionsByReferences, readCopy } from "../office/store.ts";
import { lineOf } from "./look.ts";
import { type DeskParts, noted } from "./parts.ts";
import type { Found, SearchRefusal, StaffExclusionsRpc } from "./rpc.ts";
import { SEARCHED, SEARCHES } from "./rules.ts";
import { searchesSince } from "./store.ts";

type Refusal = SearchRefusal["refusal"];

const refused = <Said extends Refusal>(refusal: Said) => ({ ok: false, refusal }) as const;

const Sought = z.object({ kind: z.enum(KINDS), identifier: z.string() });
const Why = z.object({ reason: ReadRequest.shape.reason });

export async function enterSearch(parts: DeskParts, visitor: unknown): ReturnType<StaffExclusionsRpc["enterSearch"]> {
  const entered = await enter(parts, visitor, "identities:read", "fresh");
  return entered.ok ? { ok: true } : entered;
}

/**
 * The exclusions that state an identifier, to who says why and showed a factor lately. That they searched, for what kind of identifier
 * and why, is in the audit log before anything is asked: never for whom, and how many there were neither.
 */
export async function search(parts: DeskParts, unread: unknown): ReturnType<StaffExclusionsRpc["search"]> {
  const entered = await enter(parts, visitorIn(unread), "identities:read", "fresh");
  if (!entered.ok) return entered;
  const sought = readSought(unread);
  if (!sought.ok) return sought;
  const { identifier, reason } = sought;
  if (await usedUp(parts, entered.by)) return overTheLimit(parts, entered.by, identifier.kind, reason);
  await noted(parts, entered.by, SEARCHED, "exclusions", { kind: identifier.kind, reason });
  const [evaluated] = await parts.tokenizer.evaluate([identifier]);
  if (!evaluated) throw new Error("the tokenizer answered for fewer identifiers than it was asked");
  return { ok: true, ...(await copied(parts, await parts.register.statedIn(evaluated.p))) };
}

/** What is sought and why, read to the end before anything is counted or asked. */
function readSought(unread: unknown): Result<{ identifier: CanonicalIdentifier; reason: string }, { refusal: "identifier-unreadable" | "reason-unfit" }> {
  const sought = read(Sought, unread);
  const canonical = sought && canonicalize(sought.kind, sought.identifier);
  if (!canonical?.ok) return refused("identifier-unreadable");
  const why = read(Why, unread);
  return why ? { ok: true, identifier: canonical.identifier, reason: why.reason } : refused("reason-unfit");
}

async function usedUp({ office, clock }: DeskParts, { actor }: Caller): Promise<boolean> {
  const { most, within } = SEARCHES;
  return (await searchesSince(office, actor, clock() - within, most)) >= most;
}

/** More than an officer may look for is told of as well. */
async function overTheLimit({ office, clock, random }: DeskParts, { actor }: Caller, kind: Kind, reason: string) {
  await noteRefusal(office, { actor, action: `${SEARCHED}-too-often`, resource: "exclusions", payload: { kind, reason } }, clock(), random);
  return refused("searches-used-up");
}

/** What the office's copy says of them. One that it does not have yet is there by its reference alone. */
async function copied({ office }: DeskParts, references: readonly string[]) {
  const { rows: [rows], asOf } = await readCopy(office, (database) => [exclusionsByReferences(database, references)]);
  const found = references.map((reference): Found => {
    const row = rows.find((known) => known.reference === reference);
    return { reference, line: row ? lineOf(row) : null };
  });
  return { found, asOf };
}
