/** How long the office's questions take at full size, over HTTP to a real libSQL server. */
import { type Office, openOffice } from "../../office/database.ts";
import { migrateOffice } from "../office.ts";
import { p99, quartiles, type Quartiles } from "../quartiles.ts";
import { fillings, fillOffice, SIZES } from "./office-data.ts";
import { drawKnown, type Question, questions } from "./office-questions.ts";
import { count, type Length, megabytes, type Report, spread } from "./report.ts";
import { startSqld } from "./stores.ts";

const SAMPLES = { short: 20, full: 1_000 };
const WARM_UP = 5;
const TARGET_MS = 50;

const BASELINE: Question = { what: "SELECT 1", ask: ({ primary }) => primary.$client.execute("SELECT 1 AS one"), right: ({ rows }) => rows[0].one === 1 };

interface Asked extends Quartiles {
  what: string;
  p99: number;
}

/** `npm run bench -- office` */
export async function office(length: Length): Promise<Report> {
  const { asked, bytes, filledMs } = await measureOffice(length);
  const sizes = SIZES[length];
  const [baseline, ...questions] = asked;
  const slow = questions.filter((question) => length === "full" && question.p99 > TARGET_MS);
  return {
    title: "The office's database",
    method:
      `A libSQL server with ${count(sizes.users)} users and their roles, ${count(sizes.accessTokens)} tokens, ${count(sizes.commands)} commands, ${count(sizes.auditEntries)} audit entries ` +
      `of one year, and a copy of ${count(sizes.exclusions)} exclusions, ${count(sizes.exclusionChanges)} changes of theirs and ${count(sizes.operators)} operators ` +
      `(${megabytes(bytes)} MB). Every list and look-up of the stores is asked ${count(SAMPLES[length])} times over HTTP by the store's own function, in turns with a SELECT 1 that ` +
      "goes the same way; lists in pages of 50. The clock stops when the rows are there. The disk's pages are in memory.",
    head: ["question", "ms", "p99 ms", "p99 ÷ SELECT 1's"],
    rows: asked.map((question) => [question.what, spread(question), question.p99.toFixed(1), (question.p99 / baseline!.p99).toFixed(2)]),
    notes: [`Target: p99 below ${TARGET_MS} ms for each. The network to a server elsewhere comes on top. Filling took ${(filledMs / 1_000).toFixed(0)} s.`],
    faults: slow.map(({ what, p99: slowest }) => `${what}: p99 ${slowest} ms, more than ${TARGET_MS} ms`),
    figures: { office: { sizes, bytes, asked } },
  };
}

async function measureOffice(length: Length): Promise<{ asked: Asked[]; bytes: number; filledMs: number }> {
  const store = await startSqld();
  if (!store) throw new Error("there is no libSQL server for this machine");
  try {
    const settings = { url: `http://127.0.0.1:${store.port}`, token: "" };
    await migrateOffice(settings);
    const began = performance.now();
    await fillOffice(settings.url, fillings(SIZES[length]), (line) => console.log(`  ${line}`));
    const filledMs = performance.now() - began;
    const opened = openOffice(settings);
    const { rows } = await opened.primary.$client.execute("SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size");
    const all = [BASELINE, ...questions(await drawKnown(opened, SIZES[length]), SIZES[length])];
    return { asked: await inTurns(opened, all, SAMPLES[length]), bytes: Number(rows[0]!.bytes), filledMs };
  } finally {
    store.stop();
  }
}

/** Throws on a wrong answer. */
async function inTurns(opened: Office, all: readonly Question[], samples: number): Promise<Asked[]> {
  const took = all.map((): number[] => []);
  for (let n = -WARM_UP; n < samples; n++) {
    for (const [at, { what, ask, right }] of all.entries()) {
      const from = performance.now();
      const answer = await ask(opened, n + WARM_UP);
      if (n >= 0) took[at]!.push(performance.now() - from);
      if (!right(answer)) throw new Error(`${what}: a wrong answer: ${JSON.stringify(answer).slice(0, 500)}`);
    }
  }
  return all.map(({ what }, at) => ({ what, ...quartiles(took[at]!, 2), p99: Number(p99(took[at]!).toFixed(2)) }));
}
