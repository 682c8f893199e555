import { z } from "@hono/zod-openapi";
import { ROTATION_REASONS } from "./rpc.ts";

const reason = z.enum(ROTATION_REASONS).openapi({
  description: "Compromised: the tokens before are read for a shorter time, or not at all, as the deployment has it.",
});

export const PairKeyRotationRequest = z.strictObject({ pairKeyId: z.string().min(1).max(64), reason });

export const PairKeyRotationAnswer = z
  .strictObject({
    pairKeyId: z.string(),
    moved: z.int().openapi({ description: "Operators whose epoch moved on." }),
    already: z.int().openapi({ description: "Operators whose epoch was sealed with it before." }),
    left: z.array(z.string()).openapi({ description: "Operators left on their key: the numbers of their epochs are used up until an older one is retired." }),
  })
  .openapi("PairKeyRotation");

export const PairKeysAnswer = z
  .strictObject({
    newest: z.string().openapi({ description: "What new operators begin with." }),
    keys: z.array(z.strictObject({
      pairKeyId: z.string(),
      held: z.boolean().openapi({ description: "Whether this deployment holds the key." }),
      current: z.int().openapi({ description: "Operators whose current epoch it seals." }),
      grace: z.int().openapi({ description: "Epochs in grace that are read with it." }),
    })),
  })
  .openapi("PairKeys", { description: "By id; never the keys." });
