import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { Linked, LinkedIdentifier, TokenHolding } from "../who-rpc.ts";
import { accountsOf, type LinkedAccounts } from "./accounts.ts";
import { type LinkParts, noted } from "./parts.ts";
import { ACCOUNT_CONFIDENCE, assess, confidenceOf, SOURCE_OF } from "./rules.ts";

export type HoldingLine = TokenHolding & { name: string | null };

/**
 * Which operators hold a token for the person of an exclusion; null when there is none of this reference. While nothing of theirs is in
 * force there is nothing to see: what is kept then is kept because they asked, for them alone.
 */
export async function holdingsOf(parts: LinkParts, actor: Actor, reference: string): Promise<{ excluded: boolean; holdings: HoldingLine[] } | null> {
  await noted(parts, actor, "exclusion.token-holdings-viewed", `exclusion/${reference}`);
  const linked = await parts.register.linkedTo(reference);
  if (!linked) return null;
  if (!linked.excluded) return { excluded: false, holdings: [] };
  const { holdings } = await parts.register.tokenHoldings(linked.personId);
  const names = await parts.register.operatorNames([...new Set(holdings.map(({ operator }) => operator))]);
  return { excluded: true, holdings: holdings.map((holding) => ({ ...holding, name: names[holding.operator] ?? null })) };
}

/** What is linked to the person of an exclusion, under names that are good for nothing else; null when there is none of this reference. */
export async function identifiersOf(parts: LinkParts, actor: Actor, reference: string) {
  await noted(parts, actor, "exclusion.identifiers-viewed", `exclusion/${reference}`);
  const linked = await parts.register.linkedTo(reference);
  if (!linked) return null;
  return [...linked.identifiers.map((identifier) => shown(parts, identifier, linked)), ...shownAccounts(parts, await accountsBehind(parts, linked))];
}

const accountsBehind = async ({ office, person }: LinkParts, { personId }: Linked): Promise<LinkedAccounts> =>
  accountsOf(office, await person(personId).accountKeys());

/** Addresses and browsers of the accounts that sign in with the person's proven phone. */
function shownAccounts({ linkKeys }: LinkParts, { emails, devices }: LinkedAccounts) {
  const line = (kind: "email" | "device", key: string, since: Instant, others: number) => ({
    identifier: linkKeys.ofAccount(kind, key), kind, confidence: ACCOUNT_CONFIDENCE[kind], others,
    statements: [{ reference: null, source: "account" as const, evidence: null, standing: null, addedAt: since }],
  });
  return [
    ...emails.map(({ key, since }) => line("email", key, since, 0)),
    ...devices.map(({ hash, since, accountsBeside }) => line("device", hash, since, accountsBeside)),
  ];
}

function shown({ linkKeys }: LinkParts, identifier: LinkedIdentifier, { personId }: Linked) {
  const { p, kind, statements } = identifier;
  const theirs = statements.filter((statement) => statement.personId === personId);
  return {
    identifier: linkKeys.identifier(p), kind, confidence: confidenceOf(identifier, personId),
    others: new Set(statements.filter((statement) => statement.personId !== personId).map((statement) => statement.personId)).size,
    statements: theirs.map(({ reference, evidence, standing, addedAt }) => ({ reference, source: SOURCE_OF[evidence], evidence, standing, addedAt })),
  };
}

/** What suggests that this person is in the register twice, or is not who they say; null when there is none of this reference. */
export async function duplicatesOf(parts: LinkParts, actor: Actor, reference: string) {
  await noted(parts, actor, "exclusion.duplicates-viewed", `exclusion/${reference}`);
  const linked = await parts.register.linkedTo(reference);
  if (!linked) return null;
  const { devices } = await accountsBehind(parts, linked);
  const accountsBeside = Math.max(0, ...devices.map((device) => device.accountsBeside));
  const { findings, ...assessed } = assess({ ...linked, accountsBeside });
  return {
    ...assessed,
    findings: findings.map(({ identifier, ...finding }) => ({ ...finding, identifier: identifier && parts.linkKeys.identifier(identifier.p) })),
  };
}
