import { formatReceipt } from "../../../audit/receipt.ts";
import type { CitizenProof, CitizenRpc } from "../citizen-rpc.ts";
import type { LoggedStep } from "../history/rpc.ts";
import { ProofQuestion, read } from "./input.ts";
import { type CitizenParts, holderOfGrant } from "./parts.ts";

const UNKNOWN = { ok: false, refusal: "reference-unknown", field: null } as const;

/** The receipt of one step of an exclusion of the grant's holder. Somebody else's is as unknown as one there never was. */
export async function proof(parts: CitizenParts, unread: unknown): ReturnType<CitizenRpc["proof"]> {
  const form = read(ProofQuestion, unread);
  if (!form.ok) return form;
  const { grant, reference, entry } = form.request;
  const held = await holderOfGrant(parts, grant);
  if (!held.ok) return held;
  const steps = await parts.register.loggedStepsOf(held.grant.phone, reference);
  if (!steps) return UNKNOWN;
  const step = entry === null ? steps[0] : steps.find(({ opening }) => opening.id === entry);
  if (!step) return entry === null ? { ok: true, steps: [], entry: null, file: null } : UNKNOWN;
  return { ok: true, steps: steps.map(named), entry: step.opening.id, file: await fileOf(parts, step) };
}

/** Whom to believe, to verify it. */
export const logPolicy = ({ log }: CitizenParts): Promise<string> => log().policy();

const named = ({ event, opening: { id, at } }: LoggedStep): CitizenProof["steps"][number] => ({ entry: id, at, event });

async function fileOf({ log }: CitizenParts, { opening, leaf }: LoggedStep): Promise<string | null> {
  const proven = leaf === null ? null : await log().prove(leaf);
  return proven && formatReceipt(proven, opening);
}
