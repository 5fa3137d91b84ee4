/** The storage types of an adapter's numbers, by their names in safetensors. */
export const ELEMENT_TYPES = ["F32", "F16", "BF16"] as const;

export type ElementType = (typeof ELEMENT_TYPES)[number];

export function isElementType(name: string): name is ElementType {
  return (ELEMENT_TYPES as readonly string[]).includes(name);
}

/** Bytes per number. */
export function elementSize(type: ElementType): 2 | 4 {
  return type === "F32" ? 4 : 2;
}

/**
 * Bits of the smallest absolute f32 value that the type can not hold: from there on it is stored as an infinity
 * (65,520 for f16, half a unit above the largest number for bf16, infinity itself for f32).
 */
export function overflowBits(type: ElementType): number {
  return { F32: 0x7f800000, F16: 0x477ff000, BF16: 0x7f7f8000 }[type];
}
