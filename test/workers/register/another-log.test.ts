import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { toHex } from "../../../src/kernel/bytes.ts";
import { START } from "./doubles.ts";
import { aPublisher, person, publishAll, SETTLE } from "./publisher.ts";
import { fault } from "./support.ts";

/** A Register that was destroyed, and the Replica that follows it. */
async function destroyed(people: number[]) {
  const it = aPublisher();
  await it.exclude(...people);
  await publishAll(it, START);
  await scheduler.wait(600);
  const { logId, seq } = await it.replica.poll(0);
  await runInDurableObject(it.register.stub, (_, state) => state.storage.deleteAll());
  await evictDurableObject(it.register.stub);
  await it.register.api.setNow(START + 3 * SETTLE);
  return { ...it, logId, seq };
}

async function restored(people: number[]) {
  const it = await destroyed(people);
  const { state, report } = await it.register.api.restoreStep({ without: [], acceptEnd: null });
  expect(state).toBe("in-order");
  return { ...it, report: report! };
}

test("a Replica vouches for nothing while its Register is destroyed, and still says what it holds", async () => {
  const { replica, logId, seq } = await destroyed([1, 2]);
  await replica.setNow(START + 3 * SETTLE);
  expect(await fault(() => replica.poll(0))).toContain("was destroyed");
  expect(await fault(() => replica.first({ keyHash: "", operator: "", asked: [] }))).toContain("was destroyed");
  expect(await (replica as unknown as { kept(after: number): Promise<unknown> }).kept(1)).toMatchObject({ logId, seq, rows: [{ seq: 2, type: "excluded" }] });
});

test("of a restored one it takes the whole set anew, and publishes it although nothing changed since", async () => {
  const it = await restored([1, 2]);
  await it.replica.setNow(START + 3 * SETTLE);
  const poll = await it.replica.poll(0);
  expect([poll.logId, poll.rows, poll.from]).toEqual([it.report.logId, [], poll.seq + 1]);
  const members = await it.rows<{ p: ArrayBuffer }>("select p from members order by p");
  expect(members.map(({ p }) => toHex(new Uint8Array(p)))).toEqual([person(1), person(2)].map(toHex).toSorted());
  await publishAll(it, START + 3 * SETTLE);
  const { rows } = await it.register.api.poll(poll.seq);
  expect(rows).toMatchObject([{ type: "manifest", manifest: { sequence: poll.seq } }]);
});

test("a snapshot of the lost log is not announced in the new one", async () => {
  const { register, logId, report } = await restored([1]);
  const { seq } = await register.api.poll(0);
  await register.api.announce({ hash: "a", sequence: 1 }, logId);
  expect((await register.api.poll(0)).seq).toBe(seq);
  await register.api.announce({ hash: "b", sequence: 1 }, report.logId);
  expect((await register.api.poll(seq)).rows).toMatchObject([{ type: "manifest", manifest: { hash: "b" } }]);
});

test("a Replica nobody asks follows all the same, from the first push on", async () => {
  const it = aPublisher();
  await it.exclude(1, 2, 3);
  const { logId, rows } = await it.register.api.poll(0);
  await it.replica.push(logId, [rows[2]!], rows[1]!.t);
  await expect.poll(async () => (await it.rows("select seq from log")).length, { timeout: 5_000 }).toBe(3);
});
