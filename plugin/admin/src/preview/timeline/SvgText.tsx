import { useTheme } from 'styled-components';

interface SvgTextProps {
  x: number;
  y: number;
  anchor: 'start' | 'middle' | 'end';
  isStrong?: boolean;
  /** Whether it interrupts a line behind it. */
  isOnLine?: boolean;
  children: string;
}

/** Small text in a drawing. */
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
