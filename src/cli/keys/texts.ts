/** Texts of keys made and looked over, without a key in any error. */
import { createHash } from "node:crypto";
import { drawn, KEY_SETTINGS, type KeySetting, type NamedKeys } from "./settings.ts";

/** Why nothing was made; it quotes no key. */
export class KeyRefusal extends Error {
  override readonly name = "KeyRefusal";
}

export interface NewText {
  text: string;
  /** What may be shown of it. */
  fingerprints: string;
}

/** How a new text is asked for. */
export interface Asked {
  /** The text there is; null for the first, and where another takes its place. */
  before: string | null;
  /** For a setting that cannot be changed, that this is meant. */
  forLife?: boolean | undefined;
  /** For public keys: the text of the private one. */
  privateKey?: string | undefined;
}

export function settingOf(name: string): KeySetting {
  if (!Object.hasOwn(KEY_SETTINGS, name)) throw new KeyRefusal(`There is no such setting; there are ${Object.keys(KEY_SETTINGS).join(", ")}.`);
  return KEY_SETTINGS[name]!;
}

/** The setting's text with a key more, or its first. Throws KeyRefusal. */
export function newText(name: string, { before, forLife = false, privateKey }: Asked): NewText {
  const setting = settingOf(name);
  if (setting.forLife && !forLife) throw new KeyRefusal(`${name} is for life: what was made with one is lost with another. Say --for-life to draw it, once.`);
  const known = before === null ? new Map() : keysOf(name, before);
  const text = made(name, () => setting.add(before, setting.ofPrivate ? checked(setting.ofPrivate, privateKey) : drawn(name)));
  return { text, fingerprints: fingerprintsOf(name, keysOf(name, text), known) };
}

function checked(name: string, text: string | undefined): string {
  if (text === undefined) throw new KeyRefusal(`It is made from the text of ${name}.`);
  keysOf(name, text);
  return text;
}

/** The keys of a text. Throws KeyRefusal, naming every fault that its Worker would name, and a key that is there twice. */
export function keysOf(name: string, text: string): NamedKeys {
  const keys = made(name, () => settingOf(name).read(text));
  const byFingerprint = Map.groupBy([...keys], ([, key]) => createHash("sha256").update(key).digest("hex"));
  const twice = [...byFingerprint.values()].find((same) => same.length > 1);
  if (twice) throw new KeyRefusal(`${name}: the same key stands under ${twice.map(([id]) => id).join(" and ")}.`);
  return keys;
}

/** What a reader of keys says, said of the setting; its errors quote no key. */
function made<T>(name: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw error instanceof KeyRefusal ? error : new KeyRefusal(`${name}: ${(error as Error).message}`);
  }
}

/** By which two holders see that they hold the same keys: the first eight digits of each one's SHA-256. */
export function fingerprintsOf(name: string, keys: NamedKeys, before: NamedKeys = keys): string {
  const one = ([id, key]: [string, Uint8Array]): string => {
    const print = createHash("sha256").update(key).digest("hex").slice(0, 8);
    return `${id} ${print}${before.has(id) ? "" : " (new)"}`.trim();
  };
  return `${name}: ${[...keys].map(one).join(", ")}`;
}
