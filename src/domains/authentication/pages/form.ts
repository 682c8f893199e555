import { toLatinDigits } from "../../../pages/digits.ts";

const FIELDS = ["formId", "phone", "name", "dateOfBirth", "sentTo", "code"] as const;

/** The form of a sign-up as it travels from step to step inside the pages: what was typed, unchecked. A password never travels. */
export type SignUpFields = Record<(typeof FIELDS)[number], string>;

export const readSignUp = (fields: URLSearchParams): SignUpFields =>
  Object.fromEntries(FIELDS.map((field) => [field, read(fields, field)])) as SignUpFields;

/** A name may hold digits of its own writing. */
const read = (fields: URLSearchParams, field: string): string => {
  const typed = (fields.get(field) ?? "").trim();
  return field === "name" ? typed : toLatinDigits(typed);
};

export const readPhoneField = (fields: URLSearchParams): string => read(fields, "phone");

/** As typed: a space is a character of it. */
export const readPassword = (fields: URLSearchParams): string => fields.get("password") ?? "";

/** The code as digits, however it was spaced. */
export const typedCode = ({ code }: SignUpFields): string => code.replaceAll(/[\s-]/g, "");
