/** Debian's Chromium for the browser tests. Where it is absent they say so and are skipped; in continuous integration they fail. */
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { expect, it } from "vitest";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
export const ABSENT = !existsSync(CHROMIUM);

if (ABSENT) console.warn(`SKIPPED: the browser tests need Chromium, and there is none at ${CHROMIUM} (set CHROMIUM).`);
if (ABSENT && process.env.CI) it("has a browser in continuous integration", () => expect.fail(`no Chromium at ${CHROMIUM}`));

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu", "--disable-quic"] });

/** A small phone. */
export const PHONE_SIZE = { width: 360, height: 740 };
