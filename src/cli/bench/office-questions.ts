/** What the office is asked in the benchmark: every list and look-up of its stores, as it is asked in earnest. A store that comes adds its lines here. */
import { holdersOf, bootstrappedAt } from "../../domains/authentication/access/store.ts";
import { BY_TIME, type EntryFilter, listEntries } from "../../domains/compliance/store.ts";
import { BY_START, exclusionByReference, type ExclusionFilter, exclusionsPage, lastChanges, readCopy } from "../../domains/exclusions/office/store.ts";
import { readDetailed } from "../../domains/exclusions/statistics/detailed.ts";
import { readPublished } from "../../domains/exclusions/statistics/published.ts";
import { changesWithin, historiesOf } from "../../domains/exclusions/statistics/store.ts";
import * as directory from "../../domains/operators/office/store.ts";
import { BY_CREATION, listUsers, type UserFilter } from "../../domains/users/accounts/store.ts";
import { DAY } from "../../kernel/clock.ts";
import { random } from "../../objects/shell.ts";
import { once } from "../../office/commit.ts";
import type { Office } from "../../office/database.ts";
import type { Cursor, Order, PageQuery } from "../../office/page.ts";
import { BEGINNING, END, JOBS, OPERATORS, referenceOf, type Sizes, STAFF, userId } from "./office-data.ts";

export interface Question {
  what: string;
  /** Asks for the nth time. */
  ask(office: Office, n: number): Promise<unknown>;
  /** Whether that can be the answer. */
  right(answer: any): boolean;
}

const PAGE = 50;
const MIDDLE = (BEGINNING + END) / 2;

/** What is asked for by name, drawn from the database. */
export interface Known {
  hashes: readonly string[];
  commands: readonly string[];
}

export async function drawKnown({ primary }: Office, { accessTokens, commands }: Sizes): Promise<Known> {
  const some = async (column: string, table: string, rows: number): Promise<string[]> => {
    const found = await primary.$client.execute(`SELECT "${column}" AS it FROM "${table}" WHERE rowid % ${Math.ceil(rows / 1_000)} = 0`);
    return found.rows.map(({ it }) => String(it));
  };
  return { hashes: await some("hash", "accessTokens", accessTokens), commands: await some("id", "commands", commands) };
}

const page = (order: Order, after: Cursor | null = null): PageQuery => ({ order, limit: PAGE, after });
const nth = <T>(from: readonly T[], n: number): T => from[n % from.length]!;
const job = (n: number) => ({ kind: "system", id: `job${n % JOBS}` }) as const;
const operator = (n: number): string => `operator/op${n % OPERATORS}`;
const some = ({ rows }: { rows: unknown[] }): boolean => rows.length > 0;
const full = ({ rows }: { rows: unknown[] }): boolean => rows.length === PAGE;

export const questions = (known: Known, sizes: Sizes): Question[] => [...ownQuestions(known, sizes), ...userQuestions(sizes), ...copyQuestions(sizes), ...figureQuestions(sizes)];

