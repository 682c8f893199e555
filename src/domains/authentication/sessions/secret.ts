import { sha256 } from "@noble/hashes/sha2.js";
import { toBase64Url, toHex, utf8 } from "../../../kernel/bytes.ts";
import type { Random } from "../../../kernel/clock.ts";

const SECRET_BYTES = 32;
const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** 256 random bits in base64url: what a cookie or a link carries and nobody stores. */
export const drawSecret = (random: Random): string => toBase64Url(random(SECRET_BYTES));

/** Whether a text can be one of ours at all. */
export const isSecret = (text: string | null): text is string => text !== null && SECRET.test(text);

/** As it is stored. */
export const hashOf = (secret: string): string => toHex(sha256(utf8(secret)));
