import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LogEntry } from "../../src/audit/entry.ts";
import { type AuditLogApi, LOG_NAME } from "../../src/audit/rpc.ts";
import { WITNESS } from "../../src/cli/deployables.ts";
import { freePort } from "../../src/cli/free-port.ts";
import { verifierKeyOf } from "../../src/cli/keys/verifier-keys.ts";
import { drawSecrets } from "../../src/cli/secrets.ts";
import { tokenizerBeside, workerOptions } from "../../src/cli/system.ts";
import { uuidv7 } from "../../src/kernel/ids.ts";
import { random } from "../../src/objects/shell.ts";
import { openCheckpoint } from "../../src/tlog/open-checkpoint.ts";
import { parsePolicy } from "../../src/tlog/policy.ts";

const ORIGIN = "nser.test/log";
const [NAME, AWAY] = ["witness.test/one", "witness.test/away"];
const secrets = drawSecrets();
const logKey = verifierKeyOf("LOG_KEY", secrets.register.LOG_KEY!, ORIGIN);
const witnessKey = (name: string, { witness } = secrets): string => verifierKeyOf("WITNESS_KEY", witness.WITNESS_KEY!, name);

const entry = (): LogEntry => ({ id: uuidv7(Date.now(), random), at: Date.now(), action: "exclusion.registered", commitment: "A".repeat(43) });

/** Register, with its audit log, and a witness apart from it that is asked over HTTP; another is listed, and is nowhere. */
describe("a log and its witness", () => {
  let [miniflare, policy] = [null as unknown as Miniflare, ""];

  beforeAll(async () => {
    const [port, nowhere] = [await freePort(), await freePort()];
    policy = [
      `witness one ${witnessKey(NAME)} http://127.0.0.1:${port}/`,
      `witness away ${witnessKey(AWAY, drawSecrets())} http://127.0.0.1:${nowhere}`,
      "group any-of-them any one away",
      "quorum any-of-them",
      "",
    ].join("\n");
    const workers = await Promise.all([
      workerOptions("witness", WITNESS.config, { ...secrets.witness, WITNESS_NAME: NAME, LOGS: logKey }),
      workerOptions("register", "workers/register/wrangler.toml", { ...secrets.register, LOG_ORIGIN: ORIGIN, LOG_WITNESSES: policy }),
      tokenizerBeside(secrets),
    ]);
    miniflare = new Miniflare(convertV4MiniflareOptions({ host: "127.0.0.1", port, cf: false, log: new Log(LogLevel.NONE), handleStructuredLogs: () => undefined, workers }));
    await miniflare.ready;
  });
  afterAll(() => miniflare.dispose());

  const theLog = async (): Promise<AuditLogApi> =>
    (await miniflare.getDurableObjectNamespace("AUDIT_LOG", "nser-register")).getByName(LOG_NAME) as unknown as AuditLogApi;

  /** What is published, once the tree has grown so far. */
  async function published(size: bigint) {
    const bucket = await miniflare.getR2Bucket("LOG", "nser-register");
    const believed = parsePolicy(`log ${logKey}\n${policy}`);
    if (!believed.ok) throw new Error(believed.refusal);
    for (;;) {
      const note = await (await bucket.get("checkpoint"))?.text();
      const opened = note === undefined ? null : await openCheckpoint(note, believed.policy);
      if (opened?.ok === false) throw new Error(`published, and not to be believed: ${opened.refusal}`);
      if (opened && opened.checkpoint.size >= size) return opened;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  it("publish what satisfies the policy, from the first entry on, though another witness is away", async () => {
    const log = await theLog();
    for (const [entries, size] of [[1, 1n], [3, 4n], [256, 260n]] as const) {
      expect(await log.append("register", Array.from({ length: entries }, entry))).toMatchObject({ ok: true });
      expect((await published(size)).cosigners).toMatchObject([{ key: { name: NAME } }]);
    }
    expect(await log.status()).toMatchObject({ size: 260, cosigned: [NAME], missing: [AWAY], halted: null });
  });

  it("know each other by what is published: the log says whom to ask, the witness what it never saw twice", async () => {
    expect(await (await theLog()).policy()).toContain(`log ${logKey}\nwitness one ${witnessKey(NAME)}`);
    expect(await (await miniflare.dispatchFetch("http://witness.test/forks")).json()).toEqual({ forks: [] });
    expect((await miniflare.dispatchFetch("http://witness.test/add-checkpoint", { method: "POST", body: "old" })).status).toBe(400);
  });
});
