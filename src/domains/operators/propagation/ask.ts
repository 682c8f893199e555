import { within } from "../../../check/regions.ts";

/** How feeds are asked: so many at the same time, each for so long. */
export interface AskingTerms {
  atOnce: number;
  deadlineMs: number;
  wait: (ms: number) => Promise<void>;
}

/** Asks each; null for who did not answer in time, or broke. Nobody who hangs keeps the others waiting for longer than a deadline. */
export async function askEach<One, Answer>(ones: readonly One[], ask: (one: One) => Promise<Answer>, { atOnce, deadlineMs, wait }: AskingTerms): Promise<(Answer | null)[]> {
  const answers: (Answer | null)[] = ones.map(() => null);
  const places = ones.keys();
  const worker = async (): Promise<void> => {
    for (const place of places) answers[place] = await within(ask(ones[place]!), deadlineMs, wait).catch(() => null);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return answers;
}
