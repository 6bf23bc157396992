/** Dates, sizes and counts as people write them. Full times go into titles. */

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const SHORT_DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

export const NOTHING = "–";

/** "23 Nov 2026" */
export const day = (time: string | null | undefined): string => (time ? DAY.format(new Date(time)) : NOTHING);

/** "23 Nov", with the year only if it is another one. */
export function shortDay(time: string | null | undefined, now = new Date()): string {
  if (!time) return NOTHING;
  const date = new Date(time);
  return (date.getFullYear() === now.getFullYear() ? SHORT_DAY : DAY).format(date);
}

/** "23 Nov 2026, 06:14" */
export const dayAndTime = (time: string | null | undefined): string =>
  time ? `${DAY.format(new Date(time))}, ${CLOCK.format(new Date(time))}` : NOTHING;

/** "12:04:10" */
export const clock = (time: string): string => TIME.format(new Date(time));

/** "today", "3 d", "5 mo", "2 y": how long ago. */
export function ago(time: string | null | undefined, now = new Date()): string {
  if (!time) return NOTHING;
  const days = Math.floor((now.getTime() - new Date(time).getTime()) / 86_400_000);
  if (days < 1) return "today";
  if (days < 60) return `${days} d`;
  if (days < 730) return `${Math.floor(days / 30.4)} mo`;
  return `${Math.floor(days / 365)} y`;
}

const UNITS = ["B", "kB", "MB", "GB"] as const;

/** "18.2 MB" */
export function size(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}

export const count = (value: number): string => value.toLocaleString("en");

/** "1 role", "16 roles" */
export const counted = (value: number, one: string, many = `${one}s`): string => `${count(value)} ${value === 1 ? one : many}`;

/** "up to 12 h" for a session's seconds. */
export function hours(seconds: number): string {
  const value = seconds / 3600;
  return value >= 1 ? `${Number.isInteger(value) ? value : value.toFixed(1)} h` : `${Math.round(seconds / 60)} min`;
}

/** Cuts a long name in the middle: both ends tell ARNs apart. */
export function cutMiddle(text: string, length: number): string {
  if (text.length <= length) return text;
  const head = Math.ceil((length - 1) / 2);
  return `${text.slice(0, head)}…${text.slice(text.length - (length - 1 - head))}`;
}
