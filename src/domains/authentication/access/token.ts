import { sha256 } from "@noble/hashes/sha2.js";
import type { Actor } from "../../../kernel/actor.ts";
import { fromBase64Url, fromUtf8, toBase64Url, toHex, utf8 } from "../../../kernel/bytes.ts";
import { DAY, type Instant, type Random } from "../../../kernel/clock.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import { nameOf } from "../../../office/columns.ts";
import type { Command } from "../../../office/commit.ts";
import type { Envelope } from "../../../sealing/envelope.ts";
import type { Place } from "../../../sealing/sealed.ts";

/** The longest a token holds. */
export const TOKEN_LIFE = 90 * DAY;

const PREFIX = "nser_at_";
const SECRET_BYTES = 32;
const TOKEN = /^nser_at_[A-Za-z0-9_-]{43}$/;

export const isToken = (text: string): boolean => TOKEN.test(text);

/** As it is stored. */
export const hashOf = (token: string): string => toHex(sha256(utf8(token)));

export interface NewToken {
  userId: string;
  /** What it is for, as its maker calls it. */
  label: string;
  expiresAt: Instant;
}

const place = ({ id }: Command): Place => ({ table: "commands", column: "sealedToken", row: id });

/** A fresh token: its row, its text, and that sealed for the stored answer, so that only the same command again learns it. It names nobody. */
export function drawToken({ envelope, random }: { envelope: Envelope; random: Random }, command: Command, token: NewToken, actor: Actor, now: Instant) {
  const text = `${PREFIX}${toBase64Url(random(SECRET_BYTES))}`;
  const row = { ...token, id: uuidv7(now, random), hash: hashOf(text), createdAt: now, createdBy: nameOf(actor) };
  return { row, text, sealedToken: toBase64Url(envelope.seal(utf8(text), place(command))) };
}

/** The token of a command's stored answer. */
export const openToken = (envelope: Envelope, command: Command, sealedToken: string): string =>
  fromUtf8(envelope.open(fromBase64Url(sealedToken), place(command)));
