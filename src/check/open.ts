import type { Keyring } from "../bst/keyring.ts";
import { type Kind, KINDS } from "../bst/kinds.ts";
import type { Sealer } from "../bst/seal.ts";
import { formatToken, readToken } from "../bst/text.ts";
import type { Opened, Standing } from "./decide.ts";
import type { Directory, EpochRow } from "./directory.ts";
import type { KeyMode } from "./terms.ts";

const INVALID: Opened = { ok: false, problem: "token-invalid" };
const RETIRED: Opened = { ok: false, problem: "token-retired" };

/** Whose name an operator's tokens are sealed under: no id has a dot, so that no test token is a live one, nor a live one a test token. */
export const sealedUnder = (operator: string, mode: KeyMode): string => (mode === "test" ? `${operator}.test` : operator);

/** Opens tokens of one mode with the keys of this Worker. */
export class TokenOpener {
  readonly #keyring: Keyring;
  readonly #mode: KeyMode;
  /** The sealers of each epoch, by kind and generation: found without building their name for each check. */
  readonly #sealers = new WeakMap<EpochRow, Sealer[][]>();

  constructor(keyring: Keyring, mode: KeyMode = "live") {
    this.#keyring = keyring;
    this.#mode = mode;
  }

  /**
   * An operator's token. Mistyped, forged, another operator's, of an unknown epoch or of one that is over and whose key was destroyed:
   * never a pseudonym. Throws where the key of an epoch that is read is not here.
   */
  open(text: string, operator: string, directory: Directory): Opened {
    const token = readToken(text);
    const row = token && directory.epoch(operator, token.epoch);
    if (!row || (row.state === "retired" && !this.#keyring.holds(row.pairKeyId))) return INVALID;
    const p = this.#sealer(row, token.kind, token.generation).open(token.body);
    if (!p) return INVALID;
    if (row.state === "retired") return RETIRED;
    const standing: Standing = directory.generations.isRetired(row, token.generation, p) ? "retired" : row.state;
    return { ok: true, kind: token.kind, epoch: row.epoch, rootEpoch: row.rootEpoch, p, standing };
  }

  /** The same person's token of the operator's current epoch; null when that holds another root, whose pseudonym is not known here. */
  next({ kind, rootEpoch, p }: Extract<Opened, { ok: true }>, operator: string, directory: Directory): string | null {
    const row = directory.currentEpoch(operator);
    if (row?.rootEpoch !== rootEpoch) return null;
    const generation = directory.generations.least(row, p);
    const body = this.#sealer(row, kind, generation).seal(p);
    return formatToken({ kind, epoch: row.epoch, generation, body });
  }

  /** A token before there is a directory, by trying the few keys there are: what it finds is only a question to ask. */
  guess(text: string, operator: string): Opened {
    const token = readToken(text);
    if (!token) return INVALID;
    const { kind, generation, epoch } = token;
    for (const pairKeyId of this.#keyring.pairKeyIds) {
      const p = this.#keyring.sealer(pairKeyId, { operator, epoch, kind, generation }).open(token.body);
      if (p) return { ok: true, kind, epoch, rootEpoch: 0, p, standing: "current" };
    }
    return INVALID;
  }

  #sealer(row: EpochRow, kind: Kind, generation: number): Sealer {
    let kinds = this.#sealers.get(row);
    if (!kinds) this.#sealers.set(row, (kinds = KINDS.map(() => [])));
    const { epoch, pairKeyId } = row;
    const operator = sealedUnder(row.operator, this.#mode);
    return (kinds[KINDS.indexOf(kind)]![generation] ??= this.#keyring.sealer(pairKeyId, { operator, epoch, kind, generation }));
  }
}
