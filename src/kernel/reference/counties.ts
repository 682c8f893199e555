/** Kenya's counties in the order of the First Schedule to the Constitution of Kenya, 2010: the first is 001. */
const NAMES = [
  "Mombasa", "Kwale", "Kilifi", "Tana River", "Lamu", "Taita-Taveta", "Garissa", "Wajir", "Mandera", "Marsabit", "Isiolo", "Meru", "Tharaka-Nithi", "Embu",
  "Kitui", "Machakos", "Makueni", "Nyandarua", "Nyeri", "Kirinyaga", "Murang'a", "Kiambu", "Turkana", "West Pokot", "Samburu", "Trans Nzoia", "Uasin Gishu",
  "Elgeyo-Marakwet", "Nandi", "Baringo", "Laikipia", "Nakuru", "Narok", "Kajiado", "Kericho", "Bomet", "Kakamega", "Vihiga", "Bungoma", "Busia", "Siaya",
  "Kisumu", "Homa Bay", "Migori", "Kisii", "Nyamira", "Nairobi City",
] as const;

export interface County {
  /** 001 to 047. */
  code: string;
  name: string;
  /** ISO 3166-2:KE, which numbers the counties by the alphabet. */
  iso: string;
}

const codeOf = (position: number): string => String(position).padStart(3, "0");
const isoNumber = (name: string): number => [...NAMES].toSorted((one, other) => one.localeCompare(other, "en")).indexOf(name as (typeof NAMES)[number]) + 1;

export const COUNTIES: readonly County[] = NAMES.map((name, at) => ({ code: codeOf(at + 1), name, iso: `KE-${String(isoNumber(name)).padStart(2, "0")}` }));

/** The county of a region as ISO 3166-2 numbers it, with or without `KE-`; null for any other text. */
export const countyOfRegion = (region: string): string | null => COUNTIES.find(({ iso }) => iso === region || iso === `KE-${region}`)?.code ?? null;
