import { z } from "@hono/zod-openapi";
import { pageAnswer } from "../../../api/listing.ts";
import { asOf } from "../../exclusions/office/index.ts";
import { ACKNOWLEDGED_STATES, LATENESS_KINDS } from "../acknowledgements/model.ts";
import { LAPSE_STATES, REACHES } from "./model.ts";

const instant = z.iso.datetime();
const kind = z.enum(LATENESS_KINDS);
const state = z.enum(LAPSE_STATES);

export const OwnLapseFilters = { state: state.optional(), kind: kind.optional() };
export const LapseFilters = { ...OwnLapseFilters, operator: z.string().regex(/^[a-z0-9]{4,32}$/).optional().openapi({ examples: ["0123456789"] }) };

const Lapse = z
  .strictObject({
    id: z.uuid(),
    operator: z.string(),
    name: z.string().nullable(),
    kind: kind.openapi({ description: "What it is late with: receiving events, working through them, or one of the things to be done for customers." }),
    state,
    since: instant.openapi({ description: "When the first of it became late." }),
    count: z.int().openapi({ description: "How many events, or customers, are late: 0 once it caught up." }),
    most: z.int().openapi({ description: "How many there were at most." }),
    seenAt: instant.openapi({ description: "When the operator's feed last said so." }),
    caughtUpAt: instant.nullable(),
  })
  .openapi("PropagationLapse");

export const LapsesAnswer = pageAnswer(Lapse).openapi("PropagationLapses");

const said = z.enum(ACKNOWLEDGED_STATES);

const REACH = [
  "unknown: its feed did not answer, which says nothing", "not-told: its feed has no event of it, or none any more", "unreachable: it has no endpoint and never pulled",
  "waiting: told and not received", "received: and not worked through", "no-customer: worked through, and no customer as far as it says", "acknowledged: and not all that is owed is said",
  "done: nothing is owed any more",
].join(" · ");

const ToldEvent = z.strictObject({
  sequence: z.int(),
  type: z.string(),
  at: instant,
  receivedAt: instant.nullable().openapi({ description: "By whichever door first: a 2xx of an endpoint, or the pull feed." }),
  handledAt: instant.nullable().openapi({ description: "When the operator first said that it had worked through it." }),
});

export const PropagationAnswer = z
  .strictObject({
    reference: z.string(),
    operators: z.array(z.strictObject({
      operator: z.string(),
      name: z.string(),
      reach: z.enum(REACHES).openapi({ description: REACH }),
      events: z.array(ToldEvent),
      acknowledged: z.array(z.strictObject({
        state: said, at: instant.openapi({ description: "When it did it, as it says," }), saidAt: instant.openapi({ description: "and when it said so." }),
      })),
      owed: z.array(said).openapi({ description: "What it has yet to say of the person." }),
    })),
    asOf,
  })
  .openapi("ExclusionPropagation");
