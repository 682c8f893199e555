import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { testApi } from "../support/api.ts";
import { bodyErrors } from "../support/conforms.ts";
import { ABSENT, launch, PHONE_SIZE } from "../support/chromium.ts";

type Json = Record<string, any>;

const { api, document } = await testApi();
const read = async (path: string) => {
  const response = await api.request(path);
  return { response, html: (await response.text()).replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&lt;", "<").replaceAll("&gt;", ">") };
};

/** Each is asked for once, however many lead there. */
const got = new Map<string, ReturnType<typeof read>>();
const get = (path: string) => got.get(path) ?? got.set(path, read(path)).get(path)!;

const operations = Object.entries<Json>(document.paths).flatMap(([path, methods]) =>
  Object.entries<Json>(methods).map(([method, route]) => ({ method, path, route, problems: JSON.stringify(route).match(/\/problems\/[a-z-]+(?=")/g) ?? [] })));

const index = (await get("/docs")).html;
const addresses = [...new Set([...index.matchAll(/href="(\/docs\/[^"]+)"/g)].map(([, address]) => address!))];
const pages = new Map(await Promise.all(["/docs", ...addresses].map(async (address) => [address, (await get(address)).html] as const)));

const TAKES: Record<string, string> = {
  nothing: "nothing.", accessToken: "the capability ", operatorKey: "an operator's key.", bootstrapSecret: "the deployment's bootstrap secret.",
  restoreToken: "the deployment's restore token.", oauthClient: "a third party's client, by its id and secret.",
};

const pageOf = (path: string, method: string): string => {
  const at = index.indexOf(`<code>${method.toUpperCase()} ${path}</code>`);
  expect(at, `${method} ${path}`).toBeGreaterThan(0);
  return pages.get(index.slice(0, at).match(/href="([^"]+)">$/)![1]!)!;
};

describe("the reference's pages", () => {
  it("are one for each operation, by method and path", () => {
    expect(addresses).toHaveLength(operations.length);
    expect(addresses).toContain("/docs/post-v1-operators");
  });

  it.each(operations)("tell of $method $path what it is for, what it takes and how it fails", ({ method, path, route, problems }) => {
    const html = pageOf(path, method);
    const scheme = Object.keys(route.security?.[0] ?? {})[0];
    expect(html).toContain(route.summary);
    expect(html).toContain(route.description ?? "");
    expect(html).toContain(route["x-capability"] ?? "");
    expect(html).toContain(`Takes ${TAKES[scheme ?? "nothing"]}`);
    for (const problem of problems) expect(html).toContain(`href="${problem}"`);
    for (const { name } of route.parameters ?? []) expect(html).toContain(`<code>${name}</code>`);
    expect(html.includes("Authorization: Bearer $")).toBe(scheme !== undefined && scheme !== "oauthClient");
    expect(html.includes('--user "$CLIENT_ID:$CLIENT_SECRET"')).toBe(scheme === "oauthClient");
    expect(html.includes("Idempotency-Key: $(uuidgen)")).toBe((route.parameters ?? []).some((one: Json) => one.name === "idempotency-key" && one.required));
  });

  it.each(operations.filter(({ route }) => route.requestBody))("show a body that $method $path takes", ({ method, path, route }) => {
    const [type] = Object.keys(route.requestBody.content);
    const [, body] = pageOf(path, method).match(/--data-binary '(.*)'<\/pre>/)!;
    const place = [path, method, "requestBody", "content", type!, "schema"].map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1")));
    const sent = type === "application/x-www-form-urlencoded" ? Object.fromEntries(new URLSearchParams(body!)) : JSON.parse(body!);
    expect(bodyErrors(document, `/paths/${place.join("/")}`, sent)).toEqual([]);
  });

  it("lead nowhere that is not there", async () => {
    for (const [address, html] of pages) {
      for (const [, href] of html.matchAll(/href="([^"]+)"/g)) {
        if (href === "data:,") continue;
        if (href!.startsWith("#")) expect(html, `${address}${href}`).toContain(`id="${href!.slice(1)}"`);
        else expect((await get(href!)).response.status, `${address} → ${href}`).toBe(200);
      }
    }
  });

  it("are small, run nothing and take no style but their own", async () => {
    for (const [address, html] of pages) {
      expect(Buffer.byteLength(html), address).toBeLessThan(60_000);
      expect(html).not.toContain("<script");
    }
    const { response } = await get("/docs");
    expect(response.headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'sha256-\S+' 'sha256-\S+'; /);
    expect(response.headers.get("x-frame-options")).toBe("DENY");
  });

  it.each(["get-nothing", "constructor", "%3Cb%3E"])("are no more than there are operations: %s", async (name) => {
    const { response, html } = await get(`/docs/${name}`);
    expect([response.status, JSON.parse(html).type]).toEqual([404, "/problems/not-found"]);
    expect(response.headers.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'");
  });
});

describe.skipIf(ABSENT)("the reference's pages in Chromium", () => {
  const PICTURES = ".build/screenshots";
  const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

  it("fit 360 px, are accessible and keep their style under their own policy", async () => {
    mkdirSync(PICTURES, { recursive: true });
    const browser = await launch();
    try {
      const page = await (await browser.newContext({ viewport: PHONE_SIZE })).newPage();
      await page.route("**/*", async (route) => {
        const response = await api.request(route.request().url());
        await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() });
      });
      for (const name of ["docs", "docs/post-v1-checks-batch", "docs/post-v1-operators"]) {
        await page.goto(`http://nser.test/${name}`);
        await page.screenshot({ path: `${PICTURES}/reference-${name.replaceAll("/", "-")}.png`, fullPage: true });
        expect(await page.evaluate(() => [document.scrollingElement!.scrollWidth, getComputedStyle(document.body).marginTop]), name).toEqual([PHONE_SIZE.width, "0px"]);
        await page.evaluate(AXE);
        const found = await page.evaluate(() => (globalThis as unknown as { axe: typeof import("axe-core") }).axe.run());
        expect(found.violations.map(({ id, nodes }) => [id, nodes[0]?.html]), name).toEqual([]);
      }
    } finally {
      await browser.close();
    }
  }, 60_000);
});
