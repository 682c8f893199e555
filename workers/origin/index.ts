import type { Environment } from "./environment.ts";
import { takeMessages } from "./evidence.ts";
import { originOf } from "./wiring.ts";

export { Bell } from "./bell.ts";
export { CasesRpc } from "./cases.ts";
export { Challenge } from "./challenge.ts";
export { CitizenRpc } from "./citizens.ts";
export { PhoneClaimRpc } from "./claims.ts";
export { FactorsRpc } from "./factors.ts";
export { Feed } from "./feed.ts";
export { PasskeysRpc } from "./passkeys.ts";
export { PasswordsRpc } from "./passwords.ts";
export { InvitationsRpc } from "./operators.ts";
export { OperatorApplicationRpc } from "./operators.ts";
export { StaffOperatorsRpc } from "./operators.ts";
export { OAuthRpc } from "./oauth.ts";
export { ConformanceDeskRpc } from "./conformance.ts";
export { OperatorDeskRpc } from "./operator-desk.ts";
export { Person } from "./person.ts";
export { RightsRpc } from "./rights.ts";
export { SessionsRpc } from "./sessions.ts";
export { SignInRpc } from "./sign-in.ts";
export { StaffAuditRpc } from "./staff-audit.ts";
export { StaffExclusionsRpc } from "./staff-exclusions.ts";
export { StaffPropagationRpc } from "./staff-propagation.ts";
export { StaffCasesRpc } from "./cases.ts";
export { StaffUsersRpc } from "./staff-users.ts";
export { StatisticsRpc } from "./statistics.ts";
export { SupervisionRpc } from "./supervision.ts";
export { Usage } from "./usage.ts";
export { CitizenVaultRpc } from "./vaults.ts";

export default {
  fetch: (request, environment, context) => originOf(environment).api.fetch(request, environment, context),
  /** Each minute, for whatever the deliveries after each command left behind. */
  scheduled: async (_, environment) => {
    const { deliver, sweep, project } = originOf(environment);
    await Promise.all([deliver(), sweep(), project()]);
  },
  queue: (messages, environment) => takeMessages(messages, originOf(environment).evidence),
} satisfies ExportedHandler<Environment>;
