/** How fast something grows, and how sure that is. */
export interface Slope {
  slope: number;
  /** The bounds of 95 %. */
  lower: number;
  upper: number;
}

/** Beyond ten points Student's distribution is near enough to the normal one. */
const LEAST_POINTS = 10;
const DEVIATIONS_OF_95 = 1.96;

/** The slope of the least squares through points (x, y), in y for each x; null when there are too few to bound it. */
export function slopeOf(points: readonly (readonly [number, number])[]): Slope | null {
  if (points.length < LEAST_POINTS) return null;
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  const spreadX = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  const slope = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spreadX;
  const left = points.reduce((sum, [x, y]) => sum + (y - meanY - slope * (x - meanX)) ** 2, 0);
  const error = DEVIATIONS_OF_95 * Math.sqrt(left / (points.length - 2) / spreadX);
  return { slope, lower: slope - error, upper: slope + error };
}
