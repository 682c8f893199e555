import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { drawSecrets } from "../../src/cli/secrets.ts";
import { toHex } from "../../src/kernel/bytes.ts";
import { contentHash, decodeManifest, encodeManifest } from "../../src/snapshot/manifest.ts";
import { encodeShard, Shard } from "../../src/snapshot/shard.ts";
import { parseManifestKeys, parseSigningKey, signManifest, verifyManifest } from "../../src/snapshot/signature.ts";
import { MANIFEST_KEY, MANIFEST_KEYS, personOf } from "../support/world.ts";

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`../fixtures/${name}`, import.meta.url)));
const people = Array.from({ length: 5_000 }, (_, n) => personOf(n)).filter((p) => p[0] === 42).toSorted(Buffer.compare);

/** A manifest of one shard, number 42. */
async function aManifest() {
  const shards = Array<string | null>(256).fill(null).with(42, await contentHash(encodeShard(42, 8, people)));
  return { logId: "00112233445566778899aabbccddeeff", sequence: 5_000, sets: [{ rootEpoch: 0, shardBits: 8 as const, shards }] };
}

describe("the published formats", () => {
  it("of a shard are what was checked in", () => {
    expect(toHex(encodeShard(42, 8, people))).toBe(toHex(fixture("shard-1.bin")));
    expect(new Shard(fixture("shard-1.bin"))).toMatchObject({ shard: 42, shardBits: 8, count: people.length });
  });

  it("of a signed manifest are what was checked in", async () => {
    const manifest = await aManifest();
    expect(toHex(await signManifest(encodeManifest(manifest), MANIFEST_KEY))).toBe(toHex(fixture("manifest-1.bin")));
    expect(decodeManifest(await verifyManifest(fixture("manifest-1.bin"), MANIFEST_KEYS))).toEqual(manifest);
  });
});

describe("a signature", () => {
  it("covers every byte: one changed, dropped or added is refused", async () => {
    const signed = fixture("manifest-1.bin");
    const damaged = [signed.slice(1), signed.slice(0, -1), new Uint8Array(), Uint8Array.from([32, ...signed])];
    for (let at = 0; at < signed.length; at += 97) damaged.push(signed.with(at, signed[at]! ^ 1));
    for (const bytes of damaged) await expect(verifyManifest(bytes, MANIFEST_KEYS)).rejects.toThrow(RangeError);
  });

  it("is believed under any of several keys, and under no other", async () => {
    const bytes = encodeManifest(await aManifest());
    const [older, newer] = [drawSecrets(), drawSecrets()];
    const key = { ...parseSigningKey(newer.register.MANIFEST_KEY!), id: "2" };
    const [oldKeys, newKeys] = [older, newer].map(({ edge }) => parseManifestKeys(edge.MANIFEST_PUBLIC_KEYS!).get("1")!);
    expect(await verifyManifest(await signManifest(bytes, key), new Map([["1", oldKeys!], ["2", newKeys!]]))).toEqual(bytes);
    await expect(verifyManifest(await signManifest(bytes, key), new Map([["1", oldKeys!]]))).rejects.toThrow("no key of ours");
  });

  it.each(["", "{}", "[]", "null", '{"1":"AAAA"}', '{"1":7}', '{"a b":"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE"}'])("key %j is refused, unquoted", (text) => {
    expect(() => parseSigningKey(text)).toThrow("MANIFEST_KEY must be");
    expect(() => parseManifestKeys(text)).toThrow("MANIFEST_PUBLIC_KEYS must be");
  });
});
