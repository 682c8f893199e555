/** The administrator of this machine's register: made once, by the secret that makes the first one, and kept beside the data. */
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

interface Kept {
  token: string;
  /** What sets the password of their pages, at /activate, for 72 hours; left out by whoever made it before there was one. */
  activation?: string;
}

/** The administrator's access token and activation; `file` is where it is kept between starts, null for a system that ends with its data. */
export async function administratorOf(url: string, bootstrapSecret: string, file: string | null): Promise<Kept> {
  if (file && existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Kept;
  const { token, activation } = await bootstrap(url, bootstrapSecret, { name: "Administrator", email: "admin@localhost.test" });
  const made: Kept = { token, activation };
  if (file) writeFileSync(file, JSON.stringify(made, null, 2), { mode: 0o600 });
  return made;
}

/** Makes the first administrator. Throws with the problem's words when there is one already, or the secret is wrong. */
export async function bootstrap(url: string, secret: string, profile: { name: string; email: string }): Promise<Required<Kept>> {
  const headers = { "authorization": `Bearer ${secret}`, "content-type": "application/json", "idempotency-key": randomUUID() };
  const response = await fetch(`${url}/v1/bootstrap`, { method: "POST", headers, body: JSON.stringify(profile) });
  const body = (await response.json()) as Required<Kept> & { title?: string };
  if (!response.ok) throw new Error(`no administrator could be made: ${response.status} ${body.title}`);
  return body;
}

/** Where this machine's administrator is kept. */
export const LAPTOP = ".local/data/administrator.json";

/** The token of this machine's administrator, for this machine's register; null for any other, and before it was started once. */
export const laptopToken = (url: string): string | null =>
  url.startsWith("http://localhost") && existsSync(LAPTOP) ? (JSON.parse(readFileSync(LAPTOP, "utf8")) as Kept).token : null;
