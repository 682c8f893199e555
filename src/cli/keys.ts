/**
 * `npm run -s keys -- <setting>`: the text of a setting with one key more, as `npx wrangler secret put` takes it; docs/keys.md says in which order.
 *
 *   npm run -s keys -- PAIR_KEYS < old > new                     the next number added; so ROOT_KEYS, BOX_KEYS, RECOVERY_KEYS, OAUTH_SIGNING_KEYS, CALLBACK_SECRETS
 *   npm run -s keys -- PAIR_KEYS --first > new                   where there is none yet
 *   npm run -s keys -- MANIFEST_KEY < old > new                  another signing key under the next number; so ANSWER_KEY, LOG_KEY, WITNESS_KEY, CONFORMANCE_KEY
 *   npm run -s keys -- MANIFEST_PUBLIC_KEYS --beside '{"1":"…"}' < MANIFEST_KEY > new      its public half beside those there are
 *   npm run -s keys -- GRANT_KEY > new                           one that takes the old one's place; so CODE_PEPPER, BOOTSTRAP_SECRET, RESTORE_TOKEN, COOKIE_KEY
 *   npm run -s keys -- OPRF_KEY --for-life > new                 what there is no second of; so LOOKUP_KEY, PASSWORD_PEPPER
 *   npm run -s keys -- check PAIR_KEYS < text                    whether its Workers take it, and its fingerprints
 *   npm run -s keys -- verifier LOG_KEY --name <LOG_ORIGIN> < text      its public half, as a witness is told it; so WITNESS_KEY, for a log's policy
 *
 * Keys go to standard output alone, never to a terminal; what may be seen, fingerprints, to standard error. `-s` keeps npm's own lines out of the text.
 */
import { text as textOf } from "node:stream/consumers";
import { commandLine } from "./command-line.ts";
import { fingerprintsOf, KeyRefusal, keysOf, newText, settingOf } from "./keys/texts.ts";
import { verifierKeyOf } from "./keys/verifier-keys.ts";

const { values: options, positionals } = commandLine(import.meta.url, {
  allowPositionals: true,
  options: { "first": { type: "boolean" }, "for-life": { type: "boolean" }, "beside": { type: "string" }, "name": { type: "string" } },
});

try {
  await run(positionals);
} catch (error) {
  // An error that is not ours may quote what it was given.
  console.error(error instanceof KeyRefusal ? error.message : `Nothing was made: ${(error as Error).name}`);
  process.exitCode = 1;
}

async function run([what = "", name = ""]: string[]): Promise<void> {
  if (what === "check") return console.log(fingerprintsOf(name, keysOf(name, await input(name))));
  if (what === "verifier") return console.log(verifierKeyOf(name, await input(name), options.name ?? ""));
  const { ofPrivate, replaced = false } = settingOf(what);
  if (process.stdout.isTTY) throw new KeyRefusal("A terminal remembers what it shows: send the text to a file (npm run -s keys -- … > file).");
  const asked = ofPrivate ? { before: options.beside ?? null, privateKey: await input(ofPrivate) } : { before: options.first || replaced ? null : await input(what) };
  const { text, fingerprints } = newText(what, { ...asked, forLife: options["for-life"] });
  process.stdout.write(`${text}\n`);
  console.error(fingerprints);
}

/** What standard input holds. A pipe that broke must not look like a setting that has no key yet. */
async function input(name: string): Promise<string> {
  const text = process.stdin.isTTY ? "" : (await textOf(process.stdin)).trim();
  if (text === "") throw new KeyRefusal(`The text of ${name} is read from standard input and there is none; --first is for where there never was one.`);
  return text;
}