function ownQuestions({ hashes, commands }: Known, { users }: Sizes): Question[] {
  const someone = (n: number): string => userId((n * 7_919) % users);
  const staff = (n: number) => ({ kind: "user", id: userId((n * STAFF) % users) }) as const;
  const entries = (what: string, filterOf: (n: number) => EntryFilter, right: Question["right"] = full, after: (n: number) => Cursor | null = () => null): Question => ({
    what: `audit log: ${what}`,
    ask: (office, n) => listEntries(office, filterOf(n), page(BY_TIME["-at"], after(n))),
    right,
  });
  const deep = (n: number): Cursor => [MIDDLE - n * DAY / 100, 0];
  return [
    { what: "access: whose token this is", ask: (office, n) => holdersOf(office, nth(hashes, n), BEGINNING), right: (held) => held.length === 1 },
    { what: "access: a token nobody has", ask: (office, n) => holdersOf(office, String(n), BEGINNING), right: (held) => held.length === 0 },
    { what: "access: whether there is an administrator", ask: bootstrappedAt, right: (is) => !is },
    {
      what: "commands: what was answered before",
      ask: (office, n) => once(office, { id: nth(commands, n), fingerprint: "f" }, { now: END, random }, () => Promise.reject(new Error("asked again"))),
      right: ({ ok }) => ok,
    },
    entries("the newest page", () => ({})),
    entries("a page half a year back", () => ({}), full, deep),
    entries("a day", (n) => ({ from: BEGINNING + (n % 365) * DAY, to: BEGINNING + (n % 365 + 1) * DAY })),
    entries("a person's entries", (n) => ({ resource: `user/${someone(n)}` }), ({ rows, next }) => rows.length < PAGE && next === null),
    entries("an operator's, half a year back", (n) => ({ resource: operator(n) }), some, deep),
    entries("a job that did a million things", (n) => ({ actor: job(n) }), full),
    entries("the same, half a year back", (n) => ({ actor: job(n) }), full, deep),
    entries("an officer, half a year back", (n) => ({ actor: staff(n) }), some, deep),
    entries("an officer on a day", (n) => ({ actor: staff(n), from: MIDDLE, to: MIDDLE + DAY }), ({ rows }) => rows.length < PAGE),
    entries("an action, half a year back", () => ({ action: "user.changed" }), full, deep),
    entries("every action of a type, half a year back", () => ({ action: "user.*" }), full, deep),
    entries("one action of a job that did a million things", (n) => ({ actor: job(n), action: "user.locked" }), ({ rows }) => rows.length === 0),
    entries("what was refused, of which there is nothing", () => ({ outcome: "refused" }), ({ rows }) => rows.length === 0),
    entries("what is suspicious, of which there is nothing", () => ({ flag: "any" }), ({ rows }) => rows.length === 0),
    entries("what a job did to an operator", (n) => ({ actor: job(n), resource: operator(n) }), some),
    entries("nothing there is", (n) => ({ resource: "user/nobody", actor: job(n) }), ({ rows }) => rows.length === 0),
  ];
}

function userQuestions({ users }: Sizes): Question[] {
  const list = (
    what: string, filter: UserFilter, right: Question["right"] = full, after: Cursor | null = null, sort: keyof typeof BY_CREATION = "-createdAt",
  ): Question => ({
    what: `accounts: ${what}`,
    ask: (office) => listUsers(office, filter, page(BY_CREATION[sort], after)),
    right,
  });
  const halfway: Cursor = [BEGINNING + users / 2, ""];
  return [
    list("the newest page", { deleted: false }),
    list("a page halfway", { deleted: false }, full, halfway),
    list("the oldest first, halfway", { deleted: false }, full, halfway, "createdAt"),
    list("the active, halfway", { deleted: false, state: "active" }, full, halfway),
    list("the suspended, one in a hundred", { deleted: false, state: "suspended" }, some),
    list("the deleted, of whom there are none", { deleted: true }, ({ rows }) => rows.length === 0),
  ];
}

