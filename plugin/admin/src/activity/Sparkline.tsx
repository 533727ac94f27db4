import { useTheme } from 'styled-components';

const HEIGHT = 48;
const STEP = 10;
const LINE = 2;

/** Draws numbers as a small line. It is decorative: its values belong beside it as text. */
export function Sparkline({ values }: { values: readonly number[] }) {
  const { colors } = useTheme();
  const width = Math.max(values.length - 1, 1) * STEP;
  const largest = Math.max(...values, 1);
  const points = values.map((value, place) => {
    const y = HEIGHT - LINE - (value / largest) * (HEIGHT - 2 * LINE);
    return `${place * STEP} ${y.toFixed(1)}`;
  });
  return (
    <svg
      viewBox={`0 0 ${width} ${HEIGHT}`}
      width="100%"
      height={HEIGHT}
      preserveAspectRatio="none"
      aria-hidden
      focusable={false}
      style={{ display: 'block' }}
    >
      <path d={`M0 ${HEIGHT}L${points.join('L')}L${width} ${HEIGHT}Z`} fill={colors.primary100} />
      <path
        d={`M${points.join('L')}`}
        fill="none"
        stroke={colors.primary600}
        strokeWidth={LINE}
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
