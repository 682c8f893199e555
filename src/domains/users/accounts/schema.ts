import { z } from "@hono/zod-openapi";
import { pageAnswer } from "../../../api/listing.ts";
import { line } from "../../../api/text.ts";
import { DELETION_REASONS, LOCK_REASONS, USER_STATES } from "./rules.ts";

const name = line(100);
const email = z.email().max(254);
const state = z.enum(USER_STATES);

export const UserPath = z.object({ userId: z.uuid() });

export const UserRequest = z.strictObject({ name, email }).openapi("UserRequest");

export const ChangeRequest = z
  .strictObject({ name: name.optional(), email: email.optional() })
  .refine((change) => Object.values(change).some((value) => value !== undefined), "must change something")
  .openapi("UserChange", { description: "What is left out stays." });

export const DeletionQuery = z.object({ reason: z.enum(DELETION_REASONS) });

export const UserFilters = {
  state: state.optional(),
  deleted: z.enum(["true", "false"]).default("false").openapi({ description: "Those that are deleted, or those that are not." }),
};

const instant = z.iso.datetime();
const by = z.string().openapi({ description: "A kind and an id, as the audit log names them." });

export const UserAnswer = z
  .strictObject({
    id: z.uuid(),
    name: z.string().nullable().openapi({ description: "Only to be recognised by; null once erased.", examples: ["W••• N•••"] }),
    email: z.string().nullable().openapi({ description: "Only to be recognised by; null once erased.", examples: ["w•••@•••.ke"] }),
    phone: z.string().nullable().openapi({ description: "Only to be recognised by; null where it signs in with none, or is erased.", examples: ["+254 7•• ••• 678"] }),
    state,
    version: z.int(),
    createdAt: instant,
    createdBy: by,
    updatedAt: instant,
    updatedBy: by,
    lock: z.strictObject({ at: instant, by, reason: z.enum(LOCK_REASONS) }).nullable().openapi({ description: "That it is suspended; null when it is not." }),
    deletion: z.strictObject({ at: instant, by, reason: z.string() }).nullable(),
  })
  .openapi("User");

export const UsersAnswer = pageAnswer(UserAnswer).openapi("Users");
