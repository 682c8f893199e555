/** What may stand in a reason for all its digits: a reference, and a day. */
const HARMLESS = /\b[A-Z]{2,8}-[0-9A-Z]+\b|\b\d{4}-\d{2}-\d{2}\b/g;

/** An e-mail address, or six digits as phones and documents are written. */
const IDENTIFIER = /@|\d(?:[ .-]?\d){5}/;

/** Whether a reason seems to name somebody by number or address: it is kept in clear, where no identity stands. */
export const namesSomebody = (reason: string): boolean => IDENTIFIER.test(reason.replaceAll(HARMLESS, ""));
