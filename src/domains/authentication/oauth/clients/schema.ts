import { z } from "@hono/zod-openapi";
import { pageAnswer } from "../../../../api/listing.ts";
import { line } from "../../../../api/text.ts";
import { CLIENT_GRANTS, CLIENT_STATES, SCOPES } from "../model.ts";

const distinct = <Item extends z.ZodType>(item: Item) =>
  z.array(item).refine((items) => new Set(items).size === items.length, "must not hold the same twice");

export const ClientRequest = z.strictObject({
  name: line(60).openapi({ description: "As people are asked about it. Names no person." }),
  confidential: z.boolean().openapi({ description: "Whether it can keep a secret: a server can, an app or a page cannot." }),
  grants: distinct(z.enum(CLIENT_GRANTS)).min(1),
  scopes: distinct(z.enum(SCOPES)).min(1),
  redirectUris: distinct(z.string().max(512)).max(10).openapi({
    description: "With authorization_code, and only then: https, or http://127.0.0.1, where any port will do; spelled as the URL standard does.",
    examples: [["https://client.example/callback"]],
  }),
  operator: z.string().max(64).nullable().openapi({ description: "Whose program it is; client_credentials takes one, and acts for it alone." }),
}).openapi("OAuthClientRequest");

export const ClientPath = z.object({ clientId: z.uuid() });

export const SecretAnswer = z.strictObject({
  clientId: z.uuid(),
  secret: z.string().nullable().openapi({ description: "Shown only here: the office keeps its hash. A public client has none." }),
}).openapi("OAuthClientSecret");

export const ClientAnswer = z.strictObject({
  clientId: z.uuid(),
  name: z.string(),
  state: z.enum(CLIENT_STATES),
  confidential: z.boolean(),
  grants: z.array(z.enum(CLIENT_GRANTS)),
  scopes: z.array(z.enum(SCOPES)),
  redirectUris: z.array(z.string()),
  operator: z.string().nullable(),
  createdAt: z.iso.datetime(),
}).openapi("OAuthClient");

export const ClientsAnswer = pageAnswer(ClientAnswer);
