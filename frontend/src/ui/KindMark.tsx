/** Letter and shape of a kind: never colour alone. */
import type { ReactElement } from "react";
import { kindOf, markOf, type Mark } from "./kinds";

const SHAPES: Record<Mark["shape"], ReactElement> = {
  circle: <circle cx="8" cy="8" r="7" />,
  square: <rect x="1" y="1" width="14" height="14" rx="3.5" />,
  hexagon: <path d="M4.5 1.5h7L15.2 8l-3.7 6.5h-7L.8 8z" />,
  diamond: <path d="M8 .6 15.4 8 8 15.4.6 8z" />,
  pill: <rect x=".6" y="3" width="14.8" height="10" rx="5" />,
  ring: <circle cx="8" cy="8" r="6.8" />,
};

export function KindMark({
  kind,
  admin = "no",
  size = 14,
  decorative = false,
}: {
  kind: string;
  admin?: string;
  size?: number;
  decorative?: boolean;
}) {
  const mark = markOf(kind, admin);
  const label = decorative ? { "aria-hidden": true } : { role: "img", "aria-label": kindOf(kind, admin) };
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" style={{ flex: "none" }} {...label}>
      {!decorative && <title>{kindOf(kind, admin)}</title>}
      <g
        fill={`var(--${mark.fill})`}
        stroke={`var(--${mark.line})`}
        strokeWidth={mark.shape === "ring" ? 1.5 : 1}
        strokeDasharray={mark.dashed ? "2.5 2" : undefined}
      >
        {SHAPES[mark.shape]}
      </g>
      {mark.shape === "ring" ? (
        <circle cx="8" cy="8" r="2" fill="var(--text-2)" />
      ) : (
        <text
          x="8"
          y="8"
          dy=".36em"
          textAnchor="middle"
          fontSize={mark.letter === "★" ? 10 : 9}
          fontWeight={600}
          fill={`var(--${mark.ink})`}
        >
          {mark.letter}
        </text>
      )}
    </svg>
  );
}
