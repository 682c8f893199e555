import { expect, test } from "vitest";
import { DAY } from "../../../src/kernel/clock.ts";
import { phone, RegisterHere } from "../../support/register.ts";

const told = async (register: RegisterHere, reference: string, n = 1) =>
  (await register.asOriginAsks.historyOf(phone(n).p, reference))?.map(({ event }) => event) ?? null;

test("what happened to an exclusion is told to its holder in order, with its times, and nothing else of the log is", async () => {
  const register = new RegisterHere();
  const began = register.now;
  const reference = register.register(1, "30d", 7);
  register.wait(15 * DAY);
  register.toExtend(1, "6m")();
  register.toExtend(1, "7d")();
  const lengthened = register.now;
  const endsAt = register.receipts(1)[0]!.endsAt!;
  register.wait(endsAt - register.now);
  register.toAct("askToEnd", 1, reference)();
  register.toAct("keep", 1, reference)();
  register.toAct("askToEnd", 1, reference)();
  register.wait(7 * DAY);
  register.toAct("confirmEnding", 1, reference)();
  const history = await register.asOriginAsks.historyOf(phone(1).p, reference);
  expect(history![0]).toEqual({ at: began, event: "began", endsAt: null });
  expect(history!.find(({ event }) => event === "lengthened")).toEqual({ at: lengthened, event: "lengthened", endsAt });
  const without = (await told(register, reference))!.filter((event) => event !== "reminded");
  expect(without).toEqual(["began", "lengthened", "ending-asked", "ending-cancelled", "ending-asked", "ended"]);
});

test("and to nobody else, nor of another exclusion", async () => {
  const register = new RegisterHere();
  const [mine, theirs] = [register.register(1, "24h"), register.register(2, "24h")];
  expect(await told(register, mine)).toEqual(["began"]);
  for (const [reference, n] of [[theirs, 1], [mine, 2], [mine, 3], ["NSER-0000000000", 1]] as const) expect(await told(register, reference, n)).toBeNull();
});
