import type { RegisterChange } from "./rpc.ts";

const isOfKey = ({ action }: RegisterChange): boolean => action.startsWith("operator.key-");

/** The reference of the exclusion a change concerns; null when it concerns none. */
export const exclusionOf = ({ action, resource }: RegisterChange): string | null => (action.startsWith("exclusion.") ? resource : null);

/** The operator a change concerns; a key's change says whose it is in its payload. */
export function operatorOf(change: RegisterChange): string | null {
  if (!change.action.startsWith("operator.")) return null;
  return isOfKey(change) ? ((change.payload as { operator?: string }).operator ?? null) : change.resource;
}

export const keyOf = (change: RegisterChange): string | null => (isOfKey(change) ? change.resource : null);
