import { z } from "@hono/zod-openapi";
import { line } from "../../api/text.ts";
import { KINDS } from "../../bst/kinds.ts";
import { readNetwork } from "../../check/networks.ts";
import { DEFAULT_TERMS, type KeyTerms, SCOPES } from "../../check/terms.ts";

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

const MAX_NETWORKS = 64;
const termsOf = (most: KeyLimits) => ({
  scopes: z.array(z.enum(SCOPES)).min(1).refine(unique, "must not repeat a scope").default([...DEFAULT_TERMS.scopes]),
  expiresAt: z.iso.datetime({ offset: true }).nullable().default(null).openapi({ description: "From then on the key does not hold." }),
  networks: z
    .array(z.string().refine((text) => readNetwork(text) !== null, "must be an address block such as 192.0.2.0/24 or 2001:db8::/32"))
    .max(MAX_NETWORKS)
    .default([])
    .openapi({ description: "Where the key may be used from; anywhere when there are none." }),
  perSecond: z.int().min(1).max(most.perSecond).default(Math.min(most.perSecond, DEFAULT_TERMS.perSecond))
    .openapi({ description: "Checks a second in one data centre." }),
  perDay: z.int().min(1).max(most.perDay).default(Math.min(most.perDay, DEFAULT_TERMS.perDay))
    .openapi({ description: "Checks a day, counted in Nairobi." }),
});

export const keyRequest = (most: KeyLimits) => z.strictObject(termsOf(most));

export const KeyAnswer = z.strictObject({
  ...termsOf({ perSecond: Number.MAX_SAFE_INTEGER, perDay: Number.MAX_SAFE_INTEGER }),
  keyId: z.string(),
  key: z.string().openapi({ description: "Shown only here: the register keeps its hash.", examples: ["sk_live_…"] }),
});
