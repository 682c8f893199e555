/** A figure as it should be quoted: the median, and the quartiles that say how much it moved. */
export interface Quartiles {
  lower: number;
  median: number;
  upper: number;
}

export function quartiles(values: readonly number[], digits: number): Quartiles {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => Number(sorted[Math.round(share * (sorted.length - 1))]!.toFixed(digits));
  return { lower: at(0.25), median: at(0.5), upper: at(0.75) };
}

/** The smallest value that 99 in 100 do not exceed. */
export const p99 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(0.99 * values.length) - 1]!;
