/** Sign-ins one after another over the whole system, each beside a bare hash of the same cost; and whether one that fails tells why by its time. */
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Hasher } from "../../domains/authentication/passwords/hasher.ts";
import { Citizen } from "../doors.ts";
import { p99, quartiles } from "../quartiles.ts";
import { drawSecrets } from "../secrets.ts";
import { startSystem } from "../system.ts";
import { addressOf, phoneOf } from "./registrations.ts";
import { count, type Length, type Report, spread } from "./report.ts";

const PASSWORD = "a password of the benchmark";
const WRONG = "some other words";
const TARGET_P99_MS = 150;
/** On a machine that does other things beside, medians this far apart are chance. */
const ALIKE = { lower: 0.8, upper: 1.25 };

interface Round {
  signInMs: number;
  hashMs: number;
  wrongMs: number;
  unknownMs: number;
}

/** `npm run bench -- sign-in` */
export async function signIn(length: Length): Promise<Report> {
  const rounds = await measure({ short: 10, full: 200 }[length]);
  const figure = (of: keyof Round) => {
    const values = rounds.map((round) => round[of]);
    return { ...quartiles(values, 1), p99: Number(p99(values).toFixed(1)) };
  };
  const [signInMs, hashMs, wrongMs, unknownMs] = [figure("signInMs"), figure("hashMs"), figure("wrongMs"), figure("unknownMs")];
  const wrongToUnknown = Number((wrongMs.median / unknownMs.median).toFixed(3));
  const row = (what: string, of: typeof hashMs, beside: string) => [what, `${spread(of)} ms, p99 ${of.p99} ms`, beside];
  const tells = wrongToUnknown < ALIKE.lower || wrongToUnknown > ALIKE.upper;
  return {
    title: "One sign-in",
    method:
      `${count(rounds.length)} rounds one after another on the portal's direct socket: a wrong password for a phone that has an account, any password for a phone that has none, ` +
      "the right password, from the form sent to the redirect with its cookies; then one bare Argon2id of the same cost (19 MiB, 2 passes), the same WebAssembly in Node.",
    head: ["what", "figure", "beside it"],
    rows: [
      row("the right password → session", signInMs, `target: p99 below ${TARGET_P99_MS} ms`),
      row("a bare hash", hashMs, `a sign-in is ${(signInMs.median / hashMs.median).toFixed(2)} of them`),
      row("a wrong password → refused", wrongMs, `÷ nobody's phone: ${wrongToUnknown}`),
      row("nobody's phone → refused", unknownMs, "the same words, the same hash"),
    ],
    notes: [],
    faults: [
      ...(length === "full" && signInMs.p99 >= TARGET_P99_MS ? [`p99 of a sign-in is ${signInMs.p99} ms`] : []),
      ...(length === "full" && tells ? [`a wrong password takes ${wrongToUnknown} of the time of a phone nobody has an account with`] : []),
    ],
    figures: { signIn: { rounds: rounds.length, signInMs, hashMs, wrongMs, unknownMs, wrongToUnknown } },
  };
}

async function measure(rounds: number): Promise<Round[]> {
  const system = await startSystem({ secrets: drawSecrets() });
  try {
    const pages = await system.direct("portal");
    const phone = phoneOf(0);
    const device = await signUp(new Citizen(system.url, { pages }), phone);
    const hasher = bareHasher();
    const hash = hasher.hash(PASSWORD);
    const measured: Round[] = [];
    // The first rounds compile what all of them run.
    for (let n = -3; n < rounds; n++) {
      const address = addressOf(n + 3);
      const refused = (tried: string): Promise<number> => sent(pages, address, { phone: tried, password: WRONG }, device, 403);
      const [first, second] = n % 2 === 0 ? [phone, phoneOf(n + 1_000)] : [phoneOf(n + 1_000), phone];
      const failed = { [first]: await refused(first), [second]: await refused(second) };
      const signInMs = await sent(pages, address, { phone, password: PASSWORD }, device, 303);
      const { [phone]: wrongMs, ...nobodys } = failed;
      const round = { signInMs, wrongMs: wrongMs!, unknownMs: Object.values(nobodys)[0]!, hashMs: timed(() => hasher.matches(hash, PASSWORD)) };
      if (n >= 0) measured.push(round);
    }
    return measured;
  } finally {
    await system.stop();
  }
}

/** Makes an account; answers the cookie its browser is known by. */
async function signUp(citizen: Citizen, phone: string): Promise<string> {
  const { browser } = citizen;
  await browser.open("/sign-up");
  await browser.submit("/sign-up/code", { phone, name: "Bench", dateOfBirth: "27 3 1990" });
  await browser.submit("/sign-up/confirm", { code: await citizen.code(phone), password: PASSWORD });
  const device = browser.cookie("device");
  if (!device) throw new Error(`no account: ${browser.page.status}`);
  return device;
}

/** How long a sign-in takes, ms; throws when it is answered otherwise than it must be. */
async function sent(pages: string, address: string, form: { phone: string; password: string }, device: string, status: number): Promise<number> {
  const headers = { "origin": pages, "sec-fetch-site": "same-origin", "cf-connecting-ip": address, "cookie": `device=${device}` };
  const startedAt = performance.now();
  const response = await fetch(`${pages}/sign-in`, { method: "POST", redirect: "manual", headers, body: new URLSearchParams(form) });
  await response.text();
  const took = performance.now() - startedAt;
  if (response.status !== status) throw new Error(`a sign-in was answered ${response.status}, not ${status}`);
  return took;
}

function timed(act: () => unknown): number {
  const startedAt = performance.now();
  act();
  return performance.now() - startedAt;
}

function bareHasher(): Hasher {
  const program = readFileSync(createRequire(import.meta.url).resolve("@phi-ag/argon2/argon2.wasm"));
  return new Hasher(new WebAssembly.Instance(new WebAssembly.Module(program)), randomBytes(32), randomBytes);
}
