import { z } from "@hono/zod-openapi";
import { ACKNOWLEDGED_STATES } from "./model.ts";

/** The most that is said in one request. */
const MOST = 1_000;

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)).openapi({
  type: "string", format: "date-time", description: "When you did it: not in the future, and not before the event. Ten seconds of difference between clocks are allowed.",
});

const Acknowledgement = z.strictObject({
  token: z.string().openapi({ examples: ["BST-3…"], description: "The person's, as the event has it, or any other of your own, a retired one too." }),
  state: z.enum(ACKNOWLEDGED_STATES),
  at: instant,
});

export const AcknowledgementsRequest = z
  .strictObject({
    handledThrough: z.int().min(0).optional().openapi({
      description: "You worked through every event up to this number: whoever of them you do not acknowledge, here or before, is no customer of yours.",
    }),
    acknowledgements: z.array(Acknowledgement).max(MOST).default([]),
  })
  .refine(({ handledThrough, acknowledgements }) => handledThrough !== undefined || acknowledgements.length > 0, "must say something")
  .openapi("Acknowledgements");
export type AcknowledgementsSaid = z.output<typeof AcknowledgementsRequest>;

const count = z.int().min(0);

export const AcknowledgedAnswer = z
  .strictObject({
    handledThrough: count.nullable().openapi({ description: "How far you are by all that you said; null while you said nothing of it." }),
    recorded: count,
    unchanged: count.openapi({ description: "Those that said nothing new: an earlier time was said before." }),
    notExcluded: z.array(z.string()).openapi({ description: "Pointers to those of persons who are not excluded: of them nothing is kept." }),
  })
  .openapi("AcknowledgedAnswer");
