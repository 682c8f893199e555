/** Where one Replica stands. `name` is its object's, `region` is Cloudflare's location hint. */
export interface ReplicaPlace {
  name: string;
  region: string;
}

/** A region's Replicas, by number from 1. */
export type Region = readonly ReplicaPlace[];

const REGION = /^([a-z]+(?:-[a-z]+)*)(?::([1-9]\d?))?$/;

/**
 * Reads `weur:2,eeur,me:1`: regions in order, each with how many Replicas it has, one when that is not said. Empty text
 * is no region. Throws RangeError at anything else: a Replica nobody pushes to would only be noticed by its age.
 */
export function parseRegions(text: string): Region[] {
  const seen = new Set<string>();
  return text.split(",").filter(Boolean).map((part) => {
    const [, region, count = "1"] = REGION.exec(part) ?? [];
    if (!region || seen.has(region)) throw new RangeError(`REGIONS cannot hold ${JSON.stringify(part)}`);
    seen.add(region);
    return Array.from({ length: Number(count) }, (_, at) => ({ name: `${region}/${at + 1}`, region }));
  });
}

/** The one Replica that publishes for all: the first of the first region. */
export const publisherOf = (regions: readonly Region[]): ReplicaPlace | undefined => regions[0]?.[0];

/** One Replica of each region for one isolate. `draw`, from 0 up to 1, spreads isolates evenly. */
export const chosenBy = (draw: number, regions: readonly Region[]): ReplicaPlace[] =>
  regions.map((region) => region[Math.floor(draw * region.length)]!);
