import { z } from "@hono/zod-openapi";
import { fromBase64Url } from "../../../kernel/bytes.ts";
import { MAX_IDENTIFIERS, type } from "../schema.ts";

/** The last symbol of base64url, when the bytes leave four or two of its bits: those must be zero, so that bytes have one writing. */
const LAST = { 32: "[AEIMQUYcgkosw048]", 64: "[AQgw]" } as const;

/** An element and an output of RFC 9497's test vectors. */
const EXAMPLES = {
  32: "hj8zDMGhJZ7VpZmKI6z9N_tDUaeTpbPAkLZC3cQ5uUU",
  64: "tYz74Rjgy5TXm1_Wptr7mHZN_0nBThdwtWbkJALaGn2k2FJ2k5FBOcruW9A5A69DpJE1HSO0MJSN1QzeENMrPA",
} as const;

const textOf = (length: keyof typeof LAST) => {
  const symbols = Math.floor((length * 8) / 6);
  const pattern = new RegExp(`^[A-Za-z0-9_-]{${symbols}}${LAST[length]}$`);
  return z.string().regex(pattern, `is not base64url of ${length} bytes`).openapi({ examples: [EXAMPLES[length]] });
};

const bytesOf = (length: keyof typeof LAST) => textOf(length).transform(fromBase64Url);

export const BlindKeyAnswer = z
  .strictObject({
    suite: z.literal("ristretto255-SHA512").openapi({ description: "The ciphersuite of RFC 9497; the mode is VOPRF." }),
    publicKey: textOf(32),
    keyId: z.string().openapi({ description: "The first 16 hexadecimal digits of the key's SHA-256: read out over a phone.", examples: ["4f2a90c1d3b56e78"] }),
  })
  .openapi("BlindKey", { description: "What evaluations are verified by. It is for life: a client that was told another one once must not go on." });

export const BlindRequest = z.strictObject({ elements: z.array(bytesOf(32)).min(1).max(MAX_IDENTIFIERS) });

export const BlindAnswer = z
  .strictObject({ evaluated: z.array(textOf(32)), proof: textOf(64) })
  .openapi("BlindAnswer", { description: "The elements under the key, in their order, and one proof for all of them." });

export const TradeRequest = z.strictObject({
  outputs: z.array(z.strictObject({ type, output: bytesOf(64) })).min(1).max(MAX_IDENTIFIERS),
});
