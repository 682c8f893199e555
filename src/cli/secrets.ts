/** A laptop's secrets: drawn at random once, kept beside its data. Production's are set with wrangler (docs/deployment.md). */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { ristretto255_oprf } from "@noble/curves/ed25519.js";

/** The secrets each Worker is given, by its name without the prefix; nothing a Worker must not hold. */
export type Secrets = Record<"edge" | "origin" | "tokenizer" | "portal", Record<string, string>>;

const key = (bytes = 32): string => randomBytes(bytes).toString("base64url");

export function drawSecrets(): Secrets {
  const PAIR_KEYS = JSON.stringify({ 1: key(64) });
  return {
    edge: { PAIR_KEYS },
    origin: {
      PAIR_KEYS,
      BOX_KEYS: JSON.stringify({ 1: key() }),
      GRANT_KEY: key(),
      CODE_PEPPER: key(),
      ADMIN_TOKEN: key(),
      AFRICASTALKING_USERNAME: "sandbox",
      AFRICASTALKING_API_KEY: key(),
    },
    tokenizer: {
      OPRF_KEY: Buffer.from(ristretto255_oprf.voprf.generateKeyPair().secretKey).toString("hex"),
      ROOT_KEYS: JSON.stringify([key(64)]),
    },
    portal: { COOKIE_KEY: key() },
  };
}

/** The secrets of the file, drawn and written first when it is not there. */
export function keepSecrets(file: string): Secrets {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(drawSecrets(), null, 2), { mode: 0o600 });
  }
  return JSON.parse(readFileSync(file, "utf8")) as Secrets;
}
