import { expect, it } from "vitest";
import type { ReplicaApi, ReplicaNewsApi } from "../../../src/check/feed.ts";
import { aPublisher } from "./publisher.ts";

it("who waits at a Replica is answered as soon as there is a row, and nobody else waits for them", async () => {
  const { register: { api }, stub, exclude } = aPublisher();
  const replica = stub as unknown as ReplicaApi & ReplicaNewsApi;
  await exclude(1);
  const { seq, logId } = await replica.news(Number.MAX_SAFE_INTEGER, null);
  expect(seq).toBeGreaterThan(0);
  const waiting = replica.news(seq, logId).then(({ rows }) => rows);
  const polled = await replica.poll(0);
  expect(polled.seq).toBe(seq);
  expect(await Promise.race([waiting, scheduler.wait(50).then(() => "waits")])).toBe("waits");
  await exclude(2);
  const { rows } = await api.poll(seq);
  await replica.push(logId, rows, polled.rows.at(-1)!.t);
  expect((await waiting).map((row) => row.seq)).toEqual(rows.map((row) => row.seq));
  expect((await replica.news(seq, "another log")).logId).toBe(logId);
});
