/** The door to reasons for looking at who somebody is, for the slices where that can be seen. */
export { ReadRequest } from "./schema.ts";
