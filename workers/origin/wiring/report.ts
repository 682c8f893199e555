import { errorFacts, errorLine } from "../../../src/objects/shell.ts";

export const SERVICE = "nser-origin";

export const report = (message: string, facts: Record<string, string | number>): void =>
  console.error(errorLine(SERVICE, Date.now(), message, facts));

/** Reports what an error kept from being done. */
export const failing = (message: string) => (error: unknown): void => report(message, errorFacts(error));
