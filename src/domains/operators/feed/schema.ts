import { z } from "@hono/zod-openapi";
import { EVENT_TYPES } from "./model.ts";
import { MOST_A_PAGE } from "./read.ts";

const sequence = z.int().min(1);

export const EventsQuery = z.object({
  after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0)
    .openapi({ description: "The last number you have: the `next` of the page before." }),
  limit: z.coerce.number().int().min(1).max(MOST_A_PAGE).default(100),
});

const Event = z
  .strictObject({
    sequence: sequence.openapi({ description: "1, 2, 3, … without a gap." }),
    id: z.string().openapi({ description: "The same for good, however often and wherever it is read.", examples: ["evt_0123456789ab_42"] }),
    type: z.enum(EVENT_TYPES),
    at: z.iso.datetime().openapi({ description: "When it was committed." }),
    tokens: z.array(z.string()).openapi({
      description: "Your own tokens of now, one for each identifier it is about; where its kind is not known, one for each kind, of which you hold one at most. "
        + "`token.rotated` names the token that was retired, and with none says that all are to be renewed.",
    }),
  })
  .openapi("FeedEvent");

export const EventsAnswer = z
  .strictObject({
    events: z.array(Event),
    next: z.int().min(0).openapi({ description: "What to ask after next." }),
    head: z.int().min(0).openapi({ description: "The last number there is." }),
    from: sequence.openapi({ description: "The oldest number that is kept. Who has not everything before it scrubs." }),
    through: z.iso.datetime().openapi({ description: "Up to when nothing is missing." }),
  })
  .openapi("EventsPage");

export const DigestPath = z.object({ day: z.iso.date().openapi({ description: "A day in Nairobi." }) });

export const DigestAnswer = z
  .strictObject({
    day: z.iso.date(),
    first: sequence.nullable(),
    last: sequence.nullable(),
    count: z.int().min(0),
    hash: z.string().openapi({
      description: "SHA-256, in hexadecimal, of one line for each event in the order of their numbers: `<sequence> <id> <type> <at>` and a line feed.",
    }),
    complete: z.boolean().openapi({ description: "Whether the day is over and all of it was read." }),
  })
  .openapi("EventsDigest");
