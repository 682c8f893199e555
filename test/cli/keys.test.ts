import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it, test } from "vitest";
import { drawn, KEY_SETTINGS } from "../../src/cli/keys/settings.ts";
import { keysOf, newText } from "../../src/cli/keys/texts.ts";
import { verifierKeyOf } from "../../src/cli/keys/verifier-keys.ts";
import { parseManifestKeys, parseSigningKey, signManifest, verifyManifest } from "../../src/snapshot/signature.ts";
import { logSigner, witnessSigner } from "../../src/tlog/sign.ts";
import { formatVerifierKey } from "../../src/tlog/verifier-key.ts";

const KEY = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE";
const OTHER = KEY.replaceAll("Q", "g").replaceAll("B", "C");
const names = Object.keys(KEY_SETTINGS);
const growing = names.filter((name) => !KEY_SETTINGS[name]!.replaced && !KEY_SETTINGS[name]!.ofPrivate);

describe("a new key", () => {
  it.each(growing)("comes into %s beside those there are, or in the place of the one that signs", (name) => {
    const first = newText(name, { before: null }).text;
    const second = newText(name, { before: first }).text;
    const [old, keys] = [keysOf(name, first), keysOf(name, second)];
    expect(old.size).toBe(1);
    if (["MANIFEST_KEY", "ANSWER_KEY", "LOG_KEY", "WITNESS_KEY", "CONFORMANCE_KEY"].includes(name)) expect([...keys.keys()]).toEqual(["2"]);
    else expect([...keys].slice(0, 1)).toEqual([...old]);
    expect([...keys.values()].at(-1)).not.toEqual([...old.values()][0]);
  });

  it.each(names.filter((name) => KEY_SETTINGS[name]!.replaced))("of %s is drawn anew", (name) => {
    const [one, other] = [0, 1].map(() => newText(name, { before: null, forLife: true }).text);
    expect(one).not.toBe(other);
    expect(keysOf(name, one!).size).toBe(1);
  });

  it("is numbered after the highest, whatever the order and the names", () => {
    const { text, fingerprints } = newText("PAIR_KEYS", { before: JSON.stringify({ old: KEY, 7: OTHER }) });
    expect(Object.keys(JSON.parse(text) as object)).toEqual(["7", "8", "old"]);
    expect(fingerprints).toMatch(/^PAIR_KEYS: 7 [0-9a-f]{8}, 8 [0-9a-f]{8} \(new\), old [0-9a-f]{8}$/);
  });

  it("of a signing pair is published under its own id, and never over another", () => {
    const first = drawn("MANIFEST_KEY");
    const known = newText("MANIFEST_PUBLIC_KEYS", { before: null, privateKey: first }).text;
    const second = newText("MANIFEST_KEY", { before: first }).text;
    const { text } = newText("MANIFEST_PUBLIC_KEYS", { before: known, privateKey: second });
    expect(JSON.parse(text)).toMatchObject({ ...(JSON.parse(known) as object), 2: expect.any(String) as string });
    expect(newText("MANIFEST_PUBLIC_KEYS", { before: text, privateKey: second }).text).toBe(text);
    expect(() => newText("MANIFEST_PUBLIC_KEYS", { before: known, privateKey: drawn("MANIFEST_KEY") })).toThrow(/another key under the id 1/);
  });

  it("is published as the half under which what it signs is believed", async () => {
    const privateKey = drawn("MANIFEST_KEY");
    const { text } = newText("MANIFEST_PUBLIC_KEYS", { before: null, privateKey });
    const manifest = Uint8Array.of(1);
    expect(await verifyManifest(await signManifest(manifest, parseSigningKey(privateKey)), parseManifestKeys(text))).toEqual(manifest);
  });

  it.each(["OPRF_KEY", "LOOKUP_KEY", "PASSWORD_PEPPER"])("of %s is for life, and takes a word", (name) => {
    expect(() => newText(name, { before: null })).toThrow(/for life/);
  });
});

