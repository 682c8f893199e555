import { ed25519 } from "@noble/curves/ed25519.js";
import { Keyring } from "../bst/keyring.ts";
import { parsePairKeys } from "../bst/seal.ts";
import { toBase64Url } from "../kernel/bytes.ts";

/** Keys of nothing but simulated runs, the same in each. */
const MANIFEST_SEED = new Uint8Array(32).fill(5);

const configured = (key: Uint8Array): string => JSON.stringify({ 1: toBase64Url(key) });

/** As the register Worker is configured. */
export const REGISTER_SECRETS = { MANIFEST_KEY: configured(MANIFEST_SEED), RECOVERY_KEYS: configured(new Uint8Array(32).fill(9)), LOG_KEY: configured(new Uint8Array(32).fill(6)) };

/** What a snapshot is believed under. */
export const manifestKeys = new Map([["1", ed25519.getPublicKey(MANIFEST_SEED)]]);

/** What tokens are sealed and opened with. */
export const keyring = new Keyring(parsePairKeys(configured(new Uint8Array(64).fill(7))));
