import type { Pseudonym } from "../bst/kinds.ts";
import { fromHex } from "../kernel/bytes.ts";
import { keyOf } from "./pseudonym-key.ts";

/** The tokens of a person that an operator must not be answered for: those of earlier epochs, and of this one below `least`. */
export interface GenerationRow {
  operator: string;
  /** The pseudonym, in hexadecimal. */
  p: string;
  epoch: number;
  least: number;
}

type Epoch = Pick<GenerationRow, "operator" | "epoch">;

/** The tokens that were retired by themselves. There are few, and for most operators none. */
export class Generations {
  /** By operator, then by pseudonym. */
  readonly #rows = new Map<string, Map<string, GenerationRow>>();

  put(row: GenerationRow): void {
    const rows = this.#rows.get(row.operator) ?? new Map<string, GenerationRow>();
    rows.set(keyOf(fromHex(row.p)), row);
    this.#rows.set(row.operator, rows);
  }

  /** Whether a token of this epoch and generation was retired. */
  isRetired({ operator, epoch }: Epoch, generation: number, p: Pseudonym): boolean {
    const row = this.#rows.get(operator)?.get(keyOf(p));
    return row !== undefined && (epoch < row.epoch || (epoch === row.epoch && generation < row.least));
  }

  /** The least generation of this epoch that was not. */
  least({ operator, epoch }: Epoch, p: Pseudonym): number {
    const row = this.#rows.get(operator)?.get(keyOf(p));
    return row?.epoch === epoch ? row.least : 0;
  }
}
