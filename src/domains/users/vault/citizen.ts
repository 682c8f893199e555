import type { z } from "zod";
import type { Clock } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import type { Grants, Visit } from "../../authentication/index.ts";
import type { RegisterApi } from "../../exclusions/rpc.ts";
import type { CitizenVaultRpc, VaultRefusal } from "../citizen-rpc.ts";
import type { VaultApi, VisitRefusal } from "./rpc.ts";
import { isFresh, readContact, readDetails } from "./rules.ts";
import { ContactChange, DetailsChange, GrantText, Reading, Watching } from "./schema.ts";

/** What the verbs work with. Whatever of it fails throws: nothing was shown and nothing changed, and the page says so. */
export interface CitizenVaultParts {
  register: Pick<RegisterApi, "holderOf" | "operatorNames" | "tokenHoldings" | "watchHoldings">;
  vault: (personId: string) => VaultApi;
  grants: Grants;
  clock: Clock;
}

type Answer<Verb extends keyof CitizenVaultRpc> = ReturnType<CitizenVaultRpc[Verb]>;
type Refused = { ok: false } & VaultRefusal;

const refuse = (refusal: VaultRefusal["refusal"]): Refused => ({ ok: false, refusal, field: null });

/** The request in its shape; one in another cannot come from a form of ours, and holds no grant. */
function read<T>(schema: z.ZodType<T>, unread: unknown): Result<{ request: T }, VaultRefusal> {
  const parsed = schema.safeParse(unread);
  return parsed.success ? { ok: true, request: parsed.data } : refuse("grant-invalid");
}

/**
 * The vault of the grant's holder. A phone that is somebody else's by now opens neither the vault of who proved it nor
 * that of its new holder.
 */
async function enter({ register, vault, grants }: CitizenVaultParts, text: string): Promise<Result<{ personId: string; vault: VaultApi; visit: Visit }, VaultRefusal>> {
  const grant = await grants.read(text);
  if (!grant) return refuse("grant-invalid");
  const holder = await register.holderOf(grant.phone);
  if (holder !== grant.personId) return refuse("grant-invalid");
  return holder === null ? refuse("nothing-kept") : { ok: true, personId: holder, vault: vault(holder), visit: grant.visit };
}

/** As `enter`, while the code is fresh: what follows tells where the person has accounts. */
async function enterFresh(parts: CitizenVaultParts, text: string): ReturnType<typeof enter> {
  const entered = await enter(parts, text);
  return entered.ok && !isFresh(entered.visit.provenAt, parts.clock()) ? refuse("code-too-old") : entered;
}

/** An answer of the vault, its refusals in the words of the citizen's contract. */
function answered<T extends object>(answer: Result<T, VisitRefusal | { refusal: "changed-meanwhile" }>): Result<T, VaultRefusal> {
  if (answer.ok) return answer;
  return refuse(answer.refusal === "visit-ended" ? "grant-invalid" : answer.refusal);
}

export async function overview(parts: CitizenVaultParts, unread: unknown): Answer<"overview"> {
  const form = read(GrantText, unread);
  const entered = form.ok ? await enter(parts, form.request) : form;
  return entered.ok ? answered(await entered.vault.overview(entered.visit)) : entered;
}

export async function inbox(parts: CitizenVaultParts, unread: unknown): Answer<"inbox"> {
  const form = read(GrantText, unread);
  const entered = form.ok ? await enter(parts, form.request) : form;
  return entered.ok ? answered(await entered.vault.inbox(entered.visit)) : entered;
}

export async function activity(parts: CitizenVaultParts, unread: unknown): Answer<"activity"> {
  const form = read(GrantText, unread);
  const entered = form.ok ? await enter(parts, form.request) : form;
  return entered.ok ? answered(await entered.vault.activity(entered.visit)) : entered;
}

export async function markRead(parts: CitizenVaultParts, unread: unknown): Answer<"markRead"> {
  const form = read(Reading, unread);
  if (!form.ok) return form;
  const entered = await enter(parts, form.request.grant);
  return entered.ok ? answered(await entered.vault.markRead(entered.visit, form.request.upTo)) : entered;
}

/** Shown only while the code is fresh: the list would tell whoever picks the phone up where the person has accounts. */
export async function accessList(parts: CitizenVaultParts, unread: unknown): Answer<"accessList"> {
  const form = read(GrantText, unread);
  const entered = form.ok ? await enterFresh(parts, form.request) : form;
  if (!entered.ok) return entered;
  const list = answered(await entered.vault.accessList(entered.visit));
  if (!list.ok) return list;
  const operators = await parts.register.operatorNames([...new Set(list.checks.map(({ operator }) => operator))]);
  return { ...list, operators };
}

export async function heldTokens(parts: CitizenVaultParts, unread: unknown): Answer<"heldTokens"> {
  const form = read(GrantText, unread);
  const entered = form.ok ? await enterFresh(parts, form.request) : form;
  if (!entered.ok) return entered;
  const stands = answered(await entered.vault.stands(entered.visit));
  if (!stands.ok) return stands;
  const held = await parts.register.tokenHoldings(entered.personId);
  return { ok: true, ...held, operators: await parts.register.operatorNames([...new Set(held.holdings.map(({ operator }) => operator))]) };
}

/** The vault's audit has it before Register keeps or deletes anything. */
export async function watchTokens(parts: CitizenVaultParts, unread: unknown): Answer<"watchTokens"> {
  const form = read(Watching, unread);
  if (!form.ok) return form;
  const { grant, wanted } = form.request;
  const entered = await enterFresh(parts, grant);
  if (!entered.ok) return entered;
  const { askedSince } = await parts.register.tokenHoldings(entered.personId);
  const isSo = (askedSince !== null) === wanted;
  const noted = answered(await (isSo ? entered.vault.stands(entered.visit) : entered.vault.noteWatching(entered.visit, wanted)));
  if (noted.ok && !isSo) await parts.register.watchHoldings(entered.personId, wanted);
  return noted;
}

export async function changeDetails(parts: CitizenVaultParts, unread: unknown): Answer<"changeDetails"> {
  const form = read(DetailsChange, unread);
  if (!form.ok) return form;
  const entered = await enter(parts, form.request.grant);
  if (!entered.ok) return entered;
  const written = readDetails(form.request.details, parts.clock());
  if (!written.ok) return written;
  const { details, locale } = written;
  return answered(await entered.vault.changeDetails(entered.visit, { version: form.request.version, details, locale }));
}

export async function changeContact(parts: CitizenVaultParts, unread: unknown): Answer<"changeContact"> {
  const form = read(ContactChange, unread);
  if (!form.ok) return form;
  const { grant, version, contact } = form.request;
  const entered = await enter(parts, grant);
  if (!entered.ok) return entered;
  const written = contact && readContact(contact);
  if (written && !written.ok) return written;
  return answered(await entered.vault.changeContact(entered.visit, { version, contact: written && written.contact }));
}

/** A grant that opens nothing needs no ending. */
export async function leave(parts: CitizenVaultParts, unread: unknown): Answer<"leave"> {
  const form = read(GrantText, unread);
  const entered = form.ok ? await enter(parts, form.request) : form;
  if (entered.ok) await entered.vault.endVisit(entered.visit);
}
