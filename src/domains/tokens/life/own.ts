import type { Keyring } from "../../../bst/keyring.ts";
import type { Kind, Pseudonym } from "../../../bst/kinds.ts";
import { type Slip, slipOf, wordsOf } from "../../../bst/slip.ts";
import { readToken } from "../../../bst/text.ts";
import { testPersonOf } from "../../../bst/test-persons.ts";
import { Directory, type EpochRow } from "../../../check/directory.ts";
import { type Standing, UNREADABLE } from "../../../check/decide.ts";
import { sealedUnder } from "../../../check/open.ts";
import type { KeyMode } from "../../../check/terms.ts";
import { type Problem, problem } from "../../../kernel/problem.ts";
import type { KeyHolder, OperatorDirectoryApi, OperatorTokens } from "../../operators/rpc.ts";

/** A token that was opened with the key of the operator it was issued to. */
export interface OwnToken {
  ok: true;
  kind: Kind;
  epoch: EpochRow;
  generation: number;
  /** Under the root of its epoch. */
  p: Pseudonym;
  state: Standing;
}

/** A text that is no token of the operator's. The slip is null for whatever was forged or is another's: they are told alike. */
export interface NoToken {
  ok: false;
  slip: Slip | null;
}

/** The longest text that is looked at. */
const MAX_TOKEN = 256;

/** Opens an operator's tokens of one mode, those that are retired as well. */
export class OwnTokens {
  readonly mode: KeyMode;
  readonly #keyring: Keyring;
  readonly #operator: string;
  readonly #directory: Directory;

  constructor(keyring: Keyring, operator: string, rows: OperatorTokens, mode: KeyMode = "live") {
    this.mode = mode;
    this.#keyring = keyring;
    this.#operator = operator;
    this.#directory = new Directory(rows);
  }

  /** What the operator's new tokens are sealed in. */
  get current(): EpochRow {
    const current = this.#directory.currentEpoch(this.#operator);
    if (!current) throw new Error("an operator has no current epoch");
    return current;
  }

  /** The generation of a person's new token. */
  generation(p: Pseudonym): number {
    return this.#directory.generations.least(this.current, p);
  }

  /** As the edge opens it. Throws where the key of an epoch that is read is not here. */
  open(text: string): OwnToken | NoToken {
    if (text.length > MAX_TOKEN) return { ok: false, slip: { slip: "not-a-token" } };
    const read = readToken(text);
    const epoch = read && this.#directory.epoch(this.#operator, read.epoch);
    if (!epoch) return { ok: false, slip: slipOf(text) };
    if (epoch.state === "retired" && !this.#keyring.holds(epoch.pairKeyId)) return { ok: false, slip: null };
    const { kind, generation, body } = read;
    const p = this.#keyring.sealer(epoch.pairKeyId, { operator: sealedUnder(this.#operator, this.mode), epoch: epoch.epoch, kind, generation }).open(body);
    const standing = p && this.#standing(epoch, generation, p);
    if (!p || standing === null) return { ok: false, slip: null };
    return { ok: true, kind, epoch, generation, p, state: standing };
  }

  /** Null for a test token of nobody's. */
  #standing(epoch: EpochRow, generation: number, p: Pseudonym): Standing | null {
    if (this.mode === "live") return this.#directory.generations.isRetired(epoch, generation, p) ? "retired" : epoch.state;
    const person = testPersonOf(p);
    return person && (person.answer === "token-retired" ? "retired" : epoch.state);
  }
}

/** Whose tokens, and which of them: the operator's under its live keys or under its test keys. */
export type Owner = Pick<KeyHolder, "operator" | "key">;

export interface OwnParts {
  keyring: Keyring;
  directory: Pick<OperatorDirectoryApi, "tokensOf">;
}

export const ownTokens = async ({ keyring, directory }: OwnParts, operator: string, mode?: KeyMode): Promise<OwnTokens> =>
  new OwnTokens(keyring, operator, await directory.tokensOf(operator), mode);

/** What each of these texts is to who holds a key, in order. */
export async function openAll(parts: OwnParts, { operator, key }: Owner, texts: readonly string[]): Promise<(OwnToken | NoToken)[]> {
  const own = await ownTokens(parts, operator.id, key.mode);
  return texts.map((text) => own.open(text));
}

/** What a check would be refused with; `pointer` leads to the token. */
export const invalidToken = ({ slip }: NoToken, pointer: string): Problem =>
  problem("token-invalid", undefined, [{ pointer, detail: slip ? wordsOf(slip) : UNREADABLE["token-invalid"] }]);

export const retiredToken = (pointer: string): Problem => problem("token-retired", undefined, [{ pointer, detail: UNREADABLE["token-retired"] }]);
