import { describe, expect, it } from "vitest";
import { utf8 } from "../../../src/kernel/bytes.ts";
import { testLog } from "../../support/test-log.ts";
import { aWitness } from "./support.ts";

const log = await testLog();
const request = await log.request(3, 9);
const [head, ...lines] = request.split("\n");
const proofLine = lines[0]!;
const changed = (from: string, to: string): string => {
  const other = request.replace(from, to);
  if (other === request) throw new Error("nothing was changed");
  return other;
};

/** What is no request, by what it is refused with. */
const MALFORMED: [reason: string, body: BodyInit][] = [
  ["checkpoint-missing", ""],
  ["checkpoint-missing", "\n"],
  ["checkpoint-missing", request.replaceAll("\n", "\r\n")],
  ["checkpoint-missing", `${head}\n`],
  ["old-size-malformed", "\n\n"],
  ["old-size-malformed", request.slice(4)],
  ["old-size-malformed", changed("old 3", "old 03")],
  ["old-size-malformed", changed("old 3", "old +3")],
  ["old-size-malformed", changed("old 3", "old -3")],
  ["old-size-malformed", changed("old 3", "old  3")],
  ["old-size-malformed", changed("old 3", "old 3 ")],
  ["old-size-malformed", changed("old 3", "old 3.0")],
  ["old-size-malformed", changed("old 3", "old 0x3")],
  ["old-size-malformed", changed("old 3", "old ３")],
  ["old-size-malformed", changed("old 3", "old 9223372036854775808")],
  ["old-size-malformed", changed("old 3", `old ${"9".repeat(60_000)}`)],
  ["old-size-malformed", changed("old 3", "Old 3")],
  ["old-size-malformed", changed("old 3", "new 3")],
  ["old-size-malformed", `\ufeff${request}`],
  ["proof-malformed", changed(proofLine, "x")],
  ["proof-malformed", changed(proofLine, proofLine.slice(0, -1))],
  ["proof-malformed", changed(proofLine, ` ${proofLine}`)],
  ["proof-malformed", changed(proofLine, `${proofLine}${proofLine}`)],
  ["proof-malformed", changed(proofLine, "A".repeat(44))],
  ["proof-malformed", changed(proofLine, `${"A".repeat(42)}B=`)],
  ["proof-too-long", changed(proofLine, Array.from({ length: 64 }, () => proofLine).join("\n"))],
  ["no-signatures", `${head}\n\n`],
  ["no-signatures", request.slice(0, request.lastIndexOf("\n\n") + 1)],
  ["no-signatures", request.slice(0, request.lastIndexOf("\n\n") + 2)],
  ["signature-malformed", request.slice(0, -1)],
  ["signature-malformed", changed("\u2014 ", "- ")],
  ["too-many-signatures", request + request.slice(request.indexOf("\u2014")).repeat(100)],
  ["origin-missing", changed("\n\nlog.test/one", "\n\n")],
  ["size-malformed", changed("\n9\n", "\n09\n")],
  ["size-malformed", changed("\n9\n", "\n9223372036854775808\n")],
  ["size-malformed", changed("\n9\n", "\nnine\n")],
  ["root-malformed", changed("\n9\n", "\n9\nAAAA\n")],
  ["control-character", changed("\n9\n", "\n9\n\u0000\n")],
  ["control-character", `${request}\t`],
  ["not-unicode", Uint8Array.of(...utf8(request), 0xff)],
];

describe("what is no request", () => {
  const witness = aWitness([log.signer.key]);

  it.each(MALFORMED.map(([reason, body], at) => [at, reason, body] as const))("of row %i is refused as %s", async (_, reason, body) => {
    const answer = await (await witness).post(body);
    expect([answer.status, await answer.text()]).toEqual([400, `${reason}\n`]);
  });

  it("is refused when it is larger than any request can be, however it says so", async () => {
    const large = "old 0\n\n".padEnd(65_537, "x");
    const streamed = new Blob([large]).stream();
    for (const body of [large, streamed]) expect((await (await witness).post(body)).status).toBe(413);
  });

  it("has another method or path", async () => {
    const { fetcher } = await witness;
    const other = await fetcher("/add-checkpoint");
    expect([other.status, other.headers.get("allow")]).toEqual([405, "POST"]);
    expect((await fetcher("/forks", { method: "POST", body: "" })).status).toBe(405);
    for (const path of ["/", "/add-checkpoint/", "/Add-Checkpoint", "/v1/add-checkpoint", "/checkpoint", "/toString"]) {
      expect((await fetcher(path, { method: "POST", body: request })).status, path).toBe(404);
    }
  });

  it("differs from one by a bit is refused, wherever that is, and is no failure", async () => {
    const { post, failures } = await witness;
    expect((await post(await log.request(0, 3))).status).toBe(200);
    const bytes = utf8(request);
    for (let bit = 0; bit < 8 * bytes.length; bit += 3) {
      const flipped = bytes.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      const { status } = await post(flipped);
      expect([400, 403, 404, 409, 422], `bit ${bit}`).toContain(status);
    }
    expect(failures).toEqual([]);
    expect((await post(request)).status).toBe(200);
  });
});
