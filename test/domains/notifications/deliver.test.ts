import { describe, expect, it } from "vitest";
import type { Delivery } from "../../../src/domains/exclusions/outbox.ts";
import { deliverOutbox } from "../../../src/domains/notifications/deliver.ts";

const delivery = (id: string, personId: string): Delivery =>
  ({ id, personId, createdAt: 0, topic: "identity", commandId: id, box: new Uint8Array(), statements: [] });

function outbox(deliveries: Delivery[], failing: ReadonlySet<string> = new Set()) {
  const waiting = [...deliveries];
  const accepted: string[] = [];
  const settled: string[][] = [];
  const errors: unknown[] = [];
  const run = () =>
    deliverOutbox({
      register: { undelivered: async (limit) => waiting.splice(0, limit), delivered: async (ids) => void settled.push([...ids]) },
      person: (personId) => ({
        accept: async ({ id, personId: whose }) => {
          if (failing.has(id)) throw new Error("cannot open");
          if (whose !== personId) throw new Error("the wrong vault");
          accepted.push(id);
        },
      }),
      report: (error) => errors.push(error),
    });
  return { run, accepted, settled, errors };
}

describe("carrying the outbox", () => {
  it("brings each delivery to its own vault, a person's in order, and settles them", async () => {
    const { run, accepted, settled } = outbox([delivery("1", "a"), delivery("2", "b"), delivery("3", "a")]);
    await run();
    expect(accepted.filter((id) => id !== "2")).toEqual(["1", "3"]);
    expect(settled.map((ids) => ids.toSorted())).toEqual([["1", "2", "3"]]);
  });

  it("leaves what was not accepted and goes on with the rest, the same person's too", async () => {
    const { run, settled, errors } = outbox([delivery("1", "a"), delivery("2", "a"), delivery("3", "b")], new Set(["1"]));
    await run();
    expect(settled.map((ids) => ids.toSorted())).toEqual([["2", "3"]]);
    expect(errors).toHaveLength(1);
  });

  it("tells Register nothing when there is nothing to tell", async () => {
    const { run, settled } = outbox([delivery("1", "a")], new Set(["1"]));
    await run();
    expect(settled).toEqual([]);
  });

  it("goes on until the backlog is gone", async () => {
    const { run, accepted } = outbox(Array.from({ length: 250 }, (_, at) => delivery(String(at), "a")));
    await run();
    expect(accepted).toHaveLength(250);
  });
});
