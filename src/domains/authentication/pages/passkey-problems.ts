import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import { type MessageKey, text } from "../../../i18n/index.ts";
import type { FieldProblem } from "../../../pages/fields.tsx";
import type { PageContext } from "../../../pages/page.ts";

/** Each refusal that leads nowhere else: what the page says, beside which field, and with which status. */
const SAID = {
  "passkey-refused": { message: "passkey.refused", field: null, status: 403 },
  "passkey-known": { message: "passkey.known", field: null, status: 409 },
  "too-many-passkeys": { message: "passkey.too-many", field: null, status: 409 },
  "too-many-tries": { message: "passkey.too-many-tries", field: null, status: 429 },
  "no-passkey": { message: "passkey.no-passkey", field: null, status: 409 },
  "label-invalid": { message: "passkey.label-invalid", field: "label", status: 422 },
  "factor-needed": { message: "passkey.factor-needed", field: null, status: 409 },
} as const satisfies Record<string, { message: MessageKey; field: string | null; status: Status }>;

export type Said = keyof typeof SAID;

export const problemsOf = (c: PageContext, refusal: Said | null): FieldProblem[] =>
  refusal === null ? [] : [{ field: SAID[refusal].field, message: text(c.var.locale, SAID[refusal].message) }];

export const statusOf = (refusal: Said | null): Status => (refusal === null ? 200 : SAID[refusal].status);

export const isSaid = (answer: { refusal: string }): answer is { refusal: Said } => Object.hasOwn(SAID, answer.refusal);
