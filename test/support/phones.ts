let last = 0;

/** A mobile number that no other test of the file has. */
export const newPhone = (): string => `+2547${String(++last).padStart(8, "0")}`;
