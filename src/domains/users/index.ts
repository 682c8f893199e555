/** What other slices may use of users: accounts, what takes somebody's roles or keeps them out, and the box an identity travels in. The vault itself is reached through its object. */
export { Accounts, type Profile, type Stated } from "./accounts/accounts.ts";
export { isLastAdministrator } from "./accounts/rules.ts";
export { type Account, deleteAssignment, presentAccountOf, updateUser } from "./accounts/store.ts";
export { isOfAge } from "./birth.ts";
export { type Document, sealIdentity, sealReleased } from "./identity.ts";
export { contactAnew, openContact, sealContact } from "./invitations/box.ts";
export type { Contact } from "./invitations/model.ts";
export { newInvitation } from "./invitations/new.ts";
export { administratorsOf } from "./staff/store.ts";
export { namesSomebody } from "./identities/rules.ts";
export { isFresh, readPerson } from "./vault/rules.ts";
