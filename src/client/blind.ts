/**
 * Tokens without showing identifiers (RFC 9497, ristretto255-SHA512, VOPRF mode): docs/blind-issuance.md says what that
 * protects, and what it does not. An entry of its own, since checks need none of its curve.
 */
import { ristretto255_oprf } from "@noble/curves/ed25519.js";
import { canonicalBytes, canonicalize, IDENTIFIER_REFUSALS } from "../bst/canonical.ts";
import { isKind, type Kind } from "../bst/kinds.ts";
import { fromBase64Url, toBase64Url } from "../kernel/bytes.ts";
import { type Problem, ProblemError } from "./answers.ts";
import { ask, type Connection, connectionOf, type ConnectionOptions, SLOW } from "./http.ts";
import { type Identifier, readTokens, type Token } from "./tokens.ts";

export { ProblemError } from "./answers.ts";
export type { Identifier, Token } from "./tokens.ts";

export type BlindOptions = ConnectionOptions & {
  /** The key the regulator published, base64url: never the one that the register happens to show. */
  publicKey: string;
};

/** The register did not evaluate under the pinned key. Nothing was finalized, and nothing must be sent again: tell the regulator. */
export class PinnedKeyError extends Error {
  override readonly name = "PinnedKeyError";
}

const MOST_AT_ONCE = 1_000;

const { voprf } = ristretto255_oprf;

type FieldError = NonNullable<Problem["errors"]>[number];

/** An identifier as it enters the VOPRF. */
interface Input {
  type: Kind;
  input: Uint8Array;
}

/** With what hides it, and hidden. */
interface Hidden extends Input {
  blind: Uint8Array;
  blinded: Uint8Array;
}

/**
 * The operator's tokens for up to 1,000 identifiers, in their order: those POST /v1/tokens gives, without the register
 * being shown one. Throws ProblemError for identifiers that cannot be read, before anything is sent, and for what the
 * register refuses; PinnedKeyError when it answers under another key; Error when it does not answer. Asking again is
 * safe: it gives the same tokens, and counts against the operator's day again.
 */
export async function blindTokens({ publicKey, ...options }: BlindOptions, identifiers: readonly Identifier[]): Promise<Token[]> {
  const connection = connectionOf({ ...SLOW, ...options });
  const inputs = readIdentifiers(identifiers);
  const secrets = inputs.map(({ input }) => input);
  try {
    await demandKey(connection, publicKey);
    const hidden = inputs.map((one): Hidden => ({ ...one, ...voprf.blind(one.input) }));
    secrets.push(...hidden.map(({ blind }) => blind));
    const outputs = await evaluate(connection, hidden, fromBase64Url(publicKey));
    secrets.push(...outputs);
    return await trade(connection, outputs.map((output, at) => ({ type: hidden[at]!.type, output: toBase64Url(output) })));
  } finally {
    for (const secret of secrets) secret.fill(0);
  }
}

/** The canonical bytes of each; throws one problem that names every identifier at fault by its place, and quotes none. */
function readIdentifiers(identifiers: readonly Identifier[]): Input[] {
  if (identifiers.length === 0 || identifiers.length > MOST_AT_ONCE) {
    throw invalid([{ pointer: "/identifiers", detail: `from 1 to ${MOST_AT_ONCE} at once` }]);
  }
  const faults: FieldError[] = [];
  const inputs = identifiers.flatMap(({ type, value }, at) => {
    const answer = typeof value === "string" && isKind(type) ? canonicalize(type, value) : null;
    if (answer?.ok) return [{ type, input: canonicalBytes(answer.identifier) }];
    const pointer = `/identifiers/${at}`;
    faults.push(answer ? { pointer: `${pointer}/value`, detail: IDENTIFIER_REFUSALS[answer.refusal] } : { pointer, detail: "takes a type and a text" });
    return [];
  });
  if (faults.length > 0) throw invalid(faults);
  return inputs;
}

const invalid = (errors: FieldError[]): ProblemError =>
  new ProblemError({ type: "/problems/field-invalid", title: "A field is not valid", status: 422, errors });

/** Throws unless the register shows the pinned key: with one of its own for each operator or customer it could tell them apart. */
async function demandKey(connection: Connection, publicKey: string): Promise<void> {
  const { suite, publicKey: shown } = await ask(connection, "GET", "/v1/tokens/blind");
  if (suite !== ristretto255_oprf.name || shown !== publicKey) throw new PinnedKeyError("The register shows another key than the pinned one");
}

/** The finalized outputs, once the proof holds under the pinned key. */
async function evaluate(connection: Connection, hidden: readonly Hidden[], publicKey: Uint8Array): Promise<Uint8Array[]> {
  const { evaluated, proof } = await ask(connection, "POST", "/v1/tokens/blind", { elements: hidden.map(({ blinded }) => toBase64Url(blinded)) });
  try {
    if (!Array.isArray(evaluated) || evaluated.length !== hidden.length) throw new RangeError("one for each element");
    const items = hidden.map((one, at) => ({ ...one, evaluated: fromBase64Url(String(evaluated[at])) }));
    return voprf.finalizeBatch(items, publicKey, fromBase64Url(String(proof)));
  } catch (cause) {
    throw new PinnedKeyError("The evaluation is not proven under the pinned key", { cause });
  }
}

async function trade(connection: Connection, outputs: readonly { type: Kind; output: string }[]): Promise<Token[]> {
  const { tokens } = await ask(connection, "POST", "/v1/tokens/trade", { outputs });
  return readTokens(tokens, outputs);
}
