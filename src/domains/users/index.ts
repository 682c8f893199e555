/** What other slices may use of users: sealing. The vault itself is reached through its object. */
export { Envelope, parseBoxKeys } from "./envelope.ts";
export { type Document, sealIdentity } from "./identity.ts";
