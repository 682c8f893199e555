import type { Opened, Outcome } from "./decide.ts";
import type { Directory } from "./directory.ts";
import type { TokenOpener } from "./open.ts";

/** Whether any of the tokens is of an epoch that is over. */
export const renewalDue = (opened: readonly Opened[]): boolean => opened.some((token) => token.ok && token.standing === "grace");

/**
 * The outcome with what the operator is to do about tokens whose epoch is over: the token to keep instead, or, where the
 * current epoch holds another root, to issue it anew. What was decided stays as it is.
 */
export function withRenewal(outcome: Outcome, opened: readonly Opened[], operator: string, directory: Directory, opener: TokenOpener): Outcome {
  if (!outcome.ok) return outcome;
  const due = opened.map((token) => (token.ok && token.standing === "grace" ? { next: opener.next(token, operator, directory) } : null));
  const nextTokens = due.map((one) => one?.next ?? null);
  const { answer } = outcome;
  if (nextTokens.length === 1 && nextTokens[0]) answer.nextToken = nextTokens[0];
  else if (nextTokens.some(Boolean)) answer.nextTokens = nextTokens;
  if (due.some((one) => one?.next === null)) answer.renew = true;
  return outcome;
}
