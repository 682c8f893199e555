/** Tokens gone wrong, by accident and on purpose: none may stand for anybody it was not issued for. */
import { KINDS } from "../../bst/kinds.ts";
import { lineageFrom } from "../../bst/pseudonym.ts";
import { formatToken, parseToken, type TokenParts } from "../../bst/text.ts";
import { equalBytes } from "../../kernel/bytes.ts";
import { Draw } from "../../simulation/draw.ts";
import { type Ground, kindOf, OPERATORS, type OperatorId } from "./ground.ts";

const LETTERS = [..."QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LBIO1-bstqpzß\u0000\u{1f0a1} "];
const BODY_BYTES = 32;
const EPOCHS = 32;

/** A token as it is presented, and by whom. */
interface Presented {
  text: string;
  operator: OperatorId;
}

type Edit = (text: string, draw: Draw) => string;

const place = (text: string, draw: Draw): number => draw.whole(0, text.length - 1);

/** So that only the seal is left to refuse it: the checksum is right, as a forger's would be. */
const reissued = (text: string, change: (parts: TokenParts) => Partial<TokenParts>): string => {
  const parts = parseToken(text)!;
  return formatToken({ ...parts, ...change(parts) });
};

const EDITS: Record<string, Edit> = {
  substituted(text, draw) {
    for (let times = draw.whole(1, 3); times > 0; times--) {
      const at = place(text, draw);
      text = text.slice(0, at) + draw.pick(LETTERS) + text.slice(at + 1);
    }
    return text;
  },
  swapped(text, draw) {
    const [a, b] = [place(text, draw), place(text, draw)].toSorted((one, other) => one - other) as [number, number];
    return a === b ? text : text.slice(0, a) + text[b] + text.slice(a + 1, b) + text[a] + text.slice(b + 1);
  },
  inserted(text, draw) {
    const at = draw.whole(0, text.length);
    return text.slice(0, at) + draw.pick(LETTERS) + text.slice(at);
  },
  deleted(text, draw) {
    const at = place(text, draw);
    return text.slice(0, at) + text.slice(at + 1);
  },
  truncated: (text, draw) => (draw.chance(0.5) ? text.slice(0, place(text, draw)) : text.slice(draw.whole(1, text.length))),
  "in mixed case": (text, draw) => [...text].map((char) => (draw.chance(0.5) ? char.toLowerCase() : char)).join(""),
  "of another epoch": (text, draw) => reissued(text, () => ({ epoch: draw.whole(0, EPOCHS - 1) })),
  "of another generation": (text, draw) => reissued(text, () => ({ generation: draw.whole(0, EPOCHS - 1) })),
  "of another kind": (text, draw) => reissued(text, () => ({ kind: draw.pick(KINDS) })),
  forged: (text, draw) =>
    reissued(text, ({ body }) => {
      const at = draw.whole(0, BODY_BYTES - 1);
      return { body: body.with(at, body[at]! ^ (1 << draw.whole(0, 7))) };
    }),
};

type Mutation = (text: string, draw: Draw) => Presented;

const MUTATIONS: (readonly [name: string, mutation: Mutation])[] = [
  ...Object.entries(EDITS).map(([name, edit]) => [name, (text, draw) => ({ text: edit(text, draw), operator: OPERATORS[0] })] as [string, Mutation]),
  ["another operator's", (text) => ({ text, operator: OPERATORS[1] })],
  ["another operator's, of another epoch", (text, draw) => ({ text: EDITS["of another epoch"]!(text, draw), operator: OPERATORS[1] })],
];

/** What can be wrong with them, as it is counted. */
export const SORTS = MUTATIONS.map(([name]) => name);

/** How many tokens there are to begin with. */
const WHOLE = 100;

/**
 * `accepted` counts mutated tokens that stand for somebody, `read` those of them that are read as what they were: the
 * same symbols in another writing, for the same person. Others may not be.
 */
export function mutate(ground: Ground, seed: number, count: number): Record<string, number> {
  const draw = new Draw(`mutations from ${seed}`);
  const known = Array.from({ length: WHOLE }, (_, n) => ({ kind: kindOf(n), p: lineageFrom(ground.identity, draw.bytes(64)) }));
  const tokens = ground.issue(OPERATORS[0], known);
  const counts: Record<string, number> = { inputs: 0, accepted: 0, read: 0 };
  while (counts.inputs! < count) {
    const at = draw.whole(0, WHOLE - 1);
    const [name, mutation] = draw.pick(MUTATIONS);
    const mutated = mutation(tokens[at]!, draw);
    if (mutated.text === tokens[at] && mutated.operator === OPERATORS[0]) continue;
    counts.inputs!++;
    counts[name] = (counts[name] ?? 0) + 1;
    const found = ground.open(mutated.operator, mutated.text);
    if (!found) continue;
    const isItself = mutated.operator === OPERATORS[0] && says(mutated.text) === says(tokens[at]!) && equalBytes(found, known[at]!.p);
    counts[isItself ? "read" : "accepted"]!++;
  }
  return counts;
}

/** A token's symbols, however they are written. */
const says = (text: string): string => text.toUpperCase().replaceAll(/[\s-]/g, "");
