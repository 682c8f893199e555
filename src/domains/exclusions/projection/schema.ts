import { z } from "@hono/zod-openapi";
import { asOf } from "../office/schema.ts";

export const ProjectionAnswer = z.strictObject({
  state: z.enum(["current", "behind", "rebuilding"]).openapi({
    description: "While it is rebuilt the lists show what they showed, overwritten by what has come; what is no more leaves at the end.",
  }),
  position: z.int().min(0).openapi({ description: "The register's last change that is in the copy." }),
  head: z.int().min(0).openapi({ description: "The last one there is." }),
  behind: z.int().min(0),
  asOf,
  movedAt: z.iso.datetime().nullable().openapi({ description: "When the copy was last brought forward, or found current, without an error." }),
}).openapi("Projection");
