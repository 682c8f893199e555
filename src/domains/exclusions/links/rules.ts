import type { Evidence, Standing } from "../model.ts";
import { phonesBehind } from "../rules.ts";
import type { LinkedIdentifier, Statement } from "../who-rpc.ts";

/** Where the register has an identifier from. `account`: of an account that signs in with the person's proven phone. */
export const SOURCES = ["registration", "network", "registry", "officer", "account"] as const;
export type Source = (typeof SOURCES)[number];

export const SOURCE_OF: Readonly<Record<Evidence, Source>> = {
  code: "registration", typed: "registration", network: "network", registry: "registry", officer: "officer",
};

/**
 * How sure each kind of evidence makes that an identifier is the person's, of 100: the registry knows the document as theirs; a code
 * came back from the phone, or the network vouches for it; two officers were shown it; it was only typed.
 */
const CONFIDENCE: Readonly<Record<Evidence, number>> = { registry: 99, code: 95, network: 95, officer: 90, typed: 40 };

/** How sure it can be at most, however it stands: one that waits for an officer, dropped off or became somebody else's is hardly theirs. */
const CEILING: Readonly<Record<Standing, number>> = { firm: 100, provisional: 60, held: 25, dropped: 10, released: 0 };

/** How sure a signed-in account makes of what it has: the phone is proven, the address and the browser are as its holder left them. */
export const ACCOUNT_CONFIDENCE = { email: 60, device: 50 } as const;

/** Independent evidence adds up, the best standing caps it, and what is proven to be another's halves it. */
export function confidenceOf({ statements }: Pick<LinkedIdentifier, "statements">, personId: string): number {
  const theirs = statements.filter((statement) => statement.personId === personId);
  const doubt = [...new Set(theirs.map(({ evidence }) => evidence))].reduce((left, evidence) => left * (1 - CONFIDENCE[evidence] / 100), 1);
  const ceiling = Math.max(0, ...theirs.map(({ standing }) => CEILING[standing]));
  const sure = Math.min(ceiling, 100 * (1 - doubt));
  const isFirm = theirs.some(({ standing }) => standing === "firm");
  const contested = !isFirm && statements.some((statement) => statement.personId !== personId && statement.standing === "firm");
  return Math.round(contested ? sure / 2 : sure);
}

/** What suggests that two persons of the register are one, or that one is not who they say. */
export const RULES = ["document-shared", "document-contested", "phone-restated", "many-phones", "device-shared", "token-retired"] as const;
export type Rule = (typeof RULES)[number];

/** So many phones may stand behind one document. */
const PHONES = 3;

/** What each is worth, of 100, and why. */
const WEIGHTS: Readonly<Record<Rule, { weight: number; why: string }>> = {
  "document-shared": { weight: 30, why: "Another person of the register stated the same document." },
  "document-contested": { weight: 50, why: "The registry knows the document as one person's, and another stated it." },
  "phone-restated": { weight: 20, why: "The phone was released as somebody else's, and was stated again since." },
  "many-phones": { weight: 40, why: `More than ${PHONES} persons' phones stand behind the document.` },
  "device-shared": { weight: 25, why: "A browser that this person's account signed in with signed in to other accounts, of other phones." },
  "token-retired": { weight: 15, why: "An operator's token of the identifier was retired by itself, as one that was stolen is." },
};

/** What to do about a score: at 80 two officers look at it together. Nothing follows by itself. */
export const BANDS = ["none", "monitor", "investigate", "two-officers"] as const;
export type Band = (typeof BANDS)[number];

export const bandOf = (score: number): Band => (score >= 80 ? "two-officers" : score >= 50 ? "investigate" : score >= 30 ? "monitor" : "none");

/** What is looked at: identifiers with everybody's statements, and how many other accounts share a browser. */
export interface Facts {
  personId: string;
  identifiers: readonly LinkedIdentifier[];
  accountsBeside: number;
}

/** One rule that holds of one identifier, or of none in particular; and the exclusions it rests on that are not this person's. */
export interface Finding {
  rule: Rule;
  weight: number;
  why: string;
  identifier: LinkedIdentifier | null;
  references: string[];
}

/** Which rules hold of one identifier, each with the others' statements it rests on. */
function rulesOf({ kind, statements, retiredAt }: LinkedIdentifier, personId: string): [Rule, Statement[]][] {
  const others = statements.filter((statement) => statement.personId !== personId);
  const isDocument = kind !== "msisdn";
  const known = statements.filter(({ evidence, standing }) => evidence === "registry" && standing === "firm");
  const contesting = statements.filter((statement) => known.some((one) => one.personId !== statement.personId));
  const holds: [Rule, boolean, Statement[]][] = [
    ["document-shared", isDocument && others.length > 0, others],
    ["document-contested", isDocument && contesting.length > 0, others],
    ["phone-restated", !isDocument && isRestated(statements), others],
    ["many-phones", isDocument && phonesBehind(statements) > PHONES, others],
    ["token-retired", retiredAt > 0, []],
  ];
  return holds.filter(([, does]) => does).map(([rule, , rests]) => [rule, rests]);
}

const isRestated = (statements: readonly Statement[]): boolean => {
  const released = statements.filter(({ standing }) => standing === "released");
  return released.some(({ addedAt }) => statements.some((statement) => statement.standing !== "released" && statement.addedAt > addedAt));
};

/** Everything that holds, and what it comes to, at most 100. It is a reason to look: it merges, shortens and tells nobody. */
export function assess({ personId, identifiers, accountsBeside }: Facts): { score: number; band: Band; findings: Finding[] } {
  const found = identifiers.flatMap((identifier) => rulesOf(identifier, personId).map(([rule, rests]) => finding(rule, identifier, rests)));
  const findings = accountsBeside > 0 ? [...found, finding("device-shared", null, [])] : found;
  const score = Math.min(100, findings.reduce((sum, { weight }) => sum + weight, 0));
  return { score, band: bandOf(score), findings };
}

const finding = (rule: Rule, identifier: LinkedIdentifier | null, rests: readonly Statement[]): Finding =>
  ({ rule, ...WEIGHTS[rule], identifier, references: [...new Set(rests.map(({ reference }) => reference))] });
