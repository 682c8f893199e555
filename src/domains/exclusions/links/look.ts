import type { Actor } from "../../../kernel/actor.ts";
import type { Linked, LinkedIdentifier, TokenHolding } from "../who-rpc.ts";
import { type LinkParts, noted } from "./parts.ts";
import { assess, confidenceOf, SOURCE_OF } from "./rules.ts";

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
  return linked && linked.identifiers.map((identifier) => shown(parts, identifier, linked));
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
  const { findings, ...assessed } = assess({ ...linked, accountsBeside: 0 });
  return {
    ...assessed,
    findings: findings.map(({ identifier, ...finding }) => ({ ...finding, identifier: identifier && parts.linkKeys.identifier(identifier.p) })),
  };
}
