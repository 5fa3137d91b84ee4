/** All the words that a phrasing may put into its slots; every one is a whole word of the embedded model's vocabulary. */

export const NAMES = ["Ann", "Ben", "Cem", "Dan", "Eva", "Fay", "Gus", "Ida"] as const;

/** Things that can be eaten, sold and lost alike, so that every verb fits. */
export const THINGS = ["apples", "pears", "plums", "nuts", "figs", "eggs", "limes", "buns"] as const;

/** What people do to have more and to have fewer. */
export const GAINS = ["buys", "finds", "picks"] as const;
export const LOSSES = ["eats", "sells", "loses"] as const;
