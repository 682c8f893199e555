/** What other slices may use of users: accounts, and the box an identity travels in. The vault itself is reached through its object. */
export { Accounts, type Profile } from "./accounts/accounts.ts";
export { type Document, sealIdentity, sealReleased } from "./identity.ts";
export { isOfAge } from "./birth.ts";
export { readPerson } from "./vault/rules.ts";
