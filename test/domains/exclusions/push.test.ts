import { expect, test } from "vitest";
import { coalesce } from "../../../src/domains/exclusions/push.ts";

/** A sender that remembers, and pauses that end when the test says so. */
function bench(send: (items: number[]) => Promise<void> = async () => {}) {
  const sent: number[][] = [];
  const pauses: (() => void)[] = [];
  const push = coalesce<number>(
    (items) => {
      sent.push(items);
      return send(items);
    },
    () => new Promise((resolve) => pauses.push(resolve)),
    5,
  );
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { sent, pauses, push, settle };
}

test("the first goes at once; what comes during the pause goes together after it", async () => {
  const { sent, pauses, push, settle } = bench();
  const done = push([1]);
  await settle();
  void push([2]);
  void push([3, 4]);
  await settle();
  expect(sent).toEqual([[1]]);
  pauses[0]!();
  await settle();
  expect(sent).toEqual([[1], [2, 3, 4]]);
  pauses[1]!();
  await done;
});

test("never two sendings at a time, however long one takes", async () => {
  let release = () => {};
  const { sent, pauses, push, settle } = bench(() => new Promise((resolve) => (release = resolve)));
  void push([1]);
  await settle();
  void push([2]);
  pauses[0]!();
  await settle();
  expect(sent).toEqual([[1]]);
  release();
  await settle();
  expect(sent).toEqual([[1], [2]]);
});

test("of more than the limit the newest stay", async () => {
  const { sent, pauses, push, settle } = bench();
  void push([0]);
  await settle();
  for (let item = 1; item <= 8; item++) void push([item]);
  pauses[0]!();
  await settle();
  expect(sent[1]).toEqual([4, 5, 6, 7, 8]);
});

test("a sending that fails does not keep later ones from going", async () => {
  const { sent, push } = bench((items) => (items[0] === 1 ? Promise.reject(new Error("down")) : Promise.resolve()));
  await expect(push([1])).rejects.toThrow("down");
  void push([2]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(sent).toEqual([[1], [2]]);
});
