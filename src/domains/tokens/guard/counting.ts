import type { CountTokens } from "../guard-rpc.ts";
import type { TokenGuardApi } from "./rpc.ts";

/** Counts after the answer, and never in its way: what cannot be counted is reported and missing, so that counts are lower bounds. */
export const countingBy = (
  usage: (operator: string) => Pick<TokenGuardApi, "countTokens">, afterwards: (work: Promise<unknown>) => void, failed: (error: unknown) => void,
): CountTokens =>
  (operator, act, count) => afterwards((async () => usage(operator).countTokens(act, count))().catch(failed));
