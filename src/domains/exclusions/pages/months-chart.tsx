import type { PublishedMonth } from "../statistics/publish.ts";

const WIDTH = 360;
const HEIGHT = 90;
const GAP = 4;

/**
 * How many began in each month, as bars: decoration beside the table, which says the same and more. A month whose number is
 * not told has a dashed mark at its foot: it is not known here whether that is few or none.
 */
export function MonthsChart({ months }: { months: readonly PublishedMonth[] }) {
  const most = Math.max(...months.map(({ begun }) => begun.count ?? 0));
  if (most === 0) return null;
  const width = WIDTH / months.length;
  return (
    <svg class="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {months.map(({ begun }, at) => {
        const [x, height] = [at * width + GAP / 2, ((begun.count ?? 0) / most) * (HEIGHT - GAP)];
        return begun.count === null
          ? <path d={`M${x} ${HEIGHT - 1}h${width - GAP}`} stroke="#7a8079" stroke-width="2" stroke-dasharray="3 3" />
          : <rect x={x} y={HEIGHT - height} width={width - GAP} height={height} fill="#0b5a36" />;
      })}
    </svg>
  );
}
