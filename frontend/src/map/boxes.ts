/** Labels that do not overlap: the first to come keeps its place. */

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const CELL = 64;

export class BoxField {
  readonly #cells = new Map<string, Box[]>();

  /** Takes the place if nothing is there within `gap`, and says whether it did. */
  claim(box: Box, gap = 2): boolean {
    const keys = [...cellsOf(box)];
    const taken = keys.some((key) => (this.#cells.get(key) ?? []).some((other) => overlap(box, other, gap)));
    if (!taken) this.#put(keys, box);
    return !taken;
  }

  /** Takes the place whatever is there. */
  block(box: Box): void {
    this.#put([...cellsOf(box)], box);
  }

  #put(keys: string[], box: Box): void {
    for (const key of keys) {
      const cell = this.#cells.get(key);
      if (cell) cell.push(box);
      else this.#cells.set(key, [box]);
    }
  }
}

function* cellsOf(box: Box): Generator<string> {
  for (let column = Math.floor(box.x / CELL); column <= Math.floor((box.x + box.width) / CELL); column++) {
    for (let row = Math.floor(box.y / CELL); row <= Math.floor((box.y + box.height) / CELL); row++) yield `${column},${row}`;
  }
}

function overlap(a: Box, b: Box, gap: number): boolean {
  const apart =
    a.x + a.width + gap <= b.x || b.x + b.width + gap <= a.x || a.y + a.height + gap <= b.y || b.y + b.height + gap <= a.y;
  return !apart;
}
