/** What is done in steps until it is done: each answers how far it is. */
import { type Answer, type Call, send } from "./call.ts";

interface Steps {
  path: string;
  /** The body of the next step; null when the last one finished it. */
  next: (said: Record<string, unknown>) => Record<string, unknown> | null;
}

const STEPS: Record<string, Steps> = {
  "rewrap": { path: "/v1/encryption-keys/rewrap", next: ({ next }) => (next === null || next === undefined ? null : { cursor: next }) },
};

export const stepNames = Object.keys(STEPS);

/** Repeats a step until it is done, telling each; answers the last. A step that is refused ends it. */
export async function runSteps(url: string, token: string, name: string, tell: (body: unknown) => void): Promise<Answer> {
  const { path, next } = STEPS[name]!;
  for (let body: Record<string, unknown> | null = {}; ; ) {
    const call: Call = { method: "post", path, query: new URLSearchParams(), body, headers: {} };
    const answer = await send(url, token, call);
    if (answer.status >= 300) return answer;
    body = next((answer.body ?? {}) as Record<string, unknown>);
    if (!body) return answer;
    tell(answer.body);
  }
}
