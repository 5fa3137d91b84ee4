import type { Options } from "./compared-run.js";

const ABSENT = "none";

/**
 * The places at which not all have the same. One within another that differs too says nothing more and is left out; of a section that
 * some do not have at all, the section is the place.
 */
export function differingPlaces(all: readonly Options[]): string[] {
  const places = [...new Set(all.flatMap((options) => Object.keys(options)))].sort();
  const differing = places.filter((place) => new Set(all.map((options) => options[place])).size > 1);
  const named = [...new Set(differing.map((place) => sectionMissing(place, all) ?? place))];
  return named.filter((place) => !named.some((other) => place.startsWith(`${other}.`)));
}

/** `space: delta, social: 0.5`: what it has at these places, each under the shortest name that is no other's. */
export function describeOptions(options: Options, places: readonly string[]): string {
  return places.map((place) => `${shortName(place, places)}: ${describePlace(options, place)}`).join(", ");
}

/** The outermost section around a place that some of the options have nothing of. */
function sectionMissing(place: string, all: readonly Options[]): string | undefined {
  const parts = place.split(".");
  const sections = parts.slice(1).map((_, last) => parts.slice(0, last + 1).join("."));
  return sections.find((section) => all.some((options) => !has(options, section)));
}

function has(options: Options, section: string): boolean {
  return section in options || Object.keys(options).some((place) => place.startsWith(`${section}.`));
}

/** A value, or those of a section: `every 2, instances 240`. */
function describePlace(options: Options, place: string): string {
  // In an order of their own: configs that say the same in another order are one variant.
  const within = Object.entries(options)
    .filter(([inner]) => inner.startsWith(`${place}.`))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const section = within.map(([inner, value]) => `${inner.slice(place.length + 1)} ${value}`).join(", ");
  return options[place] ?? (section === "" ? ABSENT : section);
}

function shortName(place: string, places: readonly string[]): string {
  const parts = place.split(".");
  const names = parts.map((_, from) => parts.slice(from).join(".")).reverse();
  return names.find((name) => places.filter((one) => one === name || one.endsWith(`.${name}`)).length === 1) ?? place;
}
