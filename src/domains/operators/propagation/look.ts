import type { Pseudonym } from "../../../bst/kinds.ts";
import type { Clock, Instant } from "../../../kernel/clock.ts";
import type { Office } from "../../../office/database.ts";
import type { WhoApi } from "../../exclusions/who-rpc.ts";
import type { AcknowledgementsApi } from "../acknowledgements/rpc.ts";
import { askEach, type AskingTerms } from "./ask.ts";
import type { ExclusionPropagation } from "./model.ts";
import { reachOf } from "./rules.ts";
import { exclusionAndOperators } from "./store.ts";

export interface LookParts {
  office: Office;
  register: Pick<WhoApi, "linkedTo">;
  feed: (operator: string) => Pick<AcknowledgementsApi, "propagated">;
  asking: AskingTerms;
  clock: Clock;
}

/**
 * How far an exclusion came with each operator, by asking the feed of each; null when there is none with this reference. Throws when the office or Register does not
 * answer; a feed that does not is shown as unknown.
 */
export async function propagationOf({ office, register, feed, asking, clock }: LookParts, reference: string): Promise<ExclusionPropagation | null> {
  const { exclusion, operators, asOf } = await exclusionAndOperators(office, reference);
  const ps = exclusion && (await pseudonymsIn(register, reference));
  if (!exclusion || !ps) return null;
  const until: Instant = exclusion.endedAt ?? clock();
  const answers = await askEach(operators, ({ id }) => feed(id).propagated(ps, exclusion.startedAt, until), asking);
  return { reference, asOf, operators: operators.map(({ id, name }, place) => ({ operator: id, name, ...reachOf(answers[place] ?? null) })) };
}

/** The identifiers that an exclusion states; null when Register knows no such exclusion. */
async function pseudonymsIn(register: LookParts["register"], reference: string): Promise<Pseudonym[] | null> {
  const linked = await register.linkedTo(reference);
  return linked && linked.identifiers.filter(({ statements }) => statements.some((one) => one.reference === reference)).map(({ p }) => p);
}
