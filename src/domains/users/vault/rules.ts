import type { Kind } from "../../../bst/kinds.ts";
import { isLocale, type Locale } from "../../../i18n/locales.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../../../kernel/clock.ts";
import { maskDocument, maskPhone } from "../../../kernel/mask.ts";
import { isCounty } from "../../../kernel/reference/counties.ts";
import type { Result } from "../../../kernel/result.ts";
import type { BirthRefusal, ContactForm, DetailsForm, FieldRefusal, PersonRefusal } from "../citizen-rpc.ts";
import type { Details, EmergencyContact, IdentifierStanding, Stated } from "./model.ts";

const NAME_LENGTH = 100;

/** Control characters, and those that turn the direction of what stands beside them. Joiners stay: Persian and emoji need them. */
const UNREADABLE = /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/u;

type TextField = "name" | "preferredName" | "contactName";
type TextRefusal = { refusal: "text-too-long" | "text-unreadable" };

/** One line as written, normalised (NFC) and without space around it; null when nothing was written. Length in code points. */
function line<Field extends TextField>(field: Field, written: string): Result<{ text: string | null }, TextRefusal & { field: Field }> {
  const text = written.trim().normalize("NFC");
  if (!text.isWellFormed() || UNREADABLE.test(text)) return { ok: false, refusal: "text-unreadable", field };
  if ([...text].length > NAME_LENGTH) return { ok: false, refusal: "text-too-long", field };
  return { ok: true, text: text || null };
}

/** Who somebody says they are: a name and a date of birth as written; null was not said. */
export function readPerson(form: Pick<DetailsForm, "name" | "dateOfBirth">, now: Instant): Result<Pick<Details, "name" | "dateOfBirth">, PersonRefusal> {
  const name = line("name", form.name);
  if (!name.ok) return name;
  const birth = readBirth(form.dateOfBirth, now);
  return birth.ok ? { ok: true, name: name.text, dateOfBirth: birth.date } : birth;
}

/** What somebody wrote of themself, or the first field that cannot be read. */
export function readDetails(form: DetailsForm, now: Instant): Result<{ details: Details; locale: Locale }, FieldRefusal> {
  const person = readPerson(form, now);
  if (!person.ok) return person;
  const { name, dateOfBirth } = person;
  const preferredName = line("preferredName", form.preferredName);
  if (!preferredName.ok) return preferredName;
  const county = form.county || null;
  if (county !== null && !isCounty(county)) return { ok: false, refusal: "choice-unknown", field: "county" };
  if (!isLocale(form.language)) return { ok: false, refusal: "choice-unknown", field: "language" };
  const { quietNights, language: locale } = form;
  return { ok: true, locale, details: { name, preferredName: preferredName.text, dateOfBirth, county, quietNights } };
}

const PHONE = /^\+?[\d\s().-]+$/;

/** A name and a number of any country. */
export function readContact(form: ContactForm): Result<{ contact: EmergencyContact }, FieldRefusal> {
  const name = line("contactName", form.name);
  if (!name.ok) return name;
  if (name.text === null) return { ok: false, refusal: "name-missing", field: "contactName" };
  const phone = form.phone.trim();
  const digits = phone.replaceAll(/\D/g, "").length;
  if (!PHONE.test(phone) || phone.length > 40 || digits < 7 || digits > 15) return { ok: false, refusal: "phone-unreadable", field: "contactPhone" };
  return { ok: true, contact: { name: name.text, phone } };
}

const OLDEST_YEARS = 130;
const DATES = [/^(?<day>\d{1,2})[\s./-]+(?<month>\d{1,2})[\s./-]+(?<year>\d{4})$/, /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})$/];

/** A day as people write it, day first, or as ISO 8601 does; a day there was, and that somebody alive can remember. */
function readBirth(written: string, now: Instant): Result<{ date: string | null }, BirthRefusal> {
  const text = written.trim();
  if (text === "") return { ok: true, date: null };
  const parts = DATES.map((pattern) => pattern.exec(text)?.groups).find(Boolean);
  if (!parts) return { ok: false, refusal: "birth-unreadable", field: "dateOfBirth" };
  const [year, month, day] = [Number(parts.year), Number(parts.month), Number(parts.day)];
  const midnight = Date.UTC(year, month - 1, day);
  const isDay = new Date(midnight).getUTCMonth() === month - 1 && new Date(midnight).getUTCDate() === day;
  const age = new Date(now).getUTCFullYear() - year;
  if (!isDay || midnight > now || age > OLDEST_YEARS) return { ok: false, refusal: "birth-impossible", field: "dateOfBirth" };
  return { ok: true, date: new Date(midnight).toISOString().slice(0, 10) };
}

/** The fields of a record that say something else than before. Not said, said no and never written are the same. */
export function changedFields(before: object | null, after: object | null): string[] {
  const [was, is]: Record<string, unknown>[] = [{ ...before }, { ...after }];
  return Object.keys({ ...was, ...is }).filter((field) => (was![field] || null) !== (is![field] || null));
}

/** A phone is firm once a code proved it; a document stands as it was stated last, or proven since. */
export function standingOf(history: readonly Stated[], now: Instant): IdentifierStanding {
  const last = history.at(-1);
  if (!last) return "dropped";
  if (last.provisionalUntil === null || history.some(({ evidence }) => evidence === "code")) return "firm";
  return last.provisionalUntil > now ? "provisional" : "dropped";
}

/** Enough to know one's own by, and too little for anybody else. */
export const maskIdentifier = (kind: Kind, canonical: string): string => (kind === "msisdn" ? maskPhone(canonical) : maskDocument(canonical));

const FRESH = 5 * MINUTE;

/** Whether a code came back so recently that the person who holds the phone is still the one who looks. */
export const isFresh = (provenAt: Instant, now: Instant): boolean => now - provenAt < FRESH;

const NAIROBI = 3 * HOUR;
const NIGHT_BEGINS = 21 * HOUR;
const NIGHT_ENDS = 7 * HOUR;

/** When the night in Nairobi is over; null by day. Kenya has one time all year. */
export function nightEnds(now: Instant): Instant | null {
  const time = (now + NAIROBI) % DAY;
  if (time < NIGHT_ENDS) return now - time + NIGHT_ENDS;
  return time < NIGHT_BEGINS ? null : now - time + DAY + NIGHT_ENDS;
}
