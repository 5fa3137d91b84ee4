/**
 * The update's arithmetic in plain TypeScript: slow, obvious, and equal bit for bit to the SIMD kernel (NaN payloads apart).
 * The tests compare the two; `fusedUpdate({ kernel: "reference" })` checks a suspect machine the same way.
 */
import type { HalfType, UpdateCoefficients, UpdateKernel, UpdateOperands } from "./kernel.js";

const convertible = new DataView(new ArrayBuffer(4));

function bitsOf(value: number): number {
  convertible.setFloat32(0, value);
  return convertible.getUint32(0);
}

function valueOf(bits: number): number {
  convertible.setUint32(0, bits);
  return convertible.getFloat32(0);
}

/** The value of a stored half-precision number. */
export function widenNumber(type: HalfType, stored: number): number {
  if (type === "BF16") return valueOf((stored << 16) >>> 0);
  const sign = stored & 0x8000 ? -1 : 1;
  const exponent = (stored >> 10) & 0x1f;
  const mantissa = stored & 0x3ff;
  if (exponent === 0x1f) return mantissa === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * mantissa * 2 ** -24 : sign * (1024 + mantissa) * 2 ** (exponent - 25);
}

/** The bits of the nearest half-precision number, ties to even. `value` is an f32 value. */
export function narrowNumber(type: HalfType, value: number): number {
  const bits = bitsOf(value);
  if (type === "BF16") {
    if (Number.isNaN(value)) return (bits >>> 16) | 0x40;
    return (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
  }
  const sign = (bits >>> 16) & 0x8000;
  if (Number.isNaN(value)) return sign | 0x7e00;
  const magnitude = Math.abs(value);
  if (magnitude >= 65520) return sign | 0x7c00;
  // The distance between f16 neighbours at this magnitude: a power of two, so that the division is exact.
  const unit = 2 ** Math.max(exponentOf(magnitude) - 10, -24);
  const rounded = roundToEven(magnitude / unit) * unit;
  if (rounded < 2 ** -14) return sign | (rounded * 2 ** 24);
  const exponent = exponentOf(rounded);
  return sign | ((exponent + 15) << 10) | (rounded / 2 ** (exponent - 10) - 1024);
}

function exponentOf(magnitude: number): number {
  return (bitsOf(magnitude) >>> 23) - 127;
}

function roundToEven(value: number): number {
  const below = Math.floor(value);
  const excess = value - below;
  if (excess === 0.5) return below % 2 === 0 ? below : below + 1;
  return excess < 0.5 ? below : below + 1;
}

class ReferenceKernel implements UpdateKernel {
  readonly memory: Uint8Array<ArrayBuffer>;

  constructor(bytes: number) {
    this.memory = new Uint8Array(Math.ceil(bytes / 8) * 8);
  }

  widen(type: HalfType, from: number, to: number, count: number): void {
    const source = new Uint16Array(this.memory.buffer, from, count);
    new Float32Array(this.memory.buffer, to, count).set(Array.from(source, (stored) => widenNumber(type, stored)));
  }

  narrow(type: HalfType, from: number, to: number, count: number): void {
    const source = new Float32Array(this.memory.buffer, from, count);
    new Uint16Array(this.memory.buffer, to, count).set(Array.from(source, (value) => narrowNumber(type, value)));
  }

  update(at: UpdateOperands, count: number, coefficients: UpdateCoefficients): number {
    const round = Math.fround;
    const numbers = (offset: number): Float32Array => new Float32Array(this.memory.buffer, offset, count);
    const [x, v, p, g, w] = [at.position, at.velocity, at.personalBest, at.globalBest, at.globalWorst].map(numbers) as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    const nextVelocity = numbers(at.nextVelocity);
    const nextPosition = numbers(at.nextPosition);
    const inertia = round(coefficients.velocity);
    const cognitive = round(coefficients.personalBest);
    const social = round(coefficients.globalBest);
    const repel = round(coefficients.globalWorst);
    const step = round(coefficients.stepLength);
    let largest = 0;
    for (let i = 0; i < count; i++) {
      const position = x[i]!;
      let velocity = round(round(inertia * v[i]!) + round(cognitive * round(p[i]! - position)));
      velocity = round(velocity + round(social * round(g[i]! - position)));
      velocity = round(velocity + round(repel * round(position - w[i]!)));
      nextVelocity[i] = velocity;
      nextPosition[i] = position + round(step * velocity);
      largest = Math.max(largest, bitsOf(Math.abs(velocity)), bitsOf(Math.abs(nextPosition[i]!)));
    }
    return largest;
  }
}

export function createReferenceKernel(bytes: number): UpdateKernel {
  return new ReferenceKernel(bytes);
}
