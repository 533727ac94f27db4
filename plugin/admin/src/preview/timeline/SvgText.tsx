import { useTheme } from 'styled-components';

interface SvgTextProps {
  x: number;
  y: number;
  anchor: 'start' | 'middle' | 'end';
  isStrong?: boolean;
  /** Whether a line runs behind it, which it interrupts. */
  isOnLine?: boolean;
  children: string;
}

/** Small print of a drawing. */
export function SvgText({ x, y, anchor, isStrong, isOnLine, children }: SvgTextProps) {
  const { colors } = useTheme();
  return (
    <text
      x={x}
      y={y}
      textAnchor={anchor}
      fontSize={11}
      fontWeight={isStrong ? 600 : 400}
      fill={isStrong ? colors.neutral800 : colors.neutral600}
      stroke={colors.neutral0}
      strokeWidth={isOnLine ? 12 : 3}
      strokeLinejoin="round"
      paintOrder="stroke"
    >
      {children}
    </text>
  );
}
