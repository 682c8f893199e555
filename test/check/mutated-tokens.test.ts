import { beforeAll, expect, it } from "vitest";
import { KINDS } from "../../src/bst/kinds.ts";
import { formatToken, parseToken, readToken } from "../../src/bst/text.ts";
import { World } from "../support/world.ts";

/** `npm run prove:tokens` goes through a million. */
const MUTATIONS = 100_000;
const LETTERS = [..."QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LBIO1-bstqpzß\u0000\u{1f0a1} \u2013\u200b"];

/** xorshift32: quick, and the same on every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const world = new World();

beforeAll(async () => {
  world.exclude(1);
  await world.check(world.token(1));
  await world.settle();
  await world.keeper.refresh();
});

it("of very many mutated tokens none is answered with a decision", { timeout: 60_000 }, () => {
  const draw = numbers(20_261_123);
  const caller = world.caller();
  const whole = [world.token(1), world.token(2)];
  const edits: ((text: string, at: number) => string)[] = [
    (text, at) => text.slice(0, at) + LETTERS[draw(LETTERS.length)] + text.slice(at + 1),
    (text, at) => text.slice(0, at) + text.slice(at + 1),
    (text, at) => text.slice(0, at) + LETTERS[draw(LETTERS.length)] + text.slice(at),
    (text, at) => text.slice(0, at) + (text[at + 1] ?? "") + text[at] + text.slice(at + 2),
    (text, at) => text.slice(0, at) + text.slice(draw(at + 1)),
  ];
  const mistyped = (text: string): string => {
    for (let edit = draw(3); edit >= 0; edit--) text = edits[draw(edits.length)]!(text, draw(text.length));
    return text;
  };
  // With a right checksum, as a forger's would be, so that only the seal is left to refuse it.
  const forged = (text: string): string => {
    const { kind, epoch, generation, body } = parseToken(text)!;
    const flipped = draw(8) === 0 ? body : body.with(draw(32), draw(256));
    const relabelled = draw(2) === 0 ? { kind, epoch, generation } : { kind: KINDS[draw(KINDS.length)]!, epoch: draw(2), generation: draw(32) };
    return formatToken({ ...relabelled, body: flipped });
  };
  // Case and separators are not the token's: what differs in them alone is the same token.
  const bare = (text: string): string => text.replace(/[\s\p{Pd}\u200b]/gu, "").replace(/[a-z]/g, (letter) => letter.toUpperCase());
  const isWhole = (token: string): boolean => whole.some((one) => bare(one) === bare(token)) && readToken(token) !== null;
  const said = new Map<string, number>();
  for (let n = 0; n < MUTATIONS; n++) {
    const token = (draw(2) === 0 ? mistyped : forged)(whole[n % 2]!);
    if (isWhole(token)) continue;
    const outcome = world.checker.fromMemory(caller, { tokens: [token], purpose: "login" });
    const word = outcome === null ? "nothing" : outcome.ok ? `${outcome.answer.decision} for ${token}` : outcome.problem;
    said.set(word, (said.get(word) ?? 0) + 1);
  }
  expect([...said.keys()]).toEqual(["token-invalid"]);
  expect(said.get("token-invalid")).toBeGreaterThan(0.9 * MUTATIONS);
});
