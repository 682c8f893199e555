import { type Office, readNearest } from "../../../office/database.ts";
import { licenceOf, licencesOf, stepsOf, type StoredLicence, type StoredStep, warningsOf } from "./store.ts";

/** A licence, what happened to it, and those before it. */
export interface LicenceLook {
  licence: StoredLicence;
  steps: StoredStep[];
  warnings: { days: number; at: number }[];
  earlier: StoredLicence[];
}

/** An operator's licence; null when it never had one. */
export const lookAtLicence = (office: Office, operator: string): Promise<LicenceLook | null> =>
  readNearest(office, async (database) => {
    const licence = await licenceOf(database, operator).get();
    if (!licence) return null;
    const [steps, warnings, all] = await Promise.all([stepsOf(database, licence.id).all(), warningsOf(database, licence).all(), licencesOf(database, operator).all()]);
    return { licence, steps, warnings, earlier: all.filter(({ id }) => id !== licence.id) };
  });