/** What is asked of the copy of Register, each together with how current it is. */
function copyQuestions({ exclusions, exclusionChanges, operators }: Sizes): Question[] {
  const reference = (n: number): string => referenceOf((n * 7_919) % exclusions);
  const someOperator = (n: number): string => `op${n % operators}`;
  const deep = (n: number): Cursor => [MIDDLE - n * DAY / 100, ""];
  const first = (rows: number): Question["right"] => ({ rows: [found] }) => found.length === rows;
  /** The row beyond says that another page follows. */
  const more = first(PAGE + 1);
  const list = (
    what: string, filter: ExclusionFilter, right = more, after: (n: number) => Cursor | null = () => null, sort: keyof typeof BY_START = "-startedAt",
  ): Question => ({
    what: `exclusions: ${what}`,
    ask: (office, n) => readCopy(office, (database) => [exclusionsPage(database, filter, page(BY_START[sort], after(n)))]),
    right,
  });
  const year = { from: BEGINNING, to: END };
  return [
    list("the newest page", {}),
    list("a page half a year back", {}, more, deep),
    list("the oldest first, half a year on", {}, more, deep, "startedAt"),
    list("the active, half a year back", { state: "active" }, more, deep),
    list("a person's", { personId: userId(Math.floor(exclusions / 2)) }, first(1)),
    list("a policy's, half a year back", { policy: "1y" }, more, deep),
    list("a policy's active, half a year back", { state: "active", policy: "1y" }, more, deep),
    list("a day's active that only the last days have, half a year back", { state: "active", policy: "24h", ...year }, first(0), deep),
    list("the active of a time before there were any", { state: "active", to: BEGINNING }, first(0)),
    {
      what: "exclusions: one with what happened to it",
      ask: (office, n) => readCopy(office, (database) => [exclusionByReference(database, reference(n)), lastChanges(database, reference(n), 200)]),
      right: ({ rows: [found, changes] }) => found.length === 1 && changes.length === exclusionChanges / exclusions,
    },
    {
      what: "exclusions: a reference nobody has",
      ask: (office, n) => readCopy(office, (database) => [exclusionByReference(database, `x${n}`), lastChanges(database, `x${n}`, 200)]),
      right: first(0),
    },
    {
      what: "operators: a page by name",
      ask: (office, n) => {
        const [state, asked] = [n % 4 < 2 ? "active" as const : undefined, page(directory.BY_NAME.name, n % 2 ? ["Operator 1", ""] : null)];
        return readCopy(office, (database) => [directory.operatorsPage(database, state, asked)]);
      },
      right: ({ rows: [found] }) => found.length > 0,
    },
    {
      what: "operators: one with the last 200 things that happened to it",
      ask: (office, n) =>
        readCopy(office, (database) => [directory.operatorById(database, someOperator(n)), directory.lastChanges(database, someOperator(n), 200)]),
      right: ({ rows: [found, changes] }) => found.length === 1 && changes.length === 200,
    },
    {
      what: "operators: a page of one's keys, half a year back",
      ask: (office, n) => readCopy(office, (database) => [directory.keysPage(database, someOperator(n), undefined, page(directory.BY_ISSUE["-issuedAt"], deep(n % 100)))]),
      right: ({ rows: [found] }) => found.length > 0,
    },
  ];
}

/** What is asked of the figures of exclusions, and to count them. */
function figureQuestions({ exclusions, exclusionChanges }: Sizes): Question[] {
  const day = (n: number) => ({ from: BEGINNING + (n % 365) * DAY, until: BEGINNING + (n % 365 + 1) * DAY });
  return [
    {
      what: "figures: a year of months for everybody",
      ask: (office) => readPublished(office, { from: "2026-01", to: "2026-12" }, END),
      right: ({ months }) => months.length === 12 && months[5].begun.status === "published" && months[5].byCounty[3].status === "published",
    },
    {
      what: "figures: a month of days by county for staff, with its ends",
      ask: (office) => readDetailed(office, { from: "2026-07-01", to: "2026-07-31" }, { by: "county", figure: "begun" }, END),
      right: ({ days, ends, propagation }) => days.length === 31 && days[30].complete && days[0].counts.length === 47 && ends.ended > 0 && propagation.length > 0,
    },
    { what: "figures: a part of a day's changes, to count them", ask: ({ primary }, n) => changesWithin(primary, day(n), null, 250), right: (found) => found.length > 0 },
    {
      what: "figures: what happened to a hundred exclusions, to count it",
      ask: ({ primary }, n) => historiesOf(primary, Array.from({ length: 100 }, (_, at) => referenceOf((n * 7_919 + at) % exclusions))),
      right: (found) => found.length === 100 * exclusionChanges / exclusions,
    },
  ];
}
