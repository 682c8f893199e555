import { z } from "@hono/zod-openapi";
import { line } from "../../api/text.ts";
import { KINDS } from "../../bst/kinds.ts";
import { readNetwork } from "../../check/networks.ts";
import { DEFAULT_TERMS, KEY_MODES, type KeyTerms, SCOPES } from "../../check/terms.ts";

const unique = (values: unknown[]): boolean => new Set(values).size === values.length;

const name = line(200);
const requiredKinds = z
  .array(z.enum(KINDS))
  .min(1)
  .refine(unique, "must not repeat a kind")
  .openapi({ description: "What the licence requires at registration, login, deposit and bet." });

/** More than Kenya has people. */
const MAX_CUSTOMERS = 100_000_000;
const declaredCustomers = z.int().min(0).max(MAX_CUSTOMERS).openapi({ description: "How many customers it has: what it may turn into tokens follows from it." });

export const EnrolRequest = z.strictObject({ name, requiredKinds, declaredCustomers: declaredCustomers.optional() });

export const CustomersRequest = z.strictObject({ declaredCustomers }).openapi("DeclaredCustomers");

export const OperatorAnswer = z
  .strictObject({ id: z.string(), name, state: z.enum(["active", "suspended"]), requiredKinds })
  .openapi("Operator");

/** The most a key may be allowed. */
export type KeyLimits = Pick<KeyTerms, "perSecond" | "perDay">;

/** The most address blocks of a key. */
export const MOST_NETWORKS = 64;
const termsOf = (most: KeyLimits) => ({
  scopes: z.array(z.enum(SCOPES)).min(1).refine(unique, "must not repeat a scope").default([...DEFAULT_TERMS.scopes]),
  expiresAt: z.iso.datetime({ offset: true }).nullable().default(null).openapi({ description: "From then on the key does not hold." }),
  networks: z
    .array(z.string().refine((text) => readNetwork(text) !== null, "must be an address block such as 192.0.2.0/24 or 2001:db8::/32"))
    .max(MOST_NETWORKS)
    .default([])
    .openapi({ description: "Where the key may be used from; anywhere when there are none." }),
  perSecond: z.int().min(1).max(most.perSecond).default(Math.min(most.perSecond, DEFAULT_TERMS.perSecond))
    .openapi({ description: "Checks a second in one data centre." }),
  perDay: z.int().min(1).max(most.perDay).default(Math.min(most.perDay, DEFAULT_TERMS.perDay))
    .openapi({ description: "Checks a day, counted in Nairobi." }),
});

export const keyMode = z.enum(KEY_MODES).openapi({ description: "A test key asks about test persons alone, and learns of nobody." });
/** What an operator calls a key. */
export const keyName = line(80);

const identityOf = {
  mode: keyMode.default("live"),
  name: keyName.nullable().default(null).openapi({ description: "What you call the key: the program that asks with it, say." }),
};

export const keyRequest = (most: KeyLimits) => z.strictObject({ ...identityOf, ...termsOf(most) });

const handedOut = {
  keyId: z.string(),
  publicId: z.string().openapi({ description: "What the key is called where others read along; it proves nothing.", examples: ["pk_live_…"] }),
  key: z.string().openapi({ description: "Shown only here: the register keeps its hash.", examples: ["sk_live_…"] }),
};

export const KeyAnswer = z.strictObject({ ...identityOf, ...termsOf({ perSecond: Number.MAX_SAFE_INTEGER, perDay: Number.MAX_SAFE_INTEGER }), ...handedOut });

/** The longest that a key holds beside the one that takes its place: 30 days. */
export const MOST_OVERLAP_HOURS = 720;

export const KeyRotationRequest = z.strictObject({
  overlapHours: z.int().min(0).max(MOST_OVERLAP_HOURS).openapi({ description: "How long the old key holds beside the new one, if it does not expire before; 0 revokes it at once." }),
  expiresAt: z.iso.datetime({ offset: true }).nullable().optional().openapi({ description: "When the new key expires; as the old one when it is left out." }),
});

export const KeyRotationAnswer = z.strictObject(handedOut).openapi("KeyRotation", { description: "The new key: of the old one's mode, with its terms and its name." });
