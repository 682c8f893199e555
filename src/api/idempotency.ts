import { z } from "@hono/zod-openapi";
import { sha256 } from "@noble/hashes/sha2.js";
import { lengthPrefixed, toHex, utf8 } from "../kernel/bytes.ts";

const KEY_HEADER = "idempotency-key";

/** Every POST that creates asks for it: the same key and body again answer the same and create nothing. */
export const IdempotencyHeaders = z.object({
  [KEY_HEADER]: z
    .string()
    .regex(/^[\x21-\x7e]{1,128}$/, "must be 1 to 128 visible ASCII characters")
    .openapi({ description: "The same key with the same body answers the same; with another body it is refused." }),
});

/** What a route that asks for it may answer about it. */
export const IDEMPOTENCY = ["idempotency-key-missing", "idempotency-key-reused"] as const;

const digest = (...parts: string[]): string => toHex(sha256(lengthPrefixed(...parts.map(utf8))));

/** The command a request stands for: one caller's key on one route never meets another's. */
export const commandIdOf = (caller: string, route: string, headers: z.infer<typeof IdempotencyHeaders>): string =>
  digest(caller, route, headers[KEY_HEADER]);

/** SHA-256 of what is asked for, in hexadecimal. The parts are parsed input, so their order is their schema's. */
export const fingerprintOf = (...parts: unknown[]): string => digest(...parts.map((part) => JSON.stringify(part)));
