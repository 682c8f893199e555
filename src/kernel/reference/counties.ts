/** Kenya's 47 counties by their code, in the order of the First Schedule to the Constitution of Kenya, 2010. Names are the same in every language. */
export const COUNTIES = {
  "001": "Mombasa", "002": "Kwale", "003": "Kilifi", "004": "Tana River", "005": "Lamu", "006": "Taita-Taveta", "007": "Garissa",
  "008": "Wajir", "009": "Mandera", "010": "Marsabit", "011": "Isiolo", "012": "Meru", "013": "Tharaka-Nithi", "014": "Embu",
  "015": "Kitui", "016": "Machakos", "017": "Makueni", "018": "Nyandarua", "019": "Nyeri", "020": "Kirinyaga", "021": "Murang’a",
  "022": "Kiambu", "023": "Turkana", "024": "West Pokot", "025": "Samburu", "026": "Trans-Nzoia", "027": "Uasin Gishu",
  "028": "Elgeyo-Marakwet", "029": "Nandi", "030": "Baringo", "031": "Laikipia", "032": "Nakuru", "033": "Narok", "034": "Kajiado",
  "035": "Kericho", "036": "Bomet", "037": "Kakamega", "038": "Vihiga", "039": "Bungoma", "040": "Busia", "041": "Siaya",
  "042": "Kisumu", "043": "Homa Bay", "044": "Migori", "045": "Kisii", "046": "Nyamira", "047": "Nairobi City",
} as const;

export type County = keyof typeof COUNTIES;

export const isCounty = (code: string): code is County => Object.hasOwn(COUNTIES, code);

/** A county as a list has it. */
export interface ListedCounty {
  /** 001 to 047. */
  code: string;
  name: string;
  /** ISO 3166-2:KE, which numbers the counties by the alphabet. */
  iso: string;
}

const BY_NAME = Object.values(COUNTIES).toSorted((one, other) => one.localeCompare(other, "en"));

export const COUNTY_LIST: readonly ListedCounty[] = Object.entries(COUNTIES)
  .map(([code, name]) => ({ code, name, iso: `KE-${String(BY_NAME.indexOf(name) + 1).padStart(2, "0")}` }))
  .toSorted((one, other) => one.code.localeCompare(other.code, "en"));

/** The county of a region as ISO 3166-2 numbers it, with or without `KE-`; null for any other text. */
export const countyOfRegion = (region: string): string | null => COUNTY_LIST.find(({ iso }) => iso === region || iso === `KE-${region}`)?.code ?? null;
