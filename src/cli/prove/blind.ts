/** Identifiers through the blind door, by the library's own client (RFC 9497, VOPRF mode), beside the direct one. */
import { ristretto255, ristretto255_oprf } from "@noble/curves/ed25519.js";
import { canonicalBytes } from "../../bst/canonical.ts";
import type { CanonicalIdentifier } from "../../bst/kinds.ts";
import { lineageFrom, lineageOf } from "../../bst/pseudonym.ts";
import { equalBytes } from "../../kernel/bytes.ts";
import type { Ground } from "./ground.ts";

const { voprf } = ristretto255_oprf;
const { Point } = ristretto255;

/** `agreed` counts those of whom both doors make the same lineage. Throws when the proof of an evaluation does not hold. */
export function blindly({ identity }: Ground, identifiers: readonly CanonicalIdentifier[]): Record<string, number> {
  const publicKey = Point.BASE.multiply(Point.Fn.fromBytes(identity.oprfKey)).toBytes();
  const asked = identifiers.map((identifier) => {
    const input = canonicalBytes(identifier);
    return { input, ...voprf.blind(input) };
  });
  const { evaluated, proof } = voprf.blindEvaluateBatch(identity.oprfKey, publicKey, asked.map(({ blinded }) => blinded));
  const outputs = voprf.finalizeBatch(asked.map((one, at) => ({ ...one, evaluated: evaluated[at]! })), publicKey, proof);
  const agreed = identifiers.filter((identifier, at) => equalBytes(lineageFrom(identity, outputs[at]!), lineageOf(identity, identifier)));
  return { inputs: identifiers.length, agreed: agreed.length };
}