describe("a text that is looked over", () => {
  it.each(names)("of %s passes as it is drawn", (name) => expect(keysOf(name, drawn(name)).size).toBeGreaterThan(0));

  it.each([
    ["PAIR_KEYS", JSON.stringify({ 1: KEY, 2: KEY }), /under 1 and 2/],
    ["ROOT_KEYS", JSON.stringify([KEY, OTHER, KEY]), /under 0 and 2/],
    ["CALLBACK_SECRETS", `${KEY} ${KEY}`, /under 1 and 2/],
    ["BOX_KEYS", `{"1":"${KEY}","1":"${OTHER}"}`, /an id stands there twice/],
    ["BOX_KEYS", JSON.stringify({ a: KEY }), /an id is a number/],
    ["BOX_KEYS", JSON.stringify({ 1: `${KEY}AAAA` }), /32 bytes/],
    ["PAIR_KEYS", JSON.stringify({ [KEY]: "1" }), /an entry of PAIR_KEYS/],
    ["RECOVERY_KEYS", JSON.stringify({ [KEY]: "1" }), /an entry of RECOVERY_KEYS/],
    ["MANIFEST_KEY", JSON.stringify({ 1: KEY, 2: OTHER }), /one key/],
    ["OPRF_KEY", "00".repeat(32), /OPRF_KEY/],
    ["LOOKUP_KEY", `${KEY}AAAA`, /32 bytes/],
    ["COOKIE_KEY", "short", /32 characters/],
    ["CALLBACK_SECRETS", `${KEY} short`, /32 letters/],
    ["AFRICASTALKING_API_KEY", KEY, /no such setting/],
    ["constructor", KEY, /no such setting/],
  ])("of %s is refused, and not quoted: %s", (name, text, fault) => {
    expect(() => keysOf(name, text)).toThrow(fault);
    expect(() => keysOf(name, text)).not.toThrow(new RegExp(KEY.slice(0, 12)));
  });
});

describe("a verifier key", () => {
  const text = JSON.stringify({ 1: KEY });

  it("is what a note of the log, or a cosignature of the witness, is verified with", async () => {
    const { seed } = parseSigningKey(text);
    const [log, witness] = [await logSigner("log.test/a", seed), await witnessSigner("witness.test/a", seed)];
    expect(verifierKeyOf("LOG_KEY", text, "log.test/a")).toBe(formatVerifierKey(log.key));
    expect(verifierKeyOf("WITNESS_KEY", text, "witness.test/a")).toBe(formatVerifierKey(witness.key));
  });

  it.each([
    ["LOG_KEY", text, "", /Say --name/],
    ["LOG_KEY", text, "a b", /Say --name/],
    ["WITNESS_KEY", text, "a+b", /Say --name/],
    ["WITNESS_KEY", JSON.stringify({ 1: KEY, 2: OTHER }), "a", /one key/],
    ["PAIR_KEYS", text, "a", /Only of/],
    ["constructor", text, "a", /Only of/],
  ])("of %s is refused where it can be none, and the key is not quoted: %#", (name, of, under, fault) => {
    expect(() => verifierKeyOf(name, of, under)).toThrow(fault);
    expect(() => verifierKeyOf(name, of, under)).not.toThrow(new RegExp(KEY.slice(0, 12)));
  });
});

test("on the command line the text is all of standard output, and a broken pipe is no empty setting", async () => {
  const run = (command: string) => promisify(execFile)("sh", ["-c", command.replaceAll("keys", `'${process.execPath}' src/cli/keys.ts`)]);
  const { stdout, stderr } = await run(`keys PAIR_KEYS --first | keys PAIR_KEYS`);
  expect(Object.keys(JSON.parse(stdout) as object)).toEqual(["1", "2"]);
  for (const key of Object.values(JSON.parse(stdout) as Record<string, string>)) expect(stderr).not.toContain(key.slice(0, 12));
  await expect(run("true | keys PAIR_KEYS")).rejects.toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("there is none") as string });
  await expect(run(`echo '{"1":"${KEY}","2":"${KEY}"}' | keys check PAIR_KEYS`)).rejects.toMatchObject({ code: 1, stdout: "" });
});
