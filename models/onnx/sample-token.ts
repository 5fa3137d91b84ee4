import type { RandomStream } from "../../swarm/random.js";
import type { Sampling } from "./generation.js";

/** Draws a token id from the logits of one row. Equal probabilities count in order of id. */
export function sampleToken(logits: Float32Array, { temperature, topP }: Sampling, random: RandomStream): number {
  const best = argmax(logits);
  if (temperature === 0) return best;
  const highest = logits[best]!;
  const masses = room(logits.length);
  let total = 0;
  for (let token = 0; token < logits.length; token++) {
    const mass = Math.exp((logits[token]! - highest) / temperature);
    masses[token] = mass;
    total += mass;
  }
  return topP === 1 ? draw(masses, random.uniform() * total) : drawFromNucleus(masses, total, topP, random.uniform());
}

/** Memory for one row's masses, used again for the next: allocating it for every token costs more than filling it. */
let masses = new Float64Array(0);

function room(length: number): Float64Array {
  if (masses.length !== length) masses = new Float64Array(length);
  return masses;
}

function argmax(values: Float32Array): number {
  let best = 0;
  for (let index = 1; index < values.length; index++) if (values[index]! > values[best]!) best = index;
  return best;
}

function draw(masses: Float64Array, point: number): number {
  let rest = point;
  for (let token = 0; token < masses.length; token++) {
    rest -= masses[token]!;
    if (rest < 0) return token;
  }
  return masses.findLastIndex((mass) => mass > 0);
}

function drawFromNucleus(masses: Float64Array, total: number, topP: number, uniform: number): number {
  // All tokens below this one's mass together have less than 1 - topP, so none of them is in the nucleus.
  const floor = ((1 - topP) * total) / masses.length;
  const candidates: number[] = [];
  for (let token = 0; token < masses.length; token++) if (masses[token]! >= floor) candidates.push(token);
  candidates.sort((a, b) => masses[b]! - masses[a]! || a - b);
  let mass = 0;
  let size = 0;
  while (size < candidates.length && mass < topP * total) mass += masses[candidates[size++]!]!;
  let rest = uniform * mass;
  for (const token of candidates.slice(0, size)) {
    rest -= masses[token]!;
    if (rest < 0) return token;
  }
  return candidates[size - 1]!;
}
