import type { KeyMode } from "../../../check/terms.ts";
import type { Actor } from "../../../kernel/actor.ts";
import type { Clock } from "../../../kernel/clock.ts";
import type { FieldError } from "../../../kernel/problem.ts";
import type { Result } from "../../../kernel/result.ts";
import { invalidToken, type OwnParts, type OwnToken, ownTokens } from "../../tokens/life/index.ts";
import type { TokenizerApi } from "../../tokens/rpc.ts";
import { namesOf } from "./named.ts";
import type { Acknowledged, AcknowledgementsApi, RefusedPart } from "./rpc.ts";
import { isAhead } from "./rules.ts";
import type { AcknowledgementsSaid } from "./schema.ts";

export interface TakeParts extends OwnParts {
  tokenizer: Pick<TokenizerApi, "advance">;
  feed: (operator: string) => Pick<AcknowledgementsApi, "acknowledge">;
  clock: Clock;
}

/** Every part that cannot be taken. */
interface Untaken {
  refusal: "token-invalid" | "field-invalid";
  errors: FieldError[];
}

/** Who says it, and the command it stands for. */
export interface Sayer {
  operator: string;
  mode: KeyMode;
  actor: Actor;
  command: { id: string; fingerprint: string };
}

const SAID: Record<RefusedPart["refusal"], string> = {
  "in-the-future": "lies ahead of now",
  "before-the-event": "lies before the exclusion began",
  "not-received": "is beyond the last event you were sent or have fetched",
};

const pointerTo = (place: number): string => `/acknowledgements/${place}`;

/**
 * Takes all that an operator says it did, or names each part that cannot be taken and keeps nothing. Throws when the directory, a key, the tokenizer or the feed is
 * away: then nobody can say whether it was taken, and the same command asks again.
 */
export async function takeAcknowledgements(
  parts: TakeParts, { operator, mode, actor, command }: Sayer, said: AcknowledgementsSaid,
): Promise<Result<{ taken: Acknowledged }, { refusal: "command-reused" } | Untaken>> {
  const own = await ownTokens(parts, operator, mode);
  const opened = said.acknowledgements.map(({ token }) => own.open(token));
  const foreign = opened.flatMap((token, place) => (token.ok ? [] : (invalidToken(token, `${pointerTo(place)}/token`).errors ?? [])));
  const ahead = said.acknowledgements.flatMap(({ at }, place) => (isAhead(at, parts.clock()) ? [{ pointer: `${pointerTo(place)}/at`, detail: SAID["in-the-future"] }] : []));
  if (foreign.length + ahead.length > 0) return { ok: false, refusal: foreign.length > 0 ? "token-invalid" : "field-invalid", errors: [...foreign, ...ahead] };
  const names = await namesOf(parts.tokenizer, opened as OwnToken[], own.current.rootEpoch);
  const feed = mode === "test" ? OF_TEST_PERSONS : parts.feed(operator);
  const answer = await feed.acknowledge({
    commandId: command.id, fingerprint: command.fingerprint, actor, handledThrough: said.handledThrough ?? null,
    acknowledgements: said.acknowledgements.map(({ state, at }, place) => ({ ps: names[place]!, state, at })),
  });
  return answer.ok || answer.refusal === "command-reused" ? answer : { ok: false, refusal: "field-invalid", errors: answer.parts.map(errorOf) };
}

/** The feed of test persons, to whom nothing ever happens: nobody is excluded in it, and there is nothing to work through. */
const OF_TEST_PERSONS: ReturnType<TakeParts["feed"]> = {
  acknowledge: async ({ handledThrough, acknowledgements }) =>
    (handledThrough ?? 0) > 0
      ? { ok: false, refusal: "refused", parts: [{ place: null, refusal: "not-received" }] }
      : { ok: true, taken: { handledThrough, recorded: 0, unchanged: 0, notExcluded: [...acknowledgements.keys()] } },
};

const errorOf = ({ place, refusal }: RefusedPart): FieldError =>
  ({ pointer: place === null ? "/handledThrough" : `${pointerTo(place)}/at`, detail: SAID[refusal] });
