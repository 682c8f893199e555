/** A laptop's secrets: drawn at random once, kept beside its data. Production's are set with wrangler (docs/deployment.md). */
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { ristretto255_oprf } from "@noble/curves/ed25519.js";
import { publicKeyOf } from "../bst/blind.ts";
import { parseIdentityKeys } from "../bst/pseudonym.ts";
import { toBase64Url } from "../kernel/bytes.ts";
import type { AnyDeployable } from "./deployables.ts";

/** The secrets each Worker is given, by its name without the prefix; nothing a Worker must not hold. */
export type Secrets = Record<AnyDeployable["name"], Record<string, string>>;

const key = (bytes = 32): string => randomBytes(bytes).toString("base64url");

/** An Ed25519 key under the id 1, its seed and its public half. */
function keyPair(): Record<"secret" | "public", string> {
  const { d, x } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  return { secret: JSON.stringify({ 1: d }), public: JSON.stringify({ 1: x }) };
}

export function drawSecrets(): Secrets {
  const PAIR_KEYS = JSON.stringify({ 1: key(64) });
  const [manifest, answer, access, conformance, log, witness] = [keyPair(), keyPair(), keyPair(), keyPair(), keyPair(), keyPair()];
  return {
    edge: { PAIR_KEYS, MANIFEST_PUBLIC_KEYS: manifest.public, ANSWER_KEY: answer.secret, ANSWER_PUBLIC_KEYS: answer.public },
    register: { MANIFEST_KEY: manifest.secret, RECOVERY_KEYS: JSON.stringify({ 1: key() }), LOG_KEY: log.secret },
    origin: {
      PAIR_KEYS,
      BOX_KEYS: JSON.stringify({ 1: key() }),
      RECOVERY_KEYS: JSON.stringify({ 1: key() }),
      GRANT_KEY: key(),
      CODE_PEPPER: key(),
      PASSWORD_PEPPER: key(),
      OAUTH_SIGNING_KEYS: access.secret,
      CONFORMANCE_KEY: conformance.secret,
      LOOKUP_KEY: key(),
      BOOTSTRAP_SECRET: key(),
      RESTORE_TOKEN: key(),
      CALLBACK_SECRETS: key(),
      AFRICASTALKING_USERNAME: "sandbox",
      AFRICASTALKING_API_KEY: key(),
      IDENTITY_REGISTRY_KEY: key(),
    },
    tokenizer: {
      OPRF_KEY: Buffer.from(ristretto255_oprf.voprf.generateKeyPair().secretKey).toString("hex"),
      ROOT_KEYS: JSON.stringify([key(64)]),
    },
    portal: { COOKIE_KEY: key() },
    witness: { WITNESS_KEY: witness.secret },
  };
}

/** The secrets of the file; those it does not have yet are drawn and written first. */
export function keepSecrets(file: string): Secrets {
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Partial<Secrets>) : {};
  const workers = Object.entries(drawSecrets()).map(([worker, drawn]) => [worker, { ...drawn, ...kept[worker as keyof Secrets] }]);
  const secrets = Object.fromEntries(workers) as Secrets;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}

/** What operators of this system pin for blind issuance: the public half of its identity key. */
export const blindKeyOf = ({ tokenizer }: Secrets): string => toBase64Url(publicKeyOf(parseIdentityKeys(tokenizer)));
