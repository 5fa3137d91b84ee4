/** What pictures of a search share that goes from left to right, step by step. */

/** A horizontal axis of whole steps: iterations or rounds. */
export function stepAxis<Field extends string>(field: Field, title: string) {
  return { field, type: "quantitative", title, axis: { format: "d", tickMinStep: 1, grid: false } } as const;
}

/** A diamond where the best was found, hollow so that the point below it is seen. */
export function foundMark(stroke: string) {
  return {
    type: "point",
    shape: "diamond",
    size: 220,
    filled: false,
    stroke,
    strokeWidth: 2.5,
    opacity: 1,
  } as const;
}
