import type { Options } from "./compared-run.js";

const ABSENT = "none";

/** The places at which not all have the same. One within another that differs too says nothing more and is left out. */
export function differingPlaces(all: readonly Options[]): string[] {
  const places = [...new Set(all.flatMap((options) => Object.keys(options)))].sort();
  const differing = places.filter((place) => new Set(all.map((options) => options[place])).size > 1);
  return differing.filter((place) => !differing.some((other) => place.startsWith(`${other}.`)));
}

/** `space: delta, social: 0.5`: what it has at these places, each under the shortest name that is no other's. */
export function describeOptions(options: Options, places: readonly string[]): string {
  return places.map((place) => `${shortName(place, places)}: ${options[place] ?? ABSENT}`).join(", ");
}

function shortName(place: string, places: readonly string[]): string {
  const parts = place.split(".");
  const names = parts.map((_, from) => parts.slice(from).join(".")).reverse();
  return names.find((name) => places.filter((one) => one === name || one.endsWith(`.${name}`)).length === 1) ?? place;
}
