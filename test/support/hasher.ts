/** Passwords' hasher for tests in Node, from the same WebAssembly as in workerd. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Hasher } from "../../src/domains/authentication/passwords/hasher.ts";
import { random } from "../../src/objects/shell.ts";

const argon2 = new WebAssembly.Module(readFileSync(createRequire(import.meta.url).resolve("@phi-ag/argon2/argon2.wasm")));

export const testHasher = (): Hasher => new Hasher(new WebAssembly.Instance(argon2), new Uint8Array(32).fill(9), random);
