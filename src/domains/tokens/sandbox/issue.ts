import { canonicalize, type IdentifierRefusal } from "../../../bst/canonical.ts";
import type { Keyring } from "../../../bst/keyring.ts";
import type { Kind } from "../../../bst/kinds.ts";
import { type TestPerson, testPersonNamed, testPseudonym } from "../../../bst/test-persons.ts";
import type { EpochRow } from "../../../check/directory.ts";
import { sealedUnder } from "../../../check/open.ts";
import type { Result } from "../../../kernel/result.ts";
import type { Identifiers } from "../schema.ts";
import { tokenOf } from "../seal.ts";

/** Why an identifier gets no test token: it cannot be read, or it is no test person's. */
export type TestRefusal = IdentifierRefusal | "not-a-test-person";

/** A test person's token of this epoch; the forged one's is sealed with another key. Throws when this Worker has no such pair key. */
export function testTokenOf(keyring: Keyring, epoch: EpochRow, kind: Kind, person: TestPerson): string {
  const operator = person.answer === "token-invalid" ? `${epoch.operator}.forged` : sealedUnder(epoch.operator, "test");
  return tokenOf(keyring, { ...epoch, operator }, kind, 0, testPseudonym(person, kind));
}

/** The operator's test tokens for test persons' identifiers, in their order, all or none. Neither the tokenizer nor the guard hears of it. */
export async function issueTestTokens(
  keyring: Keyring, epoch: EpochRow, identifiers: Identifiers,
): Promise<Result<{ tokens: { type: Kind; token: string }[] }, { refused: { at: number; refusal: TestRefusal }[] }>> {
  const read = identifiers.map(({ type, value }) => personAt(type, value));
  const refused = read.flatMap((answer, at) => (answer.ok ? [] : [{ at, refusal: answer.refusal }]));
  if (refused.length > 0) return { ok: false, refused };
  const tokens = read.flatMap((answer, at) => {
    const { type } = identifiers[at]!;
    return answer.ok ? [{ type, token: testTokenOf(keyring, epoch, type, answer.person) }] : [];
  });
  return { ok: true, tokens };
}

function personAt(kind: Kind, text: string): Result<{ person: TestPerson }, { refusal: TestRefusal }> {
  const read = canonicalize(kind, text);
  if (!read.ok) return read;
  const person = testPersonNamed(read.identifier);
  return person ? { ok: true, person } : { ok: false, refusal: "not-a-test-person" };
}
