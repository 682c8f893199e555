import type { Locale } from "../../../i18n/locales.ts";
import type { Result } from "../../../kernel/result.ts";
import type { Visitor } from "../../authentication/sessions/model.ts";

/** What the page for who applies asks, in its order. */
export const APPLICATION_FIELDS = [
  "name", "tradingName", "registrationNumber", "website", "address", "licenceType", "kinds", "declaredCustomers", "contactName", "email", "phone",
] as const;
export type ApplicationField = (typeof APPLICATION_FIELDS)[number];

/** An application as it was typed. `formId` names the form: it is received once, however often it is sent. */
export interface ApplicationForm extends Record<Exclude<ApplicationField, "kinds">, string> {
  formId: string;
  kinds: string[];
}

/** `fields-unfit` names each field that cannot be so. */
export type ApplicationRefusal = { refusal: "fields-unfit"; fields: ApplicationField[] } | { refusal: "too-many-calls" | "form-reused" };

/** What the portal may ask for a company that wants to become an operator. It names no account, and touches none. */
export interface OperatorApplicationRpc {
  apply(request: { form: ApplicationForm; visitor: Visitor; locale: Locale }): Promise<Result<{ reference: string }, ApplicationRefusal>>;
}
