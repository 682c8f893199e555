import type { Instant } from "../../../kernel/clock.ts";
import type { Problem } from "../../../kernel/problem.ts";
import type { TokenHistory } from "./history.ts";
import { invalidToken, type NoToken, type OwnToken, retiredToken } from "./own.ts";
import type { HistoryAnswer, Validation } from "./schema.ts";

/** A problem in a list is one of the two, which its type does not say. */
export const listed = <Item>(problem: Problem): Item => problem as Item;

const shown = ({ kind, epoch: { epoch }, generation }: OwnToken) => ({ type: kind, epoch, generation });

/** What is said of one token; nothing of its person. */
export function validationOf(token: OwnToken | NoToken, pointer: string): Validation {
  if (!token.ok) {
    const slip = token.slip && { kind: token.slip.slip, at: "at" in token.slip ? token.slip.at : null };
    return { valid: false, problem: listed(invalidToken(token, pointer)), slip };
  }
  if (token.state === "retired") return { valid: false, ...shown(token), state: "retired", problem: listed(retiredToken(pointer)) };
  return { valid: true, ...shown(token), state: token.state };
}

const textOf = (at: Instant): string => new Date(at).toISOString();

/** An operator is not told which of the regulator's people it was. */
export function historyOf({ token, steps }: TokenHistory, forStaff: boolean): HistoryAnswer {
  return {
    ...shown(token), state: token.state,
    steps: steps.map((step) => {
      const epoch = { at: textOf(step.at), epoch: step.epoch };
      if ("event" in step) return { ...epoch, event: step.event, generation: null, least: null, reason: null, by: null };
      const { act, generation, leastEpoch, leastGeneration, reason, actor } = step;
      const by = actor && { kind: actor.kind, id: forStaff || actor.kind === "operator" ? actor.id : null };
      return { ...epoch, event: act, generation, least: { epoch: leastEpoch, generation: leastGeneration }, reason, by };
    }),
  };
}
