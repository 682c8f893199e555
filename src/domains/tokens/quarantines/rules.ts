import type { Result } from "../../../kernel/result.ts";
import type { QuarantineState, QuarantineStep } from "./model.ts";

export interface QuarantineRefusal {
  refusal: "appealed-already" | "lifted-already" | "nothing-to-uphold";
}

/** Each quarantine can be appealed once. */
export const judgeAppeal = (state: QuarantineState): Result<object, QuarantineRefusal> =>
  state === "open" ? { ok: true } : { ok: false, refusal: state === "lifted" ? "lifted-already" : "appealed-already" };

/** One is upheld against an appeal; lifted it is at any time. */
export function judgeStep(state: QuarantineState, step: QuarantineStep): Result<{ state: QuarantineState }, QuarantineRefusal> {
  if (state === "lifted") return { ok: false, refusal: "lifted-already" };
  if (step === "lift") return { ok: true, state: "lifted" };
  return state === "appealed" ? { ok: true, state: "upheld" } : { ok: false, refusal: "nothing-to-uphold" };
}
