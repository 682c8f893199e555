import type { Instant } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import type { StaffRefusal } from "../../users/people/rpc.ts";
import type { AskedFor } from "../desk/model.ts";
import type { RunState } from "./model.ts";

/** A recorded run as the operator's people see it. */
export interface RunSeen {
  id: string;
  address: string;
  state: RunState;
  kit: string;
  begunAt: Instant;
  endedAt: Instant | null;
  /** Null until the end, or where nobody knows. */
  testChecks: number | null;
}

/** What came of one scenario; `passed` is null until it was asked. */
export interface ResultSeen {
  scenario: string;
  came: string | null;
  passed: boolean | null;
}

export interface AskedRun extends AskedFor {
  runId: string;
}

/** Both fields as typed. */
export interface RunWish {
  formId: string;
  address: string;
  secret: string;
}

/** The first two stand beside their field; `under-way`: one of this operator is. */
export type RunRefusal = StaffRefusal | { refusal: "address-unfit" | "secret-unfit" | "under-way" | "command-reused" };

/** What the portal may ask of origin about runs of the conformance kit. Each verb asks who they are and what they may for that operator. */
export interface ConformanceDeskRpc {
  /** The newest 50, and whether the visitor may begin one. */
  runs(request: AskedFor): Promise<Result<{ runs: RunSeen[]; may: { run: boolean } }, StaffRefusal>>;
  run(request: AskedRun): Promise<Result<{ run: RunSeen; results: ResultSeen[]; certificate: string | null }, StaffRefusal>>;
  /** Repeatable by `formId`. */
  begin(request: AskedFor & RunWish): Promise<Result<{ runId: string }, RunRefusal>>;
}
