import { asc } from "drizzle-orm";
import { type Office, readNearest } from "../../../office/database.ts";
import { operators } from "../../operators/office/tables.ts";

/** Every operator the office knows of. */
export const operatorIds = async (office: Office): Promise<string[]> => {
  const rows = await readNearest(office, (database) => database.select({ id: operators.id }).from(operators).orderBy(asc(operators.id)).all());
  return rows.map(({ id }) => id);
};
