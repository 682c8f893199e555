/** The verbs of somebody who is signed in, as origin offers them to the portal. Arguments come unread: no form can break them. */
export { type GrantParts, grant } from "../account/grant.ts";
export { activity, history } from "../account/history.ts";
export { account } from "../account/look.ts";
export { phoneProven } from "../account/phone-proven.ts";
export { block, distrust, forget, trust, unblock } from "./devices.ts";
export { end, endAll, endOthers } from "./end.ts";
export { devices, list } from "./look.ts";
