import { z } from "@hono/zod-openapi";

export const NAMES = ["choices", "countries", "currencies", "counties"] as const;

const text = z.string();
const Choices = z.record(z.string(), z.array(text)).openapi({ description: "Each choice set's values, in their order." });
const Country = z.strictObject({ code: text, alpha3: text, numeric: text, name: z.strictObject({ en: text, sw: text }), dialCode: text, currency: text.nullable() });
const Currency = z.strictObject({ code: text, numeric: text, name: text, minorUnits: z.int() });
const County = z.strictObject({ code: text, name: text, iso: text });

export const SetAnswer = z.union([z.array(Country), z.array(Currency), z.array(County), Choices]).openapi("ReferenceSet");
