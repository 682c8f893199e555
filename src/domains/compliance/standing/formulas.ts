import { evaluate, namesIn } from "./expression.ts";
import type { Evidence, Finding, Input, Source } from "./model.ts";

interface Formula {
  /** Another code, weight or meaning of an input is another version. */
  version: number;
  weight: number;
  code: string;
  source: Source;
}

/**
 * Every figure of the score: a value from 0 to 1, or null. Each falls, or stays, with each number that counts something bad; where there
 * was nothing to measure, it divides by nothing and says nothing. What each can and cannot show: docs/compliance.md.
 */
export const FORMULAS = {
  "stopped-early": { version: 1, weight: 15, source: "usage", code: "1 - foundAtPlay / found" },
  "play-checks": { version: 1, weight: 5, source: "usage", code: "min(1, 4 * playChecks / loginChecks)" },
  "current-tokens": { version: 1, weight: 10, source: "usage", code: "1 - retiredTokenChecks / checksAsked" },
  "received-in-time": { version: 1, weight: 10, source: "deliveries", code: "max(0, 1 - receivedLate / events)" },
  "handled-in-time": { version: 1, weight: 10, source: "deliveries", code: "max(0, 1 - handledLate / events)" },
  "sessions-ended": { version: 1, weight: 10, source: "deliveries", code: "1 - sessionsEndedLate / max(sessionsEnded, sessionsEndedLate)" },
  "accounts-closed": { version: 1, weight: 5, source: "deliveries", code: "1 - accountsClosedLate / max(accountsClosed, accountsClosedLate)" },
  "marketing-removed": { version: 1, weight: 5, source: "deliveries", code: "1 - marketingRemovedLate / max(marketingRemoved, marketingRemovedLate)" },
  "balances-returned": { version: 1, weight: 5, source: "deliveries", code: "1 - balancesReturnedLate / max(balancesReturned, balancesReturnedLate)" },
  // One is enough; that none was met shows nothing.
  "canaries": { version: 1, weight: 10, source: "canaries", code: "0 / canariesAccepted" },
  "keys-bound": { version: 1, weight: 3, source: "keys", code: "keysBound / keysInForce" },
  "keys-expire": { version: 1, weight: 3, source: "keys", code: "keysExpiring / keysInForce" },
  "keys-renewed": { version: 1, weight: 2, source: "keys", code: "keysRenewed / keysInForce" },
  "keys-used": { version: 1, weight: 2, source: "keys", code: "keysUsed / keysInForce" },
  "licence": { version: 1, weight: 5, source: "licence", code: "licensedDays / days" },
} as const satisfies Record<string, Formula>;

export type FormulaName = keyof typeof FORMULAS;
export const FORMULA_NAMES = Object.keys(FORMULAS) as FormulaName[];

/** Each formula with what the evidence says. */
export const findingsOf = ({ inputs, loss }: Evidence): Finding[] =>
  FORMULA_NAMES.map((name) => {
    const formula = FORMULAS[name];
    const taken = Object.fromEntries(namesIn(formula.code).map((input) => [input, inputs[input as Input]]));
    return { name, ...formula, inputs: taken, loss: formula.source === "usage" ? loss : null, value: evaluate(formula.code, taken) };
  });

/** The same once more, from what a finding itself says that it rests on. */
export const valueAgain = ({ code, inputs }: Pick<Finding, "code" | "inputs">): number | null => evaluate(code, inputs);
