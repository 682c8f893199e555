import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { LogEntry } from "../../../src/audit/entry.ts";
import type { AuditLogApi } from "../../../src/audit/rpc.ts";
import type { ObjectNamespace } from "../../../src/kernel/rpc.ts";
import { uuidv7 } from "../../../src/kernel/ids.ts";
import { random } from "../../../src/objects/shell.ts";

const { AUDIT_LOG } = env as unknown as { AUDIT_LOG: ObjectNamespace<AuditLogApi> };

const entry = (): LogEntry => ({ id: uuidv7(Date.now(), random), at: Date.now(), action: "exclusion.created", commitment: "A".repeat(43) });

describe("the audit log", () => {
  it("gives each entry one place, however often it comes", async () => {
    const log = AUDIT_LOG.getByName("once");
    const entries = [entry(), entry()];
    expect(await log.append("register", entries)).toEqual({ ok: true, indexes: [0, 1] });
    expect(await Promise.all([log.append("register", entries.toReversed()), log.append("office", [entry()])])).toEqual([{ ok: true, indexes: [1, 0] }, { ok: true, indexes: [2] }]);
    expect(await log.find([entries[1]!.id, entry().id])).toEqual([1, null]);
    expect((await log.checkpoint())!.split("\n").slice(0, 2)).toEqual(["log.test/log", "3"]);
  });
});
