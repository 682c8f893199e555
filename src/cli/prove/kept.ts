/** What has been proved already, in a folder, so that a proof that was stopped goes on where it was. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { drawKeys, type ProofKeys } from "./ground.ts";
import type { Found, Piece } from "./stages.ts";

export class Kept {
  readonly #folder: string;
  /** Drawn for the first run and the same for those that go on with it. */
  readonly keys: ProofKeys;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    if (!existsSync(this.#at("keys.json"))) this.#write("keys.json", JSON.stringify(drawKeys()));
    this.keys = JSON.parse(readFileSync(this.#at("keys.json"), "utf8")) as ProofKeys;
  }

  has = (piece: Piece): boolean => existsSync(this.#at(`${nameOf(piece)}.json`));

  /** The pseudonyms first: a piece whose counts are there is whole. */
  keep(piece: Piece, { counts, pseudonyms }: Found): void {
    if (pseudonyms) this.#write(`${nameOf(piece)}.bin`, pseudonyms);
    this.#write(`${nameOf(piece)}.json`, JSON.stringify(counts));
  }

  counts = (piece: Piece): Found["counts"] => JSON.parse(readFileSync(this.#at(`${nameOf(piece)}.json`), "utf8")) as Found["counts"];

  pseudonyms = (piece: Piece): Uint8Array => readFileSync(this.#at(`${nameOf(piece)}.bin`));

  #at = (name: string): string => join(this.#folder, name);

  /** Whole or not at all. */
  #write(name: string, content: string | Uint8Array): void {
    writeFileSync(this.#at(`${name}.new`), content, { mode: 0o600 });
    renameSync(this.#at(`${name}.new`), this.#at(name));
  }
}

const nameOf = ({ stage, from, count }: Piece): string => `${stage}-${from}-${count}`;
