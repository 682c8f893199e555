import { randomBytes } from "node:crypto";
import { encode } from "uqr";
import { describe, expect, it } from "vitest";
import { packReceipt, receiptIn } from "../../src/audit/pocket.ts";
import { pageModule } from "../../src/cli/verifier/build.ts";
import { VERIFY_SCRIPT } from "../../src/domains/exclusions/pages/verify-script.ts";
import { LOCALES, type Locale } from "../../src/i18n/locales.ts";
import { contentHash } from "../../src/pages/style.ts";
import { OPENING } from "../support/receipts.ts";
import { picturedIn } from "../support/pictures.ts";
import { WITNESSED } from "../support/small-log.ts";
import { FORM_ID, visitor } from "./browser.ts";
import { LENGTHENED, RECEIPT, RIGHT_CODE } from "./citizens.ts";

const noise = (length: number) => randomBytes(length).toString("base64");
const PHONE = "0712345678";
const RECEIPT_PAGE = "/my/receipts/NSER-111111111J";
const PROOF = `${RECEIPT_PAGE}/proof`;
/** As long as one is in a log of 16 million entries that three witnesses cosign; of its hashes nothing but their length is right. */
const OF_MILLIONS = `${RECEIPT.replace(/^(index .*\n)(?:.+\n)*/m, (_, index) => `${index}${Array.from({ length: 24 }, () => `${noise(32)}\n`).join("")}`)}${[2, 3].map((nth) => `\u2014 witness${nth}.example/w ${noise(76)}\n`).join("")}`;
const unescaped = (html: string) => html.replaceAll("&amp;", "&");

async function excluded() {
  const browser = visitor();
  await browser.post("/exclude/confirm", { formId: FORM_ID, policy: "30d", phone: PHONE, code: RIGHT_CODE });
  return browser;
}

