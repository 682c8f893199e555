/** What the portal asks of whoever comes and goes, as origin does it. Arguments come unread: no form can break them. */
export { sendCode } from "./send-code.ts";
export { signIn } from "./sign-in.ts";
export { signOut } from "./sign-out.ts";
export { signUp } from "./sign-up.ts";
export { whoAmI } from "./who-am-i.ts";
