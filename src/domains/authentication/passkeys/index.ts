/** What the portal asks about passkeys, as origin does it. Arguments come unread: no form can break them. */
export { list, remove, rename } from "./manage.ts";
export type { PasskeyParts } from "./parts.ts";
export { finishProof, startProof } from "./prove.ts";
export { finishRegistration, startRegistration } from "./register.ts";
export { finishSignIn, startSignIn } from "./sign-in.ts";
