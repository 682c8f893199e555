import type { Keyring } from "../bst/keyring.ts";
import { ProblemError } from "./problem.ts";

/** Refuses a pairwise key that nobody here could open tokens with. */
export function demandHeld({ pairKeyIds }: Pick<Keyring, "pairKeyIds">, pairKeyId: string): void {
  if (!pairKeyIds.includes(pairKeyId)) throw new ProblemError("field-invalid", { errors: [{ pointer: "/pairKeyId", detail: "is no key of this deployment" }] });
}
