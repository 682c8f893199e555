import { available, ProblemError } from "../../../api/problem.ts";
import { refuse } from "../../../api/refusals.ts";
import type { Problem } from "../../../kernel/problem.ts";
import type { Result } from "../../../kernel/result.ts";
import type { DirectoryRefusal } from "../../operators/rpc.ts";

/** A text that is no token of the operator's. */
export interface TokenRefusal {
  refusal: "token-invalid";
  problem: Problem;
}

/** What a verb on a token came to; thrown as its problem where it was refused. */
export async function settled<Answer extends object>(verb: Promise<Result<Answer, DirectoryRefusal | TokenRefusal>>): Promise<Answer> {
  const answer = await available(verb);
  if (answer.ok) return answer;
  if (answer.refusal === "token-invalid") throw new ProblemError(answer.refusal, answer.problem);
  return refuse(answer);
}
