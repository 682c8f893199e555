import { z } from "@hono/zod-openapi";
import { ROOT_STATES } from "./rpc.ts";

const instant = z.iso.datetime();

const Rotation = z.strictObject({
  from: z.int().min(0),
  to: z.int().min(1),
  state: z.enum(ROOT_STATES).openapi({
    description: "advancing: the new root's pseudonyms are put beside the old one's. overlapping: tokens of both are read. retiring: only those of the new, "
      + "and everything is being kept under it. done: the old one is forgotten.",
  }),
  begunAt: instant,
  overlappingAt: instant.nullable(),
  retiringAt: instant.nullable(),
  doneAt: instant.nullable(),
  advanced: z.int().min(0).openapi({ description: "Pseudonyms the present state has been through." }),
  left: z.int().min(0).nullable().openapi({ description: "About how many it has yet to; null while nobody can say." }),
  operatorsLeft: z.int().min(0).openapi({ description: "Operators whose new tokens still hold an older root." }),
});

export const RotationsAnswer = z.strictObject({ rotations: z.array(Rotation) }).openapi("RootRotations", { description: "The newest first." });

export const RotationBegun = z.strictObject({ from: z.int().min(0), to: z.int().min(1) }).openapi("RootRotationBegun");
