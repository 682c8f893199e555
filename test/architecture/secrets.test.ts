import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { execute } from "../../src/adapters/libsql/pipeline.ts";
import { parseIdentityKeys } from "../../src/bst/pseudonym.ts";
import { parsePairKeys } from "../../src/bst/seal.ts";
import { type AnyDeployable, DEPLOYABLES, WITNESS } from "../../src/cli/deployables.ts";
import { requiredSecrets } from "../../src/cli/deploy/secrets.ts";
import { KEY_SETTINGS } from "../../src/cli/keys/settings.ts";
import { drawSecrets, type Secrets } from "../../src/cli/secrets.ts";
import { parseRecoveryKeys } from "../../src/objects/recovery/seal.ts";
import { parseSigningKey as parseAnySigningKey } from "../../src/kernel/ed25519.ts";
import { parseManifestKeys, parseSigningKey } from "../../src/snapshot/signature.ts";
import { parseEnvironment, type PortalBindings } from "../../workers/portal/environment.ts";
import { quotesAny } from "../support/quoting.ts";

const ROOT = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const secrets = drawSecrets();

type Reader = (text: string) => unknown;

// The platform's types and Node's do not go together in one program, so what is used of these is said here.
const worker = async <Exports>(path: string): Promise<Exports> => (await import(join(ROOT, "workers", path))) as Exports;
const { AnswerKeys } = await worker<{ AnswerKeys: new (env: object) => { signer(): Promise<unknown> } }>("edge/answer-keys.ts");
const { OriginSettings, readSettings } = await worker<{ OriginSettings: object; readSettings(schema: object, environment: object): unknown }>("origin/environment.ts");

const witness = await worker<{ readSettings(environment: object): unknown }>("witness/environment.ts");

const tokenizer = (name: string): Reader => (text) => parseIdentityKeys({ ...(secrets.tokenizer as { OPRF_KEY: string; ROOT_KEYS: string }), [name]: text });
const answers = (name: string): Reader => (text) => new AnswerKeys({ ...secrets.edge, [name]: text }).signer();
const origin = (name: string): Reader => (text) => readSettings(OriginSettings, { ...secrets.origin, [name]: text });
const database: Reader = (token) => execute({ url: "http://127.0.0.1:1", token, deadlineMs: 100 });

/** What others give us: no key of ours, and drawn for no first deployment. */
const GIVEN: Record<string, string> = {
  EDGE_DATABASE_TOKEN: "eyJhbGciOiJFZERTQSJ9.eyJhIjoicm8ifQ.c2lnbmF0dXJlb2Z0aGlz", OFFICE_DATABASE_TOKEN: "eyJhbGciOiJFZERTQSJ9.eyJhIjoicncifQ.c2lnbmF0dXJlb2Z0aGlz",
  AFRICASTALKING_API_KEY: "atsk_0123456789abcdef0123456789abcdef", IDENTITY_REGISTRY_KEY: "0123456789abcdef0123456789abcdef", UPSTASH_REDIS_REST_TOKEN: "AX8sASQgN2M0ZTM1MmQtZGFkOS00NDk2",
};
/** These say where and who, and are no secrets, though they are kept with them. */
const KNOWN = ["AFRICASTALKING_USERNAME", "UPSTASH_REDIS_REST_URL"];

/** How each Worker reads its secrets when it starts, or first needs them. */
const READERS: Record<AnyDeployable["name"], Record<string, Reader>> = {
  tokenizer: { OPRF_KEY: tokenizer("OPRF_KEY"), ROOT_KEYS: tokenizer("ROOT_KEYS") },
  edge: { PAIR_KEYS: parsePairKeys, MANIFEST_PUBLIC_KEYS: parseManifestKeys, ANSWER_KEY: answers("ANSWER_KEY"), ANSWER_PUBLIC_KEYS: answers("ANSWER_PUBLIC_KEYS"), EDGE_DATABASE_TOKEN: database },
  register: { MANIFEST_KEY: parseSigningKey, RECOVERY_KEYS: parseRecoveryKeys, LOG_KEY: (text) => parseAnySigningKey(text, "LOG_KEY"), EDGE_DATABASE_TOKEN: database },
  origin: Object.fromEntries(
    [
      "PAIR_KEYS", "BOX_KEYS", "RECOVERY_KEYS", "GRANT_KEY", "CODE_PEPPER", "PASSWORD_PEPPER", "OAUTH_SIGNING_KEYS", "CONFORMANCE_KEY", "LOOKUP_KEY", "BOOTSTRAP_SECRET", "RESTORE_TOKEN", "CALLBACK_SECRETS",
      "OFFICE_DATABASE_TOKEN", "AFRICASTALKING_API_KEY", "IDENTITY_REGISTRY_KEY", "UPSTASH_REDIS_REST_TOKEN",
    ].map((name) => [name, origin(name)]),
  ),
  portal: { COOKIE_KEY: (text) => parseEnvironment({ EXIT_URL: "https://exit.test/", HELP_LINES: "[]", COOKIE_KEY: text } as PortalBindings) },
  witness: { WITNESS_KEY: (text) => witness.readSettings({ WITNESS_NAME: "witness.test", LOGS: "", WITNESS_KEY: text }) },
};

