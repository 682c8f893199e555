/** The settings that hold keys of our own: how each is read, as its Worker reads it, and how another key comes into it. */
import { createPrivateKey, createPublicKey } from "node:crypto";
import { parseNumberedKeys, readKey } from "../../bst/key-config.ts";
import { parseIdentityKeys } from "../../bst/pseudonym.ts";
import { parsePairKeys } from "../../bst/seal.ts";
import { parseKeys, parseSigningKey } from "../../kernel/ed25519.ts";
import { utf8 } from "../../kernel/bytes.ts";
import { parseRecoveryKeys } from "../../objects/recovery/seal.ts";
import { parseBoxKeys } from "../../sealing/envelope.ts";
import { drawSecrets } from "../secrets.ts";

/** A key by what its setting calls it; the only one of a setting has no name. */
export type NamedKeys = ReadonlyMap<string, Uint8Array>;

export interface KeySetting {
  /** Says what is wrong with a text by throwing, and quotes no key. */
  read(text: string): NamedKeys;
  /** The text with one key more, `fresh` being the text of a first deployment; null is where there is none yet. */
  add(text: string | null, fresh: string): string;
  /** It holds one key, and another takes its place. */
  replaced?: true;
  /** What was derived from it is lost with it: there is no second one. */
  forLife?: true;
  /** Public keys are no secret; one comes in from the private key beside it. */
  ofPrivate?: string;
}

/** The text of the setting as a first deployment draws it. */
export function drawn(name: string): string {
  const text = Object.values<Record<string, string>>(drawSecrets()).map((secrets) => secrets[name]).find((value) => value !== undefined);
  if (text === undefined) throw new Error(`${name} is not drawn here`);
  return text;
}

type Texts = Record<string, string>;

const nextOf = (ids: Iterable<string>): string => String(Math.max(0, ...[...ids].map(Number).filter(Number.isSafeInteger)) + 1);
const onlyOf = (text: string): string => Object.values(JSON.parse(text) as Texts)[0]!;

/** `{"<id>": "<key>", …}`, under the next number. */
const set = (read: (text: string) => NamedKeys): KeySetting => ({
  read: (text) => withIdsOnce(text, read(text)),
  add: (text, fresh) => (text === null ? fresh : JSON.stringify({ ...(JSON.parse(text) as Texts), [nextOf(read(text).keys())]: onlyOf(fresh) })),
});

/** A parser of JSON keeps the last of two keys under one id, and the other would be lost without a word. */
function withIdsOnce(text: string, keys: NamedKeys): NamedKeys {
  if (text.match(/"\s*:/g)?.length !== keys.size) throw new Error("an id stands there twice");
  return keys;
}

/** `{"<id>": "<seed>"}`: the new one alone, under the next number. */
const signing = (name: string): KeySetting => ({
  read(text) {
    const { id, seed } = parseSigningKey(text, name);
    return withIdsOnce(text, new Map([[id, seed]]));
  },
  add: (text, fresh) => (text === null ? fresh : JSON.stringify({ [nextOf([parseSigningKey(text, name).id])]: onlyOf(fresh) })),
});

/** `{"<id>": "<public key>", …}`, with the public half of the signing key that `fresh` is. */
const published = (name: string, ofPrivate: string): KeySetting => ({
  ...set((text) => parseKeys(text, name)),
  add(text, fresh) {
    const { id, seed } = parseSigningKey(fresh, ofPrivate);
    const known = text === null ? {} : (JSON.parse(text) as Texts);
    if (known[id] !== undefined && known[id] !== publicHalf(seed)) throw new Error(`there is another key under the id ${id}`);
    return JSON.stringify({ ...known, [id]: publicHalf(seed) });
  },
  ofPrivate,
});

/** RFC 8410 §7: what stands before an Ed25519 seed in PKCS #8. */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

export function publicHalf(seed: Uint8Array): string {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });
  return createPublicKey(key).export({ format: "jwk" }).x!;
}

/** A text that is replaced as a whole. */
const one = (read: (text: string) => Uint8Array | null, what: string): KeySetting => ({
  read(text) {
    const key = read(text);
    if (!key) throw new Error(`it is not ${what}`);
    return new Map([["", key]]);
  },
  add: (_, fresh) => fresh,
  replaced: true,
});

const LEAST_CHARACTERS = 32;
const key32 = one((text) => (readKey(text)?.length === 32 ? readKey(text) : null), "base64url of 32 bytes");
const characters = one((text) => (text.length >= LEAST_CHARACTERS ? utf8(text) : null), `${LEAST_CHARACTERS} characters or more`);

// One of the two is read; the other stands in.
const ANY_SCALAR = `01${"00".repeat(31)}`;
const ANY_ROOTS = JSON.stringify(["A".repeat(43)]);

const scalar = one((text) => parseIdentityKeys({ OPRF_KEY: text, ROOT_KEYS: ANY_ROOTS }).oprfKey, "a scalar");

/** A JSON array, whose places are the root epochs. */
const roots: KeySetting = {
  read: (text) => new Map(parseIdentityKeys({ OPRF_KEY: ANY_SCALAR, ROOT_KEYS: text }).rootKeys.map((key, epoch) => [String(epoch), key])),
  add: (text, fresh) => (text === null ? fresh : JSON.stringify([...(JSON.parse(text) as string[]), ...(JSON.parse(fresh) as string[])])),
};

/** Texts between spaces: the new one last, so that the one to take out stands first. */
const words: KeySetting = {
  read(text) {
    const secrets = text.split(" ").filter(Boolean);
    if (secrets.length === 0 || !secrets.every((secret) => /^[\w-]{32,}$/.test(secret))) throw new Error("it is not texts of 32 letters, digits, - or _, or more, between spaces");
    return new Map(secrets.map((secret, at) => [String(at + 1), utf8(secret)]));
  },
  add: (text, fresh) => (text === null ? fresh : `${text} ${fresh}`),
};

export const KEY_SETTINGS: Readonly<Record<string, KeySetting>> = {
  OPRF_KEY: { ...scalar, forLife: true },
  ROOT_KEYS: roots,
  PAIR_KEYS: set(parsePairKeys),
  MANIFEST_KEY: signing("MANIFEST_KEY"),
  MANIFEST_PUBLIC_KEYS: published("MANIFEST_PUBLIC_KEYS", "MANIFEST_KEY"),
  ANSWER_KEY: signing("ANSWER_KEY"),
  ANSWER_PUBLIC_KEYS: published("ANSWER_PUBLIC_KEYS", "ANSWER_KEY"),
  LOG_KEY: signing("LOG_KEY"),
  CONFORMANCE_KEY: signing("CONFORMANCE_KEY"),
  WITNESS_KEY: signing("WITNESS_KEY"),
  BOX_KEYS: set((text) => parseBoxKeys(text).byId),
  RECOVERY_KEYS: set((text) => parseRecoveryKeys(text).byId),
  OAUTH_SIGNING_KEYS: set((text) => parseNumberedKeys("OAUTH_SIGNING_KEYS", text).byId),
  GRANT_KEY: key32,
  CODE_PEPPER: key32,
  PASSWORD_PEPPER: { ...key32, forLife: true },
  LOOKUP_KEY: { ...key32, forLife: true },
  BOOTSTRAP_SECRET: characters,
  RESTORE_TOKEN: characters,
  CALLBACK_SECRETS: words,
  COOKIE_KEY: characters,
};