/** The picture's side in modules. */
const sideOf = (html: string) => Number(/<svg role="img"[^>]* viewBox="0 0 (\d+) /.exec(html)![1]);

describe("the proof of an exclusion", () => {
  it("is led to from its receipt, and is a file, a mail and a picture", async () => {
    const { get } = await excluded();
    expect((await get(RECEIPT_PAGE)).html).toContain(`href="${PROOF}"`);
    const { html } = await get(PROOF);
    expect(html).toContain(`href="${PROOF}/file?of=${OPENING.id}"`);
    const mail = new URL(unescaped(/href="(mailto:[^"]*)"/.exec(html)![1]!));
    expect(await receiptIn(mail.searchParams.get("body")!)).toBe(RECEIPT);
    expect(`${mail.searchParams.get("subject")}`).not.toMatch(/gambl|exclu|NSER/i);
    const file = await get(`${PROOF}/file?of=${OPENING.id}`);
    expect([file.html, file.headers.get("content-type")]).toEqual([RECEIPT, "text/plain; charset=utf-8"]);
    expect(file.headers.get("content-disposition")).toBe('attachment; filename="NSER-111111111J.tlog-proof"');
  });

  it("has a picture that leads to the page that verifies it, with the file where no server is told of it", async () => {
    const { get, citizens } = await excluded();
    const { html } = await get(PROOF);
    const address = `https://register.test/verify#${await packReceipt(RECEIPT)}`;
    expect(picturedIn(html)).toEqual(encode(address, { border: 4 }).data);
    expect(await receiptIn(address)).toBe(RECEIPT);
    citizens.proofFile = OF_MILLIONS;
    const large = (await get(PROOF)).html;
    expect(new TextEncoder().encode(large).length).toBeLessThanOrEqual(50_000);
    expect(sideOf(large)).toBeLessThanOrEqual(165);
  });

  it("is there for each step, of this exclusion only", async () => {
    const { get, citizens } = await excluded();
    const { html } = await get(`${PROOF}?of=${LENGTHENED}`);
    expect(html).toContain('<b aria-current="true">It was made longer</b>');
    expect(citizens.asked("proof").at(-1)).toMatchObject({ reference: "NSER-111111111J", entry: LENGTHENED });
    for (const path of [`${PROOF}?of=${FORM_ID}`, `${PROOF}?of=nonsense`, `${PROOF}/file?of=${FORM_ID}`, "/my/receipts/NSER-2222222224/proof", "/my/receipts/nonsense/proof"]) {
      expect((await get(path)).status).toBe(404);
    }
  });

  it("is said to come in a moment while the log has it not yet", async () => {
    const { get, citizens } = await excluded();
    citizens.proofFile = null;
    for (const path of [PROOF, `${PROOF}/file?of=${OPENING.id}`]) {
      const { status, html, headers } = await get(path);
      expect([status, headers.get("retry-after"), headers.get("content-disposition")]).toEqual([503, "1", null]);
      expect(html).toContain("Try again in a moment");
      expect(html).not.toMatch(/mailto:|image\/bmp/);
    }
  });

  it("is not promised where there is none, as of what officers decided", async () => {
    const { get, citizens } = await excluded();
    citizens.proof = async () => ({ ok: true, steps: [], entry: null, file: null });
    const { status, html } = await get(PROOF);
    expect([status, html.includes("There is no proof of this here"), html.includes("in a moment")]).toEqual([200, true, false]);
    Object.assign(citizens.receipts[0]!, { origin: "court" });
    expect((await get(RECEIPT_PAGE)).html).not.toContain(PROOF);
  });

  it("is all that is missing while the log is away", async () => {
    const { get, citizens } = await excluded();
    citizens.proofFile = undefined;
    expect((await get(PROOF)).status).toBe(503);
    expect(await get(RECEIPT_PAGE)).toMatchObject({ status: 200, html: expect.stringContaining("You are excluded from gambling") });
  });

  it("is its holder's to show: anybody else comes to the door, which leads back", async () => {
    const { get, post, cookies, citizens } = await excluded();
    cookies.clear();
    for (const path of [PROOF, `${PROOF}/file?of=${OPENING.id}`]) {
      const door = await get(path);
      expect(door.html).not.toMatch(/tlog-proof|mailto:/);
      const code = await post("/my/code", { ...door.fields, phone: PHONE });
      expect((await post("/my/enter", { ...code.fields, code: RIGHT_CODE })).headers.get("location")).toBe(PROOF);
      cookies.clear();
    }
    expect(citizens.asked("proof")).toEqual([]);
  });
});

describe("the page that verifies", () => {
  it.each(Object.keys(LOCALES) as Locale[])("in %s holds its script and the keys, and may ask nobody", async (locale) => {
    const { html, headers } = await visitor().get(`/verify?lang=${locale}`);
    expect(html.match(/<script>/g)).toHaveLength(1);
    expect(html).toContain(`<script>${VERIFY_SCRIPT}</script>`);
    expect(html).toContain(WITNESSED.split("\n")[0]);
    expect(html).not.toMatch(/ src=|<link rel="stylesheet"| on\w+="/);
    expect(headers.get("content-security-policy")).toContain(`default-src 'none'`);
    expect(headers.get("content-security-policy")).toContain(`script-src ${contentHash(VERIFY_SCRIPT)}`);
    expect(headers.get("content-security-policy")).not.toMatch(/connect-src|script-src 'self'/);
    expect(/<meta http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)![1]).toContain("default-src");
    expect(new TextEncoder().encode(html).length).toBeLessThanOrEqual(50_000);
  });

  it("is away while nobody can say whose signatures to believe", async () => {
    const { get, citizens } = visitor();
    citizens.gone = true;
    expect((await get("/verify")).status).toBe(503);
  });

  it("has the script that its sources make", async () => {
    expect(await pageModule()).toContain(JSON.stringify(VERIFY_SCRIPT));
  });
});
