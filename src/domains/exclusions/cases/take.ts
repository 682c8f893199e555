import { citizenActor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { readReference, REFERENCES } from "../../../kernel/ids.ts";
import { type Command, once } from "../../../office/commit.ts";
import type { CaseRefusal, CaseResult, CaseView } from "./cases-rpc.ts";
import { type Holder, isTheirs } from "./holder.ts";
import { type CitizenCaseParts, sensesOf } from "./parts.ts";
import { type Step, step } from "./step.ts";
import { annulmentOf, decisionsOf, filesOf, type Part, partByReference } from "./store.ts";
import { isToldTo, viewFor } from "./view.ts";

export type Refused = { ok: false } & CaseRefusal;

export const refused = (refusal: Extract<CaseRefusal, { field: null }>["refusal"]): Refused => ({ ok: false, refusal, field: null }) as Refused;

/** What one phone asks for by one form; another's form of the same id is another. */
export const commandOf = ({ keys }: CitizenCaseParts, { key }: Holder, verb: string, formId: string, says: unknown): Command =>
  ({ id: `case ${formId}`, fingerprint: keys.request(key, verb, says) });

export async function look({ office, clock }: Pick<CitizenCaseParts, "office" | "clock">, part: Part): Promise<CaseView> {
  const [decisions, files] = await Promise.all([decisionsOf(office, part.found.id), filesOf(office, part.found.id)]);
  return viewFor({ ...part, decisions, files }, clock());
}

/** The holder's part of this reference, or of the annulment of this exclusion. Another's is unknown, as what is not there. */
export async function partOf({ office }: CitizenCaseParts, holder: Holder, written: string): Promise<Part | null> {
  const exclusion = readReference(REFERENCES.exclusion, written);
  const reference = readReference(REFERENCES.case, written);
  const part = exclusion !== null ? await annulmentOf(office, exclusion) : reference === null ? null : await partByReference(office, reference);
  return part && isTheirs(part, holder) && isToldTo(part) ? part : null;
}

export async function seen(parts: CitizenCaseParts, holder: Holder, reference: string): Promise<CaseResult<{ case: CaseView }>> {
  const part = await partOf(parts, holder, reference);
  return part ? { ok: true, case: await look(parts, part) } : refused("case-unknown");
}

/** What a form does to a case; null refuses as `not-now`. */
type Act = (part: Part, now: Instant) => Promise<Step | Refused | null> | Step | Refused | null;

/** So often a step that met another is taken anew on what it finds then. */
const TRIES = 5;

/** Takes a party's step, once a form. */
export async function take(parts: CitizenCaseParts, holder: Holder, { reference, command }: { reference: string; command: Command }, act: Act): Promise<CaseResult<{ case: CaseView }>> {
  for (let tries = 1; ; tries++) {
    const done = await once<object, Refused>(parts.office, command, sensesOf(parts), async () => {
      const part = await partOf(parts, holder, reference);
      if (!part) return refused("case-unknown");
      const now = parts.clock();
      const next = await act(part, now);
      if (next && "ok" in next) return next;
      return (next && step(parts, { actor: citizenActor(part.party.reference), now }, part.found, next, {})) ?? refused("not-now");
    });
    if (done.ok) {
      parts.filled();
      return seen(parts, holder, reference);
    }
    if (done.refusal === "command-reused") return refused("form-reused");
    if (done.refusal !== "conflict" && done.refusal !== "duplicate") return done as Refused;
    if (tries === TRIES) return refused("not-now");
  }
}
