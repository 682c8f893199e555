/** What the page of /verify does in a browser: it verifies what it is given, asks nobody, and shows what that proves. `build.ts` makes its script of it. */
import type { AuditRecord } from "../../audit/entry.ts";
import { receiptIn } from "../../audit/pocket.ts";
import { type ProvenReceipt, verifyReceipt } from "../../audit/receipt.ts";
import type { VerifyDoubt, VerifyWords } from "../../domains/exclusions/pages/verify-words.ts";
import { toBase64 } from "../../kernel/bytes.ts";
import { canonicalJson, type Json } from "../../kernel/canonical-json.ts";
import { parsePolicy } from "../../tlog/policy.ts";

const byId = <Kind extends HTMLElement>(id: string): Kind => document.getElementById(id) as Kind;

const form = byId<HTMLFormElement>("verify");
const [receipt, keys, file] = [byId<HTMLTextAreaElement>("receipt"), byId<HTMLTextAreaElement>("keys"), byId<HTMLInputElement>("file")];
const [proven, doubted] = [byId("proven"), byId("doubted")];
const words = JSON.parse(form.dataset.words!) as VerifyWords;

const clock = new Intl.DateTimeFormat(words.tag, { dateStyle: "long", timeStyle: "long", hourCycle: "h23", timeZone: "Africa/Nairobi" });
const timeOf = (at: unknown): string | null => (typeof at === "number" ? clock.format(at) : null);

async function verified(): Promise<ProvenReceipt | VerifyDoubt> {
  const text = await receiptIn(receipt.value);
  if (text === null) return "nothing";
  const policy = parsePolicy(keys.value);
  if (!policy.ok) return "keys-wrong";
  const answer = await verifyReceipt(text, policy.policy);
  return answer.ok ? answer : answer.refusal;
}

/** Whatever stops it, nothing is shown as proven. */
async function check(): Promise<void> {
  const answer = await verified().catch((): VerifyDoubt => "browser");
  const isProven = typeof answer === "object";
  proven.hidden = !isProven;
  doubted.hidden = isProven;
  if (isProven) show(answer);
  else doubt(answer);
  (isProven ? proven : doubted).focus();
}

function doubt(refusal: VerifyDoubt): void {
  byId("doubt").textContent = words.doubts[refusal];
  byId("code").textContent = refusal;
}

function show({ opening: { id, at, action, record }, index, checkpoint, cosigners }: ProvenReceipt): void {
  const { policy, startedAt, endsAt } = saidOf(record);
  fill("action", words.actions[action] ?? action);
  fill("at", timeOf(at));
  fill("resource", record.resource);
  fill("period", words.periods[String(policy)] ?? null);
  fill("since", timeOf(startedAt));
  fill("until", endsAt === null ? words.noEnd : timeOf(endsAt));
  fill("index", `${index} / ${checkpoint.size}`);
  fill("log", checkpoint.origin);
  fill("root", toBase64(checkpoint.root));
  fill("cosigners", cosigners.map(({ key, time }) => `\u2068${key.name}\u2069: ${clock.format(Number(time) * 1_000)}`).join("\n") || words.noCosigners);
  fill("entry", id);
  fill("record", canonicalJson(record as unknown as Json));
}

const saidOf = ({ payload }: AuditRecord): Record<string, unknown> => (typeof payload === "object" && payload !== null ? (payload as Record<string, unknown>) : {});

function fill(name: string, value: string | null): void {
  const place = byId(`fact-${name}`);
  place.textContent = value;
  place.closest("div")!.hidden = value === null;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void check();
});

file.addEventListener("change", async () => {
  receipt.value = (await file.files?.[0]?.text()) ?? "";
  await check();
});

function checkScanned(): void {
  if (location.hash.length <= 1) return;
  receipt.value = location.hash.slice(1);
  void check();
}

byId("without").hidden = true;
form.hidden = false;
addEventListener("hashchange", checkScanned);
checkScanned();
