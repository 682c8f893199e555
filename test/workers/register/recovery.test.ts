import { describe, expect, test } from "vitest";
import { MINUTE } from "../../../src/kernel/clock.ts";
import { START } from "./doubles.ts";
import { DESTROYED, enrolment, keptRegister } from "./kept-register.ts";
import { aCommand, fault, phone, registered } from "./support.ts";

describe("a Register whose storage is empty", () => {
  test("begins only after it wrote that it did, and not while the bucket is away", async () => {
    const { api, bucket, again } = keptRegister();
    bucket.setAway("before");
    expect(await fault(() => api.register(aCommand("24h", phone(1))))).toContain("the bucket is away");
    bucket.setAway(null);
    await registered(again().api, aCommand("24h", phone(1)));
    expect(bucket.keys()).toContain("genesis");
  });

  test("is not taken for destroyed because the answer to its own writing was lost", async () => {
    const { api, bucket, again } = keptRegister();
    bucket.setAway("after");
    expect(await fault(() => api.poll(0))).toContain("the bucket is away");
    expect(bucket.keys()).toEqual(["genesis"]);
    bucket.setAway(null);
    expect((await again().api.poll(0)).seq).toBe(0);
  });

  test("and was another's before answers nothing, takes nothing and says so each minute", async () => {
    const { api, destroy, left, goOn } = keptRegister();
    await registered(api, aCommand("24h", phone(1)));
    await left();
    await destroy();
    const calls = [
      () => api.poll(0), () => api.pollByIsolate(0), () => api.copy(null), () => api.register(aCommand("24h", phone(1))),
      () => api.exclusionsOf(phone(1).p), () => api.undelivered(1), () => api.keyHolder("00"), () => api.enrolOperator(enrolment),
    ];
    for (const call of calls) expect(await fault(call)).toBe(DESTROYED);
    await goOn(START + MINUTE);
    expect(JSON.parse((await api.lines()).at(-1)!)).toMatchObject({ "log.level": "error", "message": DESTROYED });
    expect((await api.recovery()).state).toBe("destroyed");
  });
});

test("a Register in order is not restored", async () => {
  const { api } = keptRegister();
  await registered(api, aCommand("24h", phone(1)));
  expect(await api.restoreStep({ without: [], acceptEnd: null })).toMatchObject({ state: "in-order", report: null });
  expect((await api.poll(0)).seq).toBe(1);
});
