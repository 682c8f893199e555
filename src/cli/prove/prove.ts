/** Works through what is to be proved of tokens and says what came of it. */
import { count, type Report } from "../bench/report.ts";
import { countDistinct } from "./distinct.ts";
import { Ground } from "./ground.ts";
import { Kept } from "./kept.ts";
import { SORTS } from "./mutations.ts";
import { type Piece, piecesOf, type StageName } from "./stages.ts";
import { type Cost, type Costs, measureCosts, type Samples } from "./timing.ts";
import { workThrough } from "./workers.ts";

/** How many inputs each stage is given. */
export type Amounts = Record<StageName, number>;

export interface Asked {
  amounts: Amounts;
  samples: Samples;
  /** Where what was proved is kept, to go on with. */
  folder: string;
  workers: number;
  /** Told after each piece. */
  progress: (stage: StageName, done: number, of: number) => void;
}

/** What all pieces of a stage came to. */
interface Sum {
  counts: Record<string, number>;
  /** Different pseudonyms. */
  distinct: number;
}

export async function proveTokens({ amounts, samples, folder, workers, progress }: Asked): Promise<Report> {
  const kept = new Kept(folder);
  const costs = measureCosts(new Ground(kept.keys), samples);
  const sums = {} as Record<StageName, Sum>;
  for (const [stage, amount] of Object.entries(amounts) as [StageName, number][]) {
    const pieces = piecesOf(stage, amount);
    const left = pieces.filter((piece) => !kept.has(piece));
    let done = pieces.length - left.length;
    await workThrough(left, workers, folder, (piece, found) => {
      kept.keep(piece, found);
      progress(stage, ++done, pieces.length);
    });
    sums[stage] = sumOf(kept, pieces, amount);
  }
  return reportOf(sums, costs);
}

function sumOf(kept: Kept, pieces: readonly Piece[], amount: number): Sum {
  const counts: Record<string, number> = {};
  for (const piece of pieces) {
    for (const [what, times] of Object.entries(kept.counts(piece))) counts[what] = (counts[what] ?? 0) + times;
  }
  const withPseudonyms = pieces.filter(({ stage }) => stage === "outputs" || stage === "identifiers");
  const read = function* () {
    for (const piece of withPseudonyms) yield kept.pseudonyms(piece);
  };
  return { counts, distinct: withPseudonyms.length > 0 ? countDistinct(read, amount) : 0 };
}

/** What is asked of one token, in microseconds. */
const ISSUE_US = 5_000;
const OPEN_US = 50;

function reportOf(sums: Record<StageName, Sum>, costs: Costs): Report {
  const { outputs, identifiers, mutations, blind } = sums;
  const cost = ({ median, p99 }: Cost, unit: "ms" | "µs"): string => (unit === "ms" ? `${(median / 1_000).toFixed(2)} ms, p99 ${(p99 / 1_000).toFixed(2)} ms` : `${median} µs, p99 ${p99} µs`);
  return {
    title: "Tokens",
    method:
      "Inputs that differ by construction go through the last two stages (an output of the VOPRF → pseudonym → token), identifiers as somebody types them, of every kind in turn, through all. " +
      "Every pseudonym is counted exactly, and every token opened: it must give its own pseudonym to its operator and nothing to another operator. Opening is a function, so as many different pseudonyms so opened are as many " +
      "different tokens, and no token of one operator is one of another's. Timings are of one thread before anything else runs, one act at a time, in turn with their baseline.",
    head: ["what", "found", "beside it"],
    rows: [
      distinctRow("64-byte outputs", outputs),
      distinctRow("identifiers", identifiers),
      ["tokens of two operators for the same people", `${count(foreign(sums))} open for the other, or are the other's`, `bodies that begin alike: ${startsAlike(outputs)}`],
      ["mutated tokens", `${count(mutations.counts.accepted ?? 0)} of ${count(mutations.counts.inputs ?? 0)} stand for anybody`, sorts(mutations)],
      ["the blind door", `${count(blind.counts.agreed ?? 0)} of ${count(blind.counts.inputs ?? 0)} identifiers: the lineage of the direct one`, "each batch's proof verified"],
      ["identifier → token", cost(costs.issue, "ms"), `one multiplication in the group: ${cost(costs.multiplication, "ms")}; target: below 5 ms`],
      ["token → pseudonym", cost(costs.open, "µs"), `the library's AES-SIV of one block alone: ${cost(costs.librarySiv, "µs")}; target: below 50 µs`],
    ],
    notes: [],
    faults: faultsOf(sums, costs),
    figures: { tokens: { ...sums, costs } },
  };
}

const distinctRow = (what: string, { counts, distinct }: Sum): string[] =>
  [`${count(counts.inputs ?? 0)} different ${what}`, `${count(distinct)} different pseudonyms, ${count(counts.pairwise === counts.inputs ? distinct : 0)} different tokens of each operator`, "counted exactly"];

/** Tokens that were not their own operator's alone. */
const foreign = ({ outputs, identifiers }: Record<StageName, Sum>): number =>
  [outputs, identifiers].reduce((sum, { counts }) => sum + (counts.inputs ?? 0) - (counts.pairwise ?? 0), 0);

/** How many begin alike in so many symbols, and how many chance would leave so. */
const alike = ({ counts }: Sum): { symbols: number; seen: number; chance: number }[] =>
  Array.from({ length: 52 }, (_, at) => ({ symbols: at + 1, seen: counts[`alike${at + 1}`] ?? 0, chance: (counts.inputs ?? 0) / 32 ** (at + 1) })).filter(({ seen, symbols }) => seen > 0 || symbols < 3);

const startsAlike = (outputs: Sum): string => alike(outputs).map(({ symbols, seen, chance }) => `in ${symbols} ${count(seen)} (chance ${count(chance)})`).join(", ");

const sorts = ({ counts }: Sum): string =>
  SORTS.filter((name) => counts[name]).map((name) => `${count(counts[name]!)} ${name}`).join(", ") + `; ${count(counts.read ?? 0)} read as what they were`;

/** A slow act in a hundred is the machine's doing when its baseline had such, too. */
const isSlow = (act: Cost, baseline: Cost, limit: number): boolean => act.median >= limit || (act.p99 >= limit && baseline.p99 < 2 * baseline.median);

function faultsOf(sums: Record<StageName, Sum>, { issue, multiplication, open, librarySiv }: Costs): string[] {
  const { outputs, identifiers, mutations, blind } = sums;
  return [
    ...[outputs, identifiers].filter(({ counts, distinct }) => distinct !== (counts.inputs ?? 0)).map(({ counts, distinct }) => `${counts.inputs} inputs gave ${distinct} pseudonyms`),
    ...(foreign(sums) > 0 ? [`${foreign(sums)} tokens are not their own operator's alone`] : []),
    ...alike(outputs).filter(({ seen, chance }) => seen > chance + 6 * Math.sqrt(chance) + 6).map(({ symbols, seen }) => `${seen} people's tokens of two operators begin alike in ${symbols} symbols`),
    ...((mutations.counts.accepted ?? 0) > 0 ? [`${mutations.counts.accepted} mutated tokens stand for somebody`] : []),
    ...(blind.counts.agreed !== blind.counts.inputs ? [`the blind door differs for ${(blind.counts.inputs ?? 0) - (blind.counts.agreed ?? 0)}`] : []),
    ...(isSlow(issue, multiplication, ISSUE_US) ? [`issuing takes ${issue.median} µs, p99 ${issue.p99}`] : []),
    ...(isSlow(open, librarySiv, OPEN_US) ? [`opening takes ${open.median} µs, p99 ${open.p99}`] : []),
  ];
}
