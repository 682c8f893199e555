/** What of a personal value may be shown to somebody who only has to recognise it. A rule says what is shown at most; the rest is dots. */

const DOT = "•";

/** The characters as people count them, so that no accent or emoji is cut in two; without those that only turn round how others are written. */
const characters = (text: string): string[] =>
  [...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text.toWellFormed().replaceAll(/\p{Bidi_Control}/gu, ""))].map(({ segment }) => segment);

const initial = (text: string): string => `${characters(text)[0] ?? ""}${DOT.repeat(3)}`;

/** Shows the first and last so many; of a text too short to hide at least as much as it shows, nothing. */
function keep(text: string, first: number, last: number): string {
  const all = characters(text);
  if (all.length < 2 * (first + last)) return DOT.repeat(all.length);
  return [...all.slice(0, first), ...all.slice(first, all.length - last).map(() => DOT), ...all.slice(all.length - last)].join("");
}

/** As long as what is shown is little of it. */
const PHONE = /^\+\d{12,14}$/;

/** A number in E.164: the country, the first digit and the last three, `+254 7•• ••• 678`; of any other text nothing. */
export const maskPhone = (phone: string): string =>
  !PHONE.test(phone) ? DOT.repeat(3) : `${phone.slice(0, 4)} ${phone[4]}${DOT.repeat(2)} ${DOT.repeat(3)} ${phone.slice(-3)}`;

/** A document's number: the last three characters. */
export const maskDocument = (number: string): string => keep(number, 0, 3);

const TOP_LEVEL = /\.[a-z\d-]{2,24}$/i;

/** The first letter of the mailbox, and the domain's last label: `w•••@•••.ke`. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf("@");
  if (at < 1) return DOT.repeat(3);
  const [end = ""] = TOP_LEVEL.exec(email.slice(at)) ?? [];
  return `${initial(email.slice(0, at))}@${DOT.repeat(3)}${end}`;
}

/** The first letter of each part of a name, in whatever order and script: `W••• N•••`. */
export const maskName = (name: string): string =>
  name.split(/\s+/u).filter(Boolean).map(initial).join(" ");
