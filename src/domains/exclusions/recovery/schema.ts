import { z } from "@hono/zod-openapi";

const seq = z.int().min(0);
const SALVAGED = "Rows of which only the pseudonym is left: it stays excluded until an officer completes it.";
const WITHOUT = "Replicas that need not answer, although they may hold rows nobody else has.";

export const StepRequest = z.strictObject({
  without: z.array(z.string()).default([]).openapi({ description: WITHOUT }),
  acceptEnd: seq.nullable().default(null).openapi({ description: "The segment to end with although others stand after it." }),
});

const Report = z
  .strictObject({
    logId: z.string(),
    copy: seq,
    brokenCopies: z.array(seq),
    segment: seq,
    sealedAt: z.int(),
    seq: seq.openapi({ description: "The last row of the lost log that the bucket held." }),
    strays: seq.openapi({ description: "Segments that could not be read or did not follow." }),
    merged: z.array(z.string()).openapi({ description: "References of exclusions taken on after rows were lost." }),
    replicas: z.array(z.strictObject({ name: z.string(), seq: seq.nullable() })),
    without: z.array(z.string()),
    salvaged: z.array(seq).openapi({ description: SALVAGED }),
    directory: z.array(seq),
    gaps: z.array(z.tuple([seq, seq])).openapi({ description: "First and last number of rows nobody holds." }),
  })
  .openapi("RestoreReport");

export const RecoveryAnswer = z
  .strictObject({
    state: z.enum(["in-order", "rows-lost", "destroyed", "restoring"]),
    lagMs: z.int().min(0).nullable().openapi({ description: "How long the oldest change has waited to leave for the bucket." }),
    progress: z
      .strictObject({ doing: z.enum(["copy", "segments", "roots", "coverage", "replicas", "leaving"]), done: seq, of: seq.nullable() })
      .nullable(),
    stopped: z.string().nullable().openapi({ description: "Why the step could not be done; the next call tries it again." }),
    report: Report.nullable().openapi({ description: "What came of the last restoration." }),
  })
  .openapi("Recovery");
