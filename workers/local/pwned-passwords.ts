import { sha1 } from "@noble/hashes/legacy.js";
import { Hono } from "hono";
import { toHex, utf8 } from "../../src/kernel/bytes.ts";

/** Passwords that are known here, and how often they were seen. */
const SEEN = {
  "password": 52_256_179, "password1": 4_432_123, "qwertyuiop": 3_912_816, "iloveyou1": 1_021_341, "football1": 612_443,
  "kenya1234": 21, "correct horse battery staple": 4,
};
/** For trying out what happens then: what begins like these does not answer, or not well. */
const HANGING = "this one hangs";
const FAILING = "this one fails";

const PREFIX = 5;
const LEAST_LINES = 800;

const digestOf = (password: string): string => toHex(sha1(utf8(password))).toUpperCase();

const known = Object.entries(SEEN).map(([password, count]) => ({ digest: digestOf(password), count }));
const [hanging, failing] = [HANGING, FAILING].map((password) => digestOf(password).slice(0, PREFIX));

const padding = (): string => `${digestOf(crypto.randomUUID()).slice(PREFIX)}:0`;

/** The range API of Pwned Passwords as its clients see it, with a handful of passwords. */
export function pwnedPasswords(): Hono {
  const app = new Hono();
  app.get("/dev/pwned-passwords/range/:prefix", async (c) => {
    const prefix = c.req.param("prefix").toUpperCase();
    if (!/^[\dA-F]{5}$/.test(prefix)) return c.text("The hash prefix was not in a valid format", 400);
    if (prefix === hanging) await new Promise(() => {});
    if (prefix === failing) return c.text("Service unavailable", 503);
    const found = known.filter(({ digest }) => digest.startsWith(prefix)).map(({ digest, count }) => `${digest.slice(PREFIX)}:${count}`);
    const padded = c.req.header("add-padding") === "true" ? Array.from({ length: LEAST_LINES - found.length }, padding) : [];
    return c.text([...found, ...padded].toSorted().join("\r\n"));
  });
  return app;
}
