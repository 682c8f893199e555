/** A register that knows the test persons alone, as a `fetch`: it speaks the wire, and opens no token. */
import { TEST_PERSONS } from "../../src/bst/test-persons.ts";
import { formatToken, parseToken } from "../../src/bst/text.ts";
import { PROBLEM_CONTENT_TYPE, problem, type ProblemCode } from "../../src/kernel/problem.ts";

const refusal = (code: ProblemCode): Response =>
  Response.json(problem(code), { status: problem(code).status, headers: { "content-type": PROBLEM_CONTENT_TYPE, "retry-after": "0" } });

/** A token whose body says whose it is. */
const tokenFor = ({ type, value }: any) => {
  const at = TEST_PERSONS.findIndex(({ identifiers }) => identifiers[type as "msisdn"] === value);
  return { type, token: formatToken({ kind: type, epoch: 0, generation: 0, body: new Uint8Array(32).fill(at) }) };
};

function checked({ tokens, token, purpose }: any): Response {
  const [first] = (tokens ?? [token]).map(parseToken);
  const { answer } = TEST_PERSONS[first.body[0]]!;
  if (answer !== "clear" && answer !== "excluded") return refusal(answer);
  return Response.json({ decision: answer, purpose, kinds: ["msisdn"], sequence: 1, freshThrough: "x", maxStalenessMs: 9, answerId: "a", ...(purpose === "payout" && { mustPay: true }) });
}

export function sandbox() {
  const asked: { path: string; body: any }[] = [];
  const fetch = async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const one = { path: new URL(String(url)).pathname, body: JSON.parse(String(init?.body)) };
    asked.push(one);
    return one.path === "/v1/tokens" ? Response.json({ tokens: one.body.identifiers.map(tokenFor) }) : checked(one.body);
  };
  return { fetch, asked };
}
