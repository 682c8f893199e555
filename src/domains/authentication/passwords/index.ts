/** What the portal asks about passwords and the phone they go with, as origin does it. Arguments come unread: no form can break them. */
export { activate } from "./activate.ts";
export { changePassword } from "./change-password.ts";
export { changePhone, startPhoneChange } from "./change-phone.ts";
export { finishReset } from "./finish-reset.ts";
export { ownPhone } from "./own.ts";
export { setPassword } from "./set-password.ts";
export { startActivation } from "./start-activation.ts";
export { startReset } from "./start-reset.ts";
