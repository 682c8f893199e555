import { z } from "@hono/zod-openapi";
import { pageAnswer } from "../../../api/listing.ts";
import { SCOPES } from "../../../check/terms.ts";
import { asOf, ChangeAnswer } from "../../exclusions/office/index.ts";
import { keyMode, OperatorAnswer } from "../schema.ts";

const instant = z.iso.datetime();

const keyStates = z.enum(["active", "revoked"]);

export const OperatorFilters = { state: OperatorAnswer.shape.state.optional() };
export const KeyFilters = { state: keyStates.optional() };

const ListedOperator = z.strictObject({ ...OperatorAnswer.shape, enrolledAt: instant, declaredCustomers: z.int() }).openapi("ListedOperator");

export const OperatorsAnswer = pageAnswer(ListedOperator).extend({ asOf }).openapi("Operators");

export const OperatorWithChanges = z.strictObject({
  ...ListedOperator.shape,
  changes: z.array(z.strictObject({ ...ChangeAnswer.shape, resource: z.string().openapi({ description: "The operator, or its key, by id." }) }))
    .openapi({ description: "The newest 200, newest first." }),
  asOf,
}).openapi("OperatorWithChanges");

const ListedKey = z.strictObject({
  keyId: z.string(),
  publicId: z.string(),
  mode: keyMode,
  name: z.string().nullable(),
  state: keyStates,
  scopes: z.array(z.enum(SCOPES)),
  expiresAt: instant.nullable(),
  networks: z.array(z.string()),
  perSecond: z.int(),
  perDay: z.int(),
  issuedAt: instant,
  revokedAt: instant.nullable(),
  lastUsedOn: z.iso.date().nullable().openapi({ description: "The last of 90 days in Nairobi on which it is known to have been used; null is no data." }),
}).openapi("ListedKey");

export const KeysAnswer = pageAnswer(ListedKey).extend({ asOf }).openapi("OperatorKeys");
