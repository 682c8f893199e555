/** What other slices may use of users: accounts, and the box an identity travels in. The vault itself is reached through its object. */
export { Accounts, type Profile, type Stated } from "./accounts/accounts.ts";
export { type Document, sealIdentity } from "./identity.ts";
export { isOfAge } from "./birth.ts";
export { readPerson } from "./vault/rules.ts";
