import type { Verification } from "../../../adapters/identity-registry/port.ts";
import type { Random } from "../../../kernel/clock.ts";
import { openValue, type Place, sealValue } from "../../../sealing/sealed.ts";
import type { StoredVerification } from "./store.ts";

/** What the registry said of a claim, apart from its verdict. */
export type Said = Pick<Verification, "reference" | "differing">;

const place = (id: string): Place => ({ table: "verifications", column: "sealed", row: id });

export const sealSaid = (dataKey: Uint8Array, id: string, { reference, differing }: Said, random: Random): Uint8Array =>
  sealValue(dataKey, { reference, differing }, place(id), random);

export const openSaid = (dataKey: Uint8Array, { id, sealed }: StoredVerification): Said => openValue<Said>(dataKey, sealed, place(id));
