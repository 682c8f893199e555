/** What does not compile: each slip that would let somebody in who is excluded, or keep somebody's money back. `npm run check` compiles it. */
import { expect, it } from "vitest";
import { RegisterClient, type Result } from "../../src/client/index.ts";

/** Never run. */
export async function slips(register: RegisterClient, result: Result, letIn: () => void): Promise<void> {
  // @ts-expect-error there is nothing of this name to be true
  if (result.clear) letIn();
  // @ts-expect-error nor to be false
  if (!result.excluded) letIn();
  // @ts-expect-error what is not decided has no decision to be compared
  if (result.decision !== "excluded") letIn();
  // @ts-expect-error nor one to look at
  if (result.decision === "clear") letIn();
  // @ts-expect-error an answer that was not waited for is always there
  if (register.mayPlay("BST-3", "bet")) letIn();
  // @ts-expect-error nor is one that was not waited for a result
  if (register.check("BST-3", "bet").mayPlay) letIn();
  // @ts-expect-error a result is no yes or no
  const may: boolean = await register.check("BST-3", "bet");
  // @ts-expect-error a payout is no check: its answer keeps nothing back
  await register.check("BST-3", "payout");
  // @ts-expect-error of a purpose there is no other
  await register.mayPlay("BST-3", "play");
  if (may) letIn();
}

/** Never run: what does compile. */
export async function right(register: RegisterClient, result: Result): Promise<boolean> {
  if (await register.mayPlay("BST-3", "bet")) return true;
  const mustPay: true = (await register.payout("BST-3")).mustPay;
  if ("why" in result) return false;
  const decision: "clear" | "excluded" = result.decision;
  return mustPay && (decision === "clear") === result.mayPlay;
}

it("is compiled, not run", () => expect([slips, right]).toHaveLength(2));
