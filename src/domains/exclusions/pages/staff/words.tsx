import type { MessageKey } from "../../../../i18n/index.ts";
import { CATALOGUES, type Translate } from "../../../../i18n/index.ts";
import type { PolicyCode } from "../../policies.ts";

export const policyWords = (t: Translate, policy: PolicyCode): string => t(policy === "custom" ? "desk.policy-custom" : `period.${policy}`);

/** Whether the catalogue has words for a name that comes from elsewhere. */
const hasWords = <Prefix extends string>(key: `${Prefix}${string}`): key is MessageKey & `${Prefix}${string}` => Object.hasOwn(CATALOGUES.en, key);

/** What was done, by its action in the audit log; one nobody put into words yet is told by that name. */
export function ActionWords({ t, action }: { t: Translate; action: string }) {
  const key = `change.${action}` as const;
  return hasWords<"change.">(key) ? <>{t(key as MessageKey & `change.${string}`)}</> : <>{t("desk.other")} <bdi dir="ltr">{action}</bdi></>;
}

/** The door something came through, in the same way. */
export function DoorWords({ t, channel }: { t: Translate; channel: string }) {
  const key = `desk.by-${channel}` as const;
  return hasWords<"desk.by-">(key) ? <>{t(key as MessageKey & `desk.by-${string}`)}</> : <bdi dir="ltr">{channel}</bdi>;
}

/** A link in the letters of a reference or an id: from left to right in every language. */
export const Code = ({ children }: { children?: string }) => <bdi dir="ltr">{children}</bdi>;
