import { z } from "@hono/zod-openapi";
import { KINDS } from "../../bst/kinds.ts";

const name = z.string().trim().min(1).max(200);
const requiredKinds = z
  .array(z.enum(KINDS))
  .min(1)
  .refine((kinds) => new Set(kinds).size === kinds.length, "must not repeat a kind")
  .openapi({ description: "What the licence requires at registration, login, deposit and bet." });

export const EnrolRequest = z.strictObject({ name, requiredKinds });

export const OperatorAnswer = z
  .strictObject({ id: z.string(), name, state: z.enum(["active", "suspended"]), requiredKinds })
  .openapi("Operator");

export const KeyAnswer = z.strictObject({
  keyId: z.string(),
  key: z.string().openapi({ description: "Shown only here: the register keeps its hash.", examples: ["sk_live_…"] }),
});
