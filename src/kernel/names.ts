/** What may stand within a name as people write it: `Ng'ang'a`, `Ng’ang’a` and `Nganga` are one. */
const WITHIN = /[\p{M}\p{Lm}\p{Cf}'’‘`´ʼ]/gu;

/** The parts of a name, without order, case, accents and apostrophes. Hyphens part like spaces. */
export function namePartsOf(name: string): Set<string> {
  const plain = name.normalize("NFKD").replaceAll(WITHIN, "").toLowerCase();
  return new Set(plain.match(/[\p{L}\p{N}]+/gu));
}

/**
 * Whether two writings can be one person's name. Kenyan names have one to four parts in any order, and few write all of
 * theirs: so every part of one must be among the other's, and two of them unless one has no more than one. Fails to "no".
 */
export function namesAgree(one: string, other: string): boolean {
  const [some, others] = [namePartsOf(one), namePartsOf(other)];
  const [fewer, more] = some.size <= others.size ? [some, others] : [others, some];
  return fewer.size > 0 && [...fewer].every((part) => more.has(part)) && fewer.size >= Math.min(2, more.size);
}
