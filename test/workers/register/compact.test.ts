import { evictDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { View } from "../../../src/check/view.ts";
import { toHex } from "../../../src/kernel/bytes.ts";
import { DAY } from "../../../src/kernel/clock.ts";
import { START } from "./doubles.ts";
import { aPublisher, person, publishAll } from "./publisher.ts";
import { aCommand, registered } from "./support.ts";

const KEY = { commandId: "k", fingerprint: "g", hash: "00ff", sealedReply: new Uint8Array([9]) };

/** A Register 31 days on whose log begins after what the snapshot holds: one person in it was released, one came since. */
async function compacted() {
  const publisher = aPublisher();
  const { register, exclude, goTo, step } = publisher;
  const enrolled = await register.api.enrolOperator({ commandId: "e", fingerprint: "f", name: "Mfano Ltd", requiredKinds: [] });
  if (!enrolled.ok) throw new Error(enrolled.refusal);
  await register.api.issueKey({ ...KEY, operator: enrolled.operator.id });
  await exclude(1);
  await registered(register.api, aCommand("permanent", { p: person(2), kind: "msisdn", evidence: "code" }));
  await publishAll(publisher, START);
  await register.goTo(START + 31 * DAY);
  await exclude(3);
  await goTo(START + 31 * DAY);
  await step();
  return { ...publisher, operator: enrolled.operator.id };
}

const membersOf = async ({ rows }: Pick<Awaited<ReturnType<typeof compacted>>, "rows">): Promise<string[]> =>
  (await rows<{ p: ArrayBuffer }>("select p from members order by p")).map(({ p }) => toHex(new Uint8Array(p)));

const people = (...numbers: number[]): string[] => numbers.map((n) => toHex(person(n))).toSorted();

test("Register drops rows that are old and in the announced snapshot, and none else; the directory's stay", async () => {
  const { register } = await compacted();
  const { seq, from, rows } = await register.api.poll(0);
  expect(rows).toEqual([]);
  expect((await register.api.poll(from - 1)).rows.map((row) => row.seq)).toEqual(Array.from({ length: seq - from + 1 }, (_, n) => from + n));
  expect((await register.api.poll(from - 1)).rows.map(({ type }) => type)).toEqual(["manifest", "released", "excluded"]);
  expect((await register.rows("select type from changes order by seq")).map(({ type }) => type).slice(0, 3)).toEqual(["operator", "epoch", "key"]);
});

test("nothing is dropped, however old, that no announced snapshot holds", async () => {
  const { register, exclude } = aPublisher();
  await exclude(1);
  await register.api.announce({ hash: "a", sequence: 1 });
  await exclude(2);
  await register.goTo(START + 400 * DAY);
  const { from } = await register.api.poll(0);
  expect([from, (await register.api.poll(from - 1)).rows[0]]).toMatchObject([2, { type: "manifest" }]);
});

test("a new Replica copies the whole set and the directory, and follows on", async () => {
  const { register, stub, rows, replica, operator } = await compacted();
  for (const table of ["members", "log", "directory", "position"]) await rows(`delete from ${table}`);
  await evictDurableObject(stub);
  const { from } = await register.api.poll(0);
  const poll = await replica.poll(from - 1);
  expect(poll).toMatchObject({ seq: (await register.api.poll(0)).seq, from });
  expect(await membersOf({ rows })).toEqual(people(2, 3));
  const first = await replica.first({ keyHash: KEY.hash, operator, asked: [1, 2, 3].map((n) => ({ epoch: 0, p: person(n) })) });
  expect(first.excluded).toEqual([false, true, true]);
  expect(first.manifest).not.toBeNull();
});

test("a Replica drops what Register dropped, and an isolate that asks from before begins anew", async () => {
  const { replica, rows } = await compacted();
  const poll = await replica.poll(0);
  expect(poll.rows).toEqual([]);
  expect((await rows("select min(seq) as oldest from log"))[0]).toEqual({ oldest: poll.from });
  const view = new View();
  view.begin({ ...poll, directory: { operators: [], keys: [], epochs: [], generations: [], allowances: [] }, manifest: null, excluded: [] }, null);
  expect([view.apply(poll, { sentAt: START, receivedAt: START }), view.cold]).toEqual(["restart", true]);
});
