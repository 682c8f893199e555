import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type AuditRecord, commitmentOf, isEntry, leafOf, readLeaf } from "../../src/audit/entry.ts";
import { fromUtf8, utf8 } from "../../src/kernel/bytes.ts";
import { uuidv7 } from "../../src/kernel/ids.ts";
import { random } from "../../src/objects/shell.ts";

const record: AuditRecord = {
  actor: { kind: "user", id: "0192", origin: null }, channel: "api", commandId: null, outcome: "done", payload: { b: 1, a: "é" }, resource: "NSER-1",
};
const salt = new Uint8Array(32).fill(7);
const entry = { id: uuidv7(1_800_000_000_000, random), at: 1_800_000_000_000, action: "exclusion.registered", commitment: commitmentOf(salt, record) };

describe("a commitment", () => {
  it("is the SHA-256 of the salt and the record's canonical JSON", () => {
    const text = '{"actor":{"id":"0192","kind":"user","origin":null},"channel":"api","commandId":null,"outcome":"done","payload":{"a":"é","b":1},"resource":"NSER-1"}';
    expect(commitmentOf(salt, record)).toBe(createHash("sha256").update(salt).update(text).digest("base64url"));
  });

  it("is another for another salt and another record, and is made with no short salt", () => {
    expect(commitmentOf(new Uint8Array(32).fill(8), record)).not.toBe(entry.commitment);
    expect(commitmentOf(salt, { ...record, resource: "NSER-2" })).not.toBe(entry.commitment);
    expect(() => commitmentOf(new Uint8Array(31), record)).toThrow(RangeError);
  });
});

describe("a leaf", () => {
  const leaf = leafOf("register", entry);

  it("is canonical JSON without anything that leads to anybody, and is read back", () => {
    expect(fromUtf8(leaf)).toBe(
      `{"action":"exclusion.registered","at":"2027-01-15T08:00:00.000Z","commitment":"${entry.commitment}","id":"${entry.id}","source":"register"}`);
    expect(readLeaf(leaf)).toEqual({ ...entry, source: "register" });
  });

  it.each([
    ["is no JSON", "{"], ["is null", "null"], ["has a space", fromUtf8(leaf).replace(",", ", ")], ["has a member more", fromUtf8(leaf).replace("{", '{"aa":1,')],
    ["has no source", fromUtf8(leaf).replace(',"source":"register"', "")], ["has another source", fromUtf8(leaf).replace("register\"}", "stranger\"}")],
    ["has a bad commitment", fromUtf8(leaf).replace(entry.commitment, "short")], ["has another form of time", fromUtf8(leaf).replace(".000Z", "Z")],
  ])("is not read when it %s", (_, text) => {
    expect(readLeaf(utf8(text))).toBeNull();
  });

  it.each([
    ["an id that is not a UUIDv7", { id: "0192" }], ["an instant before time", { at: -1 }], ["an instant between milliseconds", { at: 1.5 }],
    ["an action without a verb", { action: "exclusion" }], ["an action that is a sentence", { action: "exclusion.was done" }],
    ["an action that never ends", { action: `exclusion.${"a".repeat(80)}` }], ["no commitment", { commitment: "" }],
  ])("is not made of %s", (_, wrong) => {
    expect(isEntry(entry)).toBe(true);
    expect(isEntry({ ...entry, ...wrong })).toBe(false);
  });
});
