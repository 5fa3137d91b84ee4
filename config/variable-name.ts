/** Whether a text names an environment variable, or is the secret that the variable should hold. */

const NAME = /^[A-Z_][A-Z0-9_]*$/;
const LONGEST_NAME = 40;
/** How keys of well-known services begin, as they look where only capitals, digits and `_` are left. */
const KEY_START = /^(?:SK_LIVE|SK_TEST|SK_PROJ|AKIA|ASIA|AIZA|GHP_|GLPAT_|XOX[A-Z]_)[A-Z0-9_]{8}/;
/** Words of a name are short: a long run of letters with digits among them, or a very long one of letters, is a key. */
const LONG_WITH_DIGITS = /(?=[A-Z]*[0-9])[A-Z0-9]{12}/;
const VERY_LONG = /[A-Z0-9]{21}/;

/** Of what a key could look like, so that none that was typed here by mistake is taken for a name and then printed. */
export function isVariableName(text: string): boolean {
  if (!NAME.test(text) || text.length > LONGEST_NAME) return false;
  return !KEY_START.test(text) && !LONG_WITH_DIGITS.test(text) && !VERY_LONG.test(text);
}

const HOLDS_A_KEY = /(?:^|_)(?:KEY|TOKEN)$/;
const OF_OTHER_SERVICES = /^(?:AWS|AZURE|CI|GH|GIT|GITHUB|GITLAB|GOOGLE_APPLICATION|NPM|SSH|SWARM|TEMPORAL)_/;

/**
 * Whether an endpoint may be sent what a variable holds. A config names the variable and the address, and workers may hold more
 * than keys of endpoints: credentials of the store, of Temporal, of where they were built.
 */
export function mayHoldEndpointKey(name: string): boolean {
  return HOLDS_A_KEY.test(name) && !OF_OTHER_SERVICES.test(name);
}

/** What is allowed where a variable is named; says nothing of the value that was given. */
export const VARIABLE_NAME_RULE =
  "must be the NAME of an environment variable that holds the key, such as OPENAI_API_KEY: capitals, digits and _, at most " +
  `${LONGEST_NAME} characters; what stands here is not shown, since it may be the key itself`;
