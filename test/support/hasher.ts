/** The hasher as it runs in production, and one that counts how often it kept the processor busy. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Hasher } from "../../src/domains/authentication/passwords/hasher.ts";
import { random } from "../../src/objects/shell.ts";

const PEPPER = new Uint8Array(32).fill(9);

const program = new WebAssembly.Module(readFileSync(createRequire(import.meta.url).resolve("@phi-ag/argon2/argon2.wasm")));

export class CountingHasher extends Hasher {
  tries = 0;
  hashes = 0;

  constructor() {
    super(new WebAssembly.Instance(program), PEPPER, random);
  }

  override hash(password: string): string {
    this.hashes++;
    return super.hash(password);
  }

  override matches(encoded: string | null, password: string): boolean {
    this.tries++;
    return super.matches(encoded, password);
  }
}
