/** What the portal asks about second factors, as origin does it. Arguments come unread: no form can break them. */
export { newRecoveryCodes, removeTotp } from "./change.ts";
export { confirmTotp, startTotp } from "./enrol.ts";
export { overview, ways } from "./look.ts";
export { prove } from "./prove.ts";
export { secondFactor } from "./second-factor.ts";
