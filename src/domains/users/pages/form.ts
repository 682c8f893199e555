import { toLatinDigits } from "../../../pages/digits.ts";
import type { ContactForm, DetailsForm } from "../citizen-rpc.ts";
import type { Details, EmergencyContact } from "../vault/model.ts";

const typed = (fields: URLSearchParams, name: string): string => fields.get(name) ?? "";

export const readDetailsForm = (fields: URLSearchParams): DetailsForm => ({
  name: typed(fields, "name"),
  preferredName: typed(fields, "preferredName"),
  dateOfBirth: toLatinDigits(typed(fields, "dateOfBirth")),
  county: typed(fields, "county"),
  language: typed(fields, "language"),
  quietNights: fields.has("quietNights"),
});

export const readContactForm = (fields: URLSearchParams): ContactForm =>
  ({ name: typed(fields, "contactName"), phone: toLatinDigits(typed(fields, "contactPhone")) });

/** What stands, as its holder would type it. */
export const detailsForm = ({ name, preferredName, dateOfBirth, county, quietNights }: Details, language: string): DetailsForm => ({
  name: name ?? "", preferredName: preferredName ?? "", dateOfBirth: dateOfBirth ? typedDay(dateOfBirth) : "", county: county ?? "", language, quietNights,
});

export const contactForm = (contact: EmergencyContact | null): ContactForm => contact ?? { name: "", phone: "" };

/** `27 3 1990`: a day as it is typed. */
const typedDay = (date: string): string => date.split("-").map(Number).toReversed().join(" ");
