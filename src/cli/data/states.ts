/** docs/states.md: every state there is and every way between, from the tables the code runs on. */
import { fileURLToPath } from "node:url";
import { CASE_TRANSITIONS, type CaseEvent, type CaseState } from "../../domains/exclusions/cases/model.ts";
import { type ExclusionEvent, type ExclusionState, TRANSITIONS } from "../../domains/exclusions/model.ts";
import { NOTICES, type Notice } from "../../domains/exclusions/outbox.ts";
import { notices, tidings, vault } from "../../i18n/en/index.ts";

export const STATES_PAGE = fileURLToPath(new URL("../../../docs/states.md", import.meta.url));

/** Something that goes from state to state: a section of the page. */
export interface Stateful<State extends string, Event extends string> {
  name: string;
  about: string;
  /** State × event → state. A state without events is over. */
  transitions: Readonly<Record<State, Partial<Record<Event, State>>>>;
  /** By the state it begins in: how. */
  begins: Partial<Record<State, string>>;
  /** Who can cause an event. */
  causes: Readonly<Record<Event, string>>;
  /** What the person reads of it; null is nothing. */
  told(event: Event): string | null;
}

const CAUSES: Readonly<Record<ExclusionEvent, string>> = {
  "lengthened": "its holder, with one act; two officers, at its holder's request",
  "identifier-added": "its holder",
  "identifier-confirmed": "the state's register of persons",
  "identifier-dropped": "by itself: nothing confirmed in time what was only typed",
  "identifier-released": "whom the network gave the number to since, proven by the state's register or before an officer",
  "reminded": "by itself: 30, 14 and 7 days before the promised end",
  "renewed": "by itself: a permanent one begins its next term",
  "review-granted": "two officers",
  "review-refused": "two officers",
  "ending-asked": "its holder, after the promised end: the first act",
  "ending-cancelled": "its holder, at any time",
  "ending-lapsed": "by itself: the second act did not come in time",
  "ending-confirmed": "its holder, after the waiting time: the second act",
  "promised-end-passed": "by itself",
  "measure-upheld": "two officers",
  "measure-lapsed": "by itself: nobody decided in time",
  "dismissed": "two officers, of what a case imposed; never of a person's own",
  "annulment-begun": "two officers, who found that it was never its holder's",
  "annulment-stopped": "its holder, or one officer",
  "annulled": "by itself: nobody objected in time",
};

/** What is told of events that do not move an exclusion. */
const BESIDE: Partial<Record<ExclusionEvent, Notice["template"]>> = { "lengthened": "exclusion-extended", "identifier-released": "phone-released" };

const EXCLUSION: Stateful<ExclusionState, ExclusionEvent> = {
  name: "An exclusion",
  about: "In force: `active`, `ending`, `provisional`, `annulling`. A person's own is out of force by its promised end, by two acts of theirs, or by an annulment nobody objected to; " +
    "by nothing else, and never back.",
  transitions: TRANSITIONS,
  begins: { active: "registered, or imposed", provisional: "a measure is taken" },
  causes: CAUSES,
  told: (event) => {
    const template = { ...BESIDE, ...NOTICES }[event];
    return template ? ({ ...vault, ...notices } as Record<string, string>)[`inbox.${template}`]! : null;
  },
};

const CASE_CAUSES: Readonly<Record<CaseEvent, string>> = {
  "filed": "a citizen by their proven phone, or an officer for a court or an operator",
  "joined": "a further requester about the same person",
  "left": "a requester beside others, who takes their own voice back",
  "evidence-added": "a party, or an officer",
  "notified": "an officer; the hearing begins",
  "answered": "whom it is about",
  "proposed": "an officer",
  "sent-back": "another officer",
  "measure-taken": "two officers, with evidence",
  "decided": "two officers, the hearing being over where there is one",
  "settled": "two officers, or one of a longer end or a complaint; nobody can appeal",
  "appealed": "whom it is about, or who asked",
  "appeal-decided": "two officers, neither of whom decided before",
  "objected": "the exclusion's holder, or one officer: its annulment is stopped",
  "time-passed": "by itself: nobody appealed, or objected, in time",
  "withdrawn": "who asked for it, where no measure runs",
};

/** What a party is told by SMS; what it is about stands on their page alone. */
const TIDINGS: Partial<Record<CaseEvent, keyof typeof tidings>> = {
  "notified": "sms.case-heard", "decided": "sms.case-decided", "settled": "sms.case-decided", "appealed": "sms.case-appealed", "appeal-decided": "sms.case-decided",
  "withdrawn": "sms.case-decided",
};

const CASE: Stateful<CaseState, CaseEvent> = {
  name: "A case",
  about: "Nothing in it moves an exclusion by itself: Register carries out what was decided, by a command with the decision's id, and judges it by the table above.",
  transitions: CASE_TRANSITIONS,
  begins: { open: "filed" },
  causes: CASE_CAUSES,
  told: (event) => {
    const name = TIDINGS[event];
    return name === undefined ? null : tidings[name];
  },
};

/** Everything that has states, in the order of the page. */
const SECTIONS = [statesSection(EXCLUSION), statesSection(CASE)];

type Way = [from: string, event: string, to: string];

export function statesSection<State extends string, Event extends string>({ name, about, transitions, begins, causes, told }: Stateful<State, Event>): string {
  const states = Object.keys(transitions) as State[];
  const ways = states.flatMap((from) => Object.entries(transitions[from]).map(([event, to]) => [from, event, to] as Way));
  const rows = (Object.entries(causes) as [Event, string][]).map(([event, cause]) =>
    `| \`${event}\` | ${where(ways.filter(([, of]) => of === event))} | ${cause} | ${told(event) ?? "nothing"} |`);
  const head = ["| event | where | who can cause it | what the person reads |", "| --- | --- | --- | --- |"];
  return [`## ${name}`, about, diagram(states, ways, begins), [...head, ...rows].join("\n")].join("\n\n");
}

/** Only what changes the state: the rest stands in the table. */
function diagram(states: readonly string[], ways: readonly Way[], begins: Record<string, string | undefined>): string {
  const changes = Map.groupBy(ways.filter(([from, , to]) => from !== to), ([from, , to]) => `  ${from} --> ${to}`);
  const over = states.filter((state) => !ways.some(([from]) => from === state));
  return [
    "```mermaid", "stateDiagram-v2",
    ...Object.entries(begins).map(([state, how]) => `  [*] --> ${state}: ${how}`),
    ...[...changes].map(([way, all]) => `${way}: ${all.map(([, event]) => event).join(", ")}`),
    ...over.map((state) => `  ${state} --> [*]`),
    "```",
  ].join("\n");
}

function where(ways: readonly Way[]): string {
  const within = ways.filter(([from, , to]) => from === to).map(([from]) => `\`${from}\``);
  const between = ways.filter(([from, , to]) => from !== to).map(([from, , to]) => `\`${from}\` → \`${to}\``);
  return [...(within.length > 0 ? [`in ${within.join(", ")}`] : []), ...between].join("; ") || "at the beginning";
}

/** The whole page. */
export function statesPage(): string {
  const intro = "Written by `npm run data` from the tables the code itself goes by; a test fails when it is not what would be written. What no table lists cannot happen: " +
    "the code throws. What a person reads is the text of their inbox, in their language, and the SMS says less; of a case it is the SMS.";
  return `${["# States", intro, ...SECTIONS].join("\n\n")}\n`;
}
