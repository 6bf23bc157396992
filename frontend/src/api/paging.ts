/** Cursors out of the addresses of other pages. */

export function cursorOf(address: string | null | undefined): string | undefined {
  if (!address) return undefined;
  return new URL(address, window.location.origin).searchParams.get("cursor") ?? undefined;
}
