import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { leafOf, type LogEntry } from "../../../src/audit/entry.ts";
import { logBucketOf } from "../../../src/audit/log/r2.ts";
import type { AuditLogApi } from "../../../src/audit/rpc.ts";
import { parsePolicy } from "../../../src/tlog/policy.ts";
import { verifyProof } from "../../../src/tlog/tlog-proof.ts";
import { uuidv7 } from "../../../src/kernel/ids.ts";
import { random } from "../../../src/objects/shell.ts";

const { AUDIT_LOG, LOG } = env as unknown as { AUDIT_LOG: DurableObjectNamespace; LOG: R2Bucket };

/** One log has the bucket. */
const stub = AUDIT_LOG.getByName("log");
const log = stub as unknown as AuditLogApi;

const entry = (): LogEntry => ({ id: uuidv7(Date.now(), random), at: Date.now(), action: "exclusion.created", commitment: "A".repeat(43) });
const entries = (count: number): LogEntry[] => Array.from({ length: count }, entry);

/** The alarm does what a publication cut short left behind. */
async function published(): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const { size, published } = await log.status();
    if (size === published) return;
    await runDurableObjectAlarm(stub);
    await scheduler.wait(100);
  }
  throw new Error("never published");
}

describe("the audit log", () => {
  it("gives each entry one place, whoever brings it and however often, and proves it once it is restarted", async () => {
    const [first, second] = [entries(256), entries(200)];
    expect(await log.append("register", first)).toEqual({ ok: true, indexes: first.map((_, index) => index) });
    const answers = await Promise.all([log.append("register", first.toReversed()), log.append("office", second)]);
    expect(answers).toEqual([{ ok: true, indexes: first.map((_, index) => 255 - index) }, { ok: true, indexes: second.map((_, index) => 256 + index) }]);
    await published();
    const note = await log.checkpoint();
    await evictDurableObject(stub);
    expect(await log.checkpoint()).toBe(note);
    const policy = parsePolicy(await log.policy());
    if (!policy.ok) throw new Error(policy.refusal);
    for (const [index, [source, one]] of ([[0, ["register", first[0]!]], [455, ["office", second[199]!]]] as const)) {
      expect(await verifyProof((await log.prove(index))!, leafOf(source, one), policy.policy)).toMatchObject({ ok: true, checkpoint: { size: 456n } });
    }
    expect(await log.find([first[7]!.id, entry().id])).toEqual([7, null]);
  });

  it("keeps of what is in the bucket the unfinished bundle alone", async () => {
    await published();
    const [{ count }] = await runInDurableObject(stub, (_, { storage }) => storage.sql.exec<{ count: number }>("select count(*) as count from tail").toArray()) as [{ count: number }];
    expect(count).toBe((await log.status()).size % 256);
    const keys = (await LOG.list()).objects.map(({ key }) => key);
    expect(keys).toEqual(expect.arrayContaining(["checkpoint", "full/genesis", "full/tile/0/000", "full/tile/entries/000"]));
  });

  it("halts when what is published is not its own, and goes on when it is again", async () => {
    await published();
    const there = (await (await LOG.get("checkpoint"))!.text());
    await LOG.put("checkpoint", there.replace(/\n\d+\n/, "\n999999\n"));
    await evictDurableObject(stub);
    expect(await log.append("register", [entry()])).toEqual({ ok: false, refusal: "halted" });
    expect((await log.status()).halted).toContain("ahead of the log: 999999");
    await LOG.put("checkpoint", there);
    await runInDurableObject(stub, (_, { storage }) => storage.sql.exec("update due set at = 0"));
    await runDurableObjectAlarm(stub);
    expect(await log.append("register", [entry()])).toMatchObject({ ok: true });
  });
});

describe("R2 as the log uses it", () => {
  const bucket = logBucketOf(LOG);
  const [one, other] = [Uint8Array.of(1), Uint8Array.of(2)];

  it("puts nothing over what is there", async () => {
    expect(await bucket.putNew("full/test", one)).toBe(true);
    expect(await bucket.putNew("full/test", other)).toBe(false);
    expect((await bucket.get("full/test"))!.bytes).toEqual(one);
    expect(await bucket.get("full/none")).toBeNull();
  });

  it("replaces what was seen, and nothing else", async () => {
    const first = await bucket.replace("test", one, null);
    expect(await bucket.replace("test", other, null)).toBeNull();
    const second = await bucket.replace("test", other, first);
    expect(second).toBe((await bucket.get("test"))!.etag);
    expect(await bucket.replace("test", one, first)).toBeNull();
    expect((await bucket.get("test"))!.bytes).toEqual(other);
  });
});