/** The names a Worker's configuration says it is given, which no code can tell. */
const declared = ({ config }: AnyDeployable): string[] => /# Secrets:([\s\S]*)$/.exec(read(config))![1]!.match(/\b[A-Z]+(?:_[A-Z]+)+\b/g)!;

/** A text gone wrong in the ways texts do on their way into a setting. */
function spoilt(text: string): string[] {
  const middle = text.length >> 1;
  return [
    text.slice(1), text.slice(0, -1), text.slice(0, 20), text.slice(0, -24), `${text.slice(0, middle)}=${text.slice(middle)}`, `${text.slice(0, middle)}\n${text.slice(middle)}`, `${text}\u0100`,
    JSON.stringify(text), JSON.stringify([text]), JSON.stringify({ [text]: "1" }), JSON.stringify({ 1: { 1: text } }), `${text}${text}`, `PREFIX=${text}`,
    ...(text.startsWith("{") ? [JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text) as object).map(([id, key]) => [key, id])))] : []),
  ];
}

/** All that an error says. */
const saidBy = (error: unknown): string => (error instanceof Error ? [error.message, error.stack, saidBy(error.cause), JSON.stringify(error)].join(" ") : String(error));

async function errorOf(reader: Reader, text: string): Promise<string | null> {
  try {
    await reader(text);
    return null;
  } catch (error) {
    return saidBy(error);
  }
}

describe.each([...DEPLOYABLES, WITNESS])("the secrets of $name", (worker) => {
  const readers = READERS[worker.name];

  it("are all read here, declared in its configuration, and in the documents", () => {
    const known = [...Object.keys(readers), ...KNOWN];
    const settings = [...declared(worker), ...requiredSecrets(worker.name)];
    expect(settings.filter((name) => !known.includes(name))).toEqual([]);
    expect(requiredSecrets(worker.name).filter((name) => !declared(worker).includes(name))).toEqual([]);
    for (const page of ["docs/deployment.md", "docs/keys.md"]) expect(settings.filter((name) => !read(page).includes(`\`${name}\``)), page).toEqual([]);
    const leaks = read("docs/threat-model.md").split("## When a key leaks")[1] ?? "";
    expect(settings.filter((name) => !leaks.includes(`\`${name}\``)), "When a key leaks").toEqual([]);
  });

  it.each(Object.keys(readers))("are refused malformed without being quoted: %s", async (name) => {
    const text = (secrets as Record<string, Record<string, string>>)[worker.name]?.[name] ?? GIVEN[name]!;
    const quotes = quotesAny([text]);
    const errors = await Promise.all(spoilt(text).map((malformed) => errorOf(readers[name]!, malformed)));
    expect(errors.filter((said) => said !== null).length).toBeGreaterThan(0);
    expect(errors.filter((said) => said !== null && quotes(said))).toEqual([]);
  });
});

test("every key of our own can be made and looked over by npm run keys", () => {
  const drawn = Object.values<Record<string, string>>(secrets satisfies Secrets).flatMap((some) => Object.keys(some));
  expect(drawn.filter((name) => !Object.hasOwn(GIVEN, name) && !KNOWN.includes(name) && !Object.hasOwn(KEY_SETTINGS, name))).toEqual([]);
});

test("a setting that looks like a secret is declared as one", () => {
  const looksSecret = /\b[A-Z]+(?:_[A-Z]+)*_(?:KEYS?|TOKEN|SECRETS?|PEPPER)\b(?=[?]?:)/g;
  for (const worker of [...DEPLOYABLES, WITNESS].filter(({ name }) => name !== "tokenizer")) {
    const names = (read(`workers/${worker.name}/environment.ts`).match(looksSecret) ?? []).filter((name) => !name.includes("PUBLIC"));
    expect(names.filter((name) => !declared(worker).includes(name)), worker.name).toEqual([]);
    expect(names.length).toBeGreaterThan(0);
  }
});

test("what would give a key away is seen", () => {
  const quotes = quotesAny([secrets.origin.GRANT_KEY!]);
  expect(quotes(`must not say ${secrets.origin.GRANT_KEY!.slice(3, 20)}`)).toBe(true);
  expect(quotes("GRANT_KEY: must be base64url of 32 bytes, a-long-run-of-letters-and-dashes")).toBe(false);
});
