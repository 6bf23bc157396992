/** Line icons, 16 × 16, drawn in the text's colour; all are decoration beside words or a label. */
import type { ReactNode } from "react";

export interface IconProps {
  size?: number;
}

function Icon({ size = 16, children }: IconProps & { children: ReactNode }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ flex: "none" }}
    >
      {children}
    </svg>
  );
}

export const CrossIcon = (p: IconProps) => <Icon {...p}><path d="m3.5 3.5 9 9m0-9-9 9" /></Icon>;
export const SearchIcon = (p: IconProps) => <Icon {...p}><circle cx="7" cy="7" r="4.5" /><path d="m10.5 10.5 3.5 3.5" /></Icon>;
export const ChevronIcon = (p: IconProps) => <Icon {...p}><path d="m4 6 4 4 4-4" /></Icon>;
export const ChevronRightIcon = (p: IconProps) => <Icon {...p}><path d="m6 4 4 4-4 4" /></Icon>;
export const CopyIcon = (p: IconProps) => <Icon {...p}><rect x="5.5" y="5.5" width="8" height="8" rx="1.5" /><path d="M10.5 5.5v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2" /></Icon>;
export const TickIcon = (p: IconProps) => <Icon {...p}><path d="m3 8.5 3.5 3.5L13 4.5" /></Icon>;
export const FileIcon = (p: IconProps) => <Icon {...p}><path d="M4 1.8h5L12.5 5v9.2H4z" /><path d="M9 1.8V5h3.5" /></Icon>;
export const UploadIcon = (p: IconProps) => <Icon {...p}><path d="M8 10.5v-8m-3 3 3-3 3 3M2.5 13.5h11" /></Icon>;
export const FrameIcon = (p: IconProps) => <Icon {...p}><path d="M2.5 6V2.5H6m4 0h3.5V6m0 4v3.5H10m-4 0H2.5V10" /></Icon>;
export const LinkIcon = (p: IconProps) => <Icon {...p}><path d="M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.2-2.2A2.6 2.6 0 0 0 9 3.3l-.9.9M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.3 9A2.6 2.6 0 0 0 7 12.7l.9-.9" /></Icon>;
export const RingIcon = (p: IconProps) => <Icon {...p}><circle cx="8" cy="8" r="5" /></Icon>;
export const WarningIcon = (p: IconProps) => <Icon {...p}><path d="M8 2 14.5 8 8 14 1.5 8z" /><path d="M8 2v12L1.5 8z" fill="currentColor" stroke="none" /></Icon>;
export const StopIcon = (p: IconProps) => <Icon {...p}><path d="M5.4 1.5h5.2l3.9 3.9v5.2l-3.9 3.9H5.4l-3.9-3.9V5.4z" fill="currentColor" /><path d="M8 4.5v4M8 11v.3" stroke="var(--surface)" /></Icon>;
export const ThemeIcon = (p: IconProps) => <Icon {...p}><circle cx="8" cy="8" r="5.5" /><path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" stroke="none" /></Icon>;
export const BrandIcon = (p: IconProps) => <Icon {...p}><rect x="1.5" y="5.8" width="4.4" height="4.4" rx="1.2" /><circle cx="12.2" cy="3.6" r="2" /><circle cx="12.2" cy="12.4" r="2" /><path d="m5.9 7 4.5-2.6M5.9 9l4.5 2.6" /></Icon>;
