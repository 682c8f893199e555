import { within } from "../../../check/regions.ts";

/** How feeds are asked: so many at the same time, each for so long, and all of them together. */
export interface AskingTerms {
  atOnce: number;
  eachMs: number;
  allMs: number;
  wait: (ms: number) => Promise<void>;
}

/** Asks each; null for who did not answer in time, or broke. Nobody who hangs keeps the others waiting, nor whoever asks for longer than `allMs`. */
export async function askEach<One, Answer>(ones: readonly One[], ask: (one: One) => Promise<Answer>, { atOnce, eachMs, allMs, wait }: AskingTerms): Promise<(Answer | null)[]> {
  const answers: (Answer | null)[] = ones.map(() => null);
  const places = ones.keys();
  let isOver = false;
  const inTurn = async (): Promise<void> => {
    for (const place of places) {
      const answer = await within(ask(ones[place]!), eachMs, wait).catch(() => null);
      if (isOver) return;
      answers[place] = answer;
    }
  };
  await Promise.race([Promise.all(Array.from({ length: Math.min(atOnce, ones.length) }, inTurn)), wait(allMs)]);
  isOver = true;
  return answers;
}
