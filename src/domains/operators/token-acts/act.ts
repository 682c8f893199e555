import { toHex } from "../../../kernel/bytes.ts";
import type { Instant, Random } from "../../../kernel/clock.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import type { ObjectDatabase, Transaction } from "../../../objects/database.ts";
import { appendChange } from "../../exclusions/index.ts";
import { type Advance, bothOf, hasten, sinceRoot } from "../../exclusions/roots/index.ts";
import { type Answer, record } from "../directory.ts";
import { countGenerations, epochsOf, findEpoch, generationOf, generationsOf, putGeneration } from "../store.ts";
import type { ActOnTokenCommand, TokenActsApi } from "./rpc.ts";
import { actOn } from "./rules.ts";
import { epochSteps, insertTokenAct, tokenSteps } from "./store.ts";

/** Every isolate holds them in memory, and whoever has a whole database to replace moves its epoch. */
const MOST_RETIRED_SINGLY = 10_000;

export const tokensOf = (database: Transaction, operator: string): Answer<"tokensOf"> => ({
  epochs: epochsOf(database, operator), generations: generationsOf(database, operator),
});

/** Retires one token with every older one of the same person, and keeps that and why; the edge hears of it in the log. */
export function actOnToken(database: ObjectDatabase, command: ActOnTokenCommand, now: Instant, random: Random): Answer<"actOnToken"> {
  const { operator, act, epoch, generation, reason, actor } = command;
  const p = toHex(command.p);
  return database.transaction((transaction) => {
    const row = findEpoch(transaction, command);
    if (!row) return { ok: false, refusal: "operator-unknown" };
    const known = generationOf(transaction, operator, p);
    const plan = actOn({ operator, p, act, epoch, generation }, row, known, tokenSteps(transaction, operator, bothOf(transaction, command.p)));
    if (!plan.ok || !plan.kept) return plan.ok ? { ok: true, kept: false } : plan;
    if (plan.row && !known && countGenerations(transaction, operator) >= MOST_RETIRED_SINGLY) return { ok: false, refusal: "too-many-retired" };
    const least = plan.row ?? known!;
    if (plan.row) {
      putGeneration(transaction, plan.row);
      appendChange(transaction, { type: "generation", generation: plan.row }, now);
    }
    const step = { act, epoch, generation, leastEpoch: least.epoch, leastGeneration: least.least, reason };
    insertTokenAct(transaction, { operator, p: command.p, id: uuidv7(now, random), at: now, ...step, actor });
    record(transaction, { action: `operator.token-${act}`, resource: operator, commandId: null, payload: step, actor }, now, random);
    hasten(transaction, now);
    return { ok: true, kept: true };
  });
}

/** Throws when only the tokenizer can say what else the person's tokens hold, and does not. */
export async function tokenHistory(
  database: ObjectDatabase, advance: Advance, ...[operator, p, epoch]: Parameters<TokenActsApi["tokenHistory"]>
): Promise<Answer<"tokenHistory">> {
  const row = epoch === undefined ? null : findEpoch(database, { operator, epoch });
  const ps = row ? await sinceRoot(database, advance, { rootEpoch: row.rootEpoch, p }) : [p];
  return { acts: tokenSteps(database, operator, ps), epochs: epochSteps(database, operator) };
}
