import { describe, expect, test, vi } from "vitest";
import { DEFAULT_TERMS } from "../../../src/check/terms.ts";
import { DAY, HOUR } from "../../../src/kernel/clock.ts";
import { START } from "./doubles.ts";
import { enrolment, excluded, held, keptRegister, numbers } from "./kept-register.ts";
import { aCommand, fault, phone, registered, typed } from "./support.ts";

describe("a Register that was rolled back", () => {
  test("sees by the bucket that it was before it vouches, and what it took on since is merged", async () => {
    const { api, left, image, putBack, restore, members, rows, goTo } = keptRegister();
    await registered(api, aCommand("24h", phone(1)));
    await left();
    const old = await image();
    await registered(api, aCommand("24h", phone(2)));
    const lost = await registered(api, aCommand("24h", phone(3)));
    const { logId } = await api.poll(0);
    await left();
    await putBack(old);
    await api.setNow(START + 1_000);
    expect(await fault(() => api.poll(0))).toContain("lost rows");
    const command = aCommand("permanent", phone(3), [typed(3)]);
    const again = await api.register(command);
    const fresh = await registered(api, aCommand("24h", phone(4)));
    expect((await api.recovery()).state).toBe("rows-lost");
    await held("weur/1", logId, [excluded(2, START, phone(2)), excluded(3, START, phone(3)), excluded(4, START, phone(5))]);
    const { report } = await restore();
    expect(report).toMatchObject({ seq: 3, merged: [again.ok && again.receipt.reference, fresh.reference], salvaged: [4] });
    expect(await members()).toEqual(numbers(phone(1), phone(2), phone(3), typed(3), phone(4), phone(5)));
    expect(await api.exclusionsOf(phone(3).p)).toMatchObject([{ reference: lost.reference, endsAt: null, endMode: "confirmed" }]);
    expect(await api.register(command)).toEqual(again);
    expect(await rows("select count(*) as n from phoneHolders")).toEqual([{ n: 4 }]);
    await goTo(START + 2 * DAY);
    expect(await members()).toEqual(numbers(phone(3), typed(3), phone(5)));
  });

  test("knows the canaries from before and since, and what customers were declared last", async () => {
    const { api, left, image, putBack, restore, members } = keptRegister();
    const enrolled = await api.enrolOperator(enrolment);
    const operator = enrolled.ok ? enrolled.operator.id : "";
    await api.issueKey({ commandId: "k", fingerprint: "g", operator, hash: "00ff", sealedReply: new Uint8Array([9]) });
    await api.putCanary({ id: "one", p: phone(1).p, excluded: true });
    await left();
    const old = await image();
    await registered(api, aCommand("24h", phone(2)));
    await left();
    await putBack(old);
    await api.setNow(START + 1_000);
    expect(await fault(() => api.poll(0))).toContain("lost rows");
    await api.putCanary({ id: "two", p: phone(3).p, excluded: true });
    await api.declareCustomers({ operator, declaredCustomers: 70 });
    await restore();
    expect((await api.canariesAmong([phone(1).p, phone(3).p])).toSorted()).toEqual(["one", "two"]);
    expect(await members()).toEqual(numbers(phone(1), phone(2), phone(3)));
    expect(await api.keyHolder("00ff")).toMatchObject({ declaredCustomers: 70 });
    await api.removeCanary("two");
    expect(await members()).toEqual(numbers(phone(1), phone(2)));
  });

  test("ends a key when the earlier of its rows says, whichever of them was lost, and knows which were for tests", async () => {
    const { api, left, image, putBack, restore } = keptRegister();
    const enrolled = await api.enrolOperator(enrolment);
    const operator = enrolled.ok ? enrolled.operator.id : "";
    const issue = async (hash: string) => {
      const issued = await api.issueKey({ commandId: hash, fingerprint: hash, operator, hash, sealedReply: new Uint8Array([9]) });
      return issued.ok ? issued.keyId : "";
    };
    const [one, two] = [await issue("00ff"), await issue("11ff")];
    const { logId } = await api.poll(0);
    await left();
    const old = await image();
    await registered(api, aCommand("24h", phone(1)));
    await left();
    await putBack(old);
    await api.setNow(START + 1_000);
    await fault(() => api.poll(0));
    const turn = (keyId: string, hash: string) => ({ commandId: hash, fingerprint: hash, operator, keyId, hash, sealedReply: new Uint8Array([8]), overlapMs: DAY });
    await api.rotateKey(turn(two, "22ff"));
    const key = (id: string, hash: string, over: object) => ({ t: START, type: "key" as const, key: { id, hash, operator, state: "active" as const, ...DEFAULT_TERMS, ...over } });
    await held("weur/1", logId, [excluded(5, START, phone(1)), { seq: 6, ...key(one, "00ff", { expiresAt: START + HOUR }) }, { seq: 7, ...key("lost", "33ff", { mode: "test" }) }]);
    await restore();
    const holders = async () => (await Promise.all(["00ff", "11ff", "22ff", "33ff"].map((hash) => api.keyHolder(hash)))).map((holder) => holder?.key.mode ?? null);
    expect(await holders()).toEqual(["live", "live", "live", "test"]);
    await api.setNow(START + HOUR);
    expect(await holders()).toEqual([null, "live", "live", "test"]);
    await api.setNow(START + 1_000 + DAY);
    expect(await holders()).toEqual([null, null, "live", "test"]);
  });

  test("took for in force what had ended before, and went on with it: whoever was answered so is excluded", async () => {
    const { api, left, image, putBack, restore, members, goTo } = keptRegister();
    const { reference } = await registered(api, aCommand("24h", phone(1)));
    await left();
    const old = await image();
    await goTo(START + 2 * DAY);
    expect(await members()).toEqual([]);
    await left();
    await putBack(old);
    await api.setNow(START + 1_000);
    await fault(() => api.poll(0));
    const longer = await registered(api, aCommand("permanent", phone(1)));
    await api.setNow(START + 2 * DAY);
    await restore();
    expect(longer.reference).toBe(reference);
    expect(await members()).toEqual(numbers(phone(1)));
    expect(await api.exclusionsOf(phone(1).p)).toMatchObject([{ reference, state: "active", endsAt: null }]);
  });

  test("into the last moments of its restoring is restored anew, with what it took on since", async () => {
    const { api, left, image, putBack, bucket, restore, members, destroy, again } = keptRegister();
    await registered(api, aCommand("24h", phone(1)));
    await left();
    await destroy();
    expect((await api.recovery()).state).toBe("destroyed");
    bucket.setAway("after");
    expect((await restore()).stopped).toContain("the bucket is away");
    const old = { ...(await image()), outgoing: [] };
    bucket.setAway(null);
    expect((await restore()).state).toBe("in-order");
    await registered(again().api, aCommand("24h", phone(2)));
    await left();
    await putBack(old);
    expect(await fault(() => again().api.poll(0))).toContain("is being restored");
    expect((await restore()).state).toBe("in-order");
    expect(await members()).toEqual(numbers(phone(1), phone(2)));
  });

  test("is seen at the next segment too, when the bucket was away as it woke", async () => {
    const { api, left, image, putBack, bucket, goOn } = keptRegister();
    await registered(api, aCommand("24h", phone(1)));
    await left();
    const old = await image();
    await registered(api, aCommand("24h", phone(2)));
    await left();
    await putBack(old);
    bucket.setAway("before");
    await api.poll(0);
    bucket.setAway(null);
    await registered(api, aCommand("24h", phone(3)));
    await vi.waitFor(async () => expect(await fault(() => api.poll(0))).toContain("lost rows"));
    await goOn(START);
    expect((await api.lines()).join()).toContain("are lost");
  });
});
