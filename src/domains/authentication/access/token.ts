import { sha256 } from "@noble/hashes/sha2.js";
import { toBase64Url, toHex, utf8 } from "../../../kernel/bytes.ts";
import { DAY, type Random } from "../../../kernel/clock.ts";

export const TOKEN_LIFE = 90 * DAY;

const PREFIX = "nser_at_";
const SECRET_BYTES = 32;
const TOKEN = /^nser_at_[A-Za-z0-9_-]{43}$/;

export const newToken = (random: Random): string => `${PREFIX}${toBase64Url(random(SECRET_BYTES))}`;

export const isToken = (text: string): boolean => TOKEN.test(text);

/** As it is stored. */
export const hashOf = (token: string): string => toHex(sha256(utf8(token)));
