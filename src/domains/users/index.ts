/** What other slices may use of users: sealing and accounts. The vault itself is reached through its object. */
export { Accounts, type Profile } from "./accounts/accounts.ts";
export { Envelope, parseBoxKeys } from "./envelope.ts";
export { type Document, sealIdentity } from "./identity.ts";
