import { z } from "@hono/zod-openapi";

const count = z.number().int().min(0);

export const StepAnswer = z.strictObject({
  done: count.openapi({ description: "Records come by, people without a vault or with a shredded one included." }),
  rewrapped: count,
  already: count,
  failed: count.openapi({ description: "Left as they were: their key-encryption key is not there. The log says which." }),
  next: z.string().nullable().openapi({ description: "Where the pass goes on when this is called again; null when it went through." }),
}).openapi("RewrapStep");

export const KeysAnswer = z.strictObject({
  current: z.string(),
  keys: z.array(z.strictObject({
    keyId: z.string().openapi({ description: "`unreadable` is of records that do not say." }),
    held: z.boolean().openapi({ description: "Whether BOX_KEYS has it." }),
    users: count.nullable().openapi({ description: "Accounts the pass left under it; null before any pass." }),
    vaults: count.nullable().openapi({ description: "People's vaults the pass left under it; null before any pass." }),
    retirable: z.boolean().openapi({ description: "A whole pass under the current key came by nothing that needs it." }),
  })),
  pass: z.strictObject({ keyId: z.string(), begunAt: z.iso.datetime(), finishedAt: z.iso.datetime().nullable() }).nullable(),
}).openapi("EncryptionKeys");
