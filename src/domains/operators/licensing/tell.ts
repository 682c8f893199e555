import { type Actor, systemActor } from "../../../kernel/actor.ts";
import type { LicenceParts } from "./parts.ts";
import { wordOf } from "./rules.ts";
import { licencesUntold, type StoredLicence } from "./store.ts";

const ITSELF = systemActor("licences");
const AT_ONCE = 200;

type Told = Pick<LicenceParts, "directory">;

/** Has Register know what a licence says, by its version: a word that comes late undoes no newer one. Throws while it cannot be told. */
async function say({ directory }: Told, licence: StoredLicence, actor: Actor): Promise<void> {
  const { id, operator, version } = licence;
  const said = await directory.setLicence({ commandId: `licence ${id} ${version}`, operator, ...wordOf(licence), revision: version, actor });
  if (!said.ok) throw new Error(`a licence's word was refused: ${said.refusal}`);
}

/** Right after an officer's act. What Register does not hear now it is told within a minute. */
export const tellRegister = (parts: Told & Pick<LicenceParts, "report">, licence: StoredLicence, actor: Actor): Promise<void> => say(parts, licence, actor).catch(parts.report);

/** Each minute: wherever Register says something else than a licence does, it is told again; nothing else keeps count of what it heard. */
export async function sweepWords(parts: LicenceParts): Promise<void> {
  for (const licence of await licencesUntold(parts.office, AT_ONCE)) await tellRegister(parts, licence, ITSELF);
}
