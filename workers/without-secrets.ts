/** Names of environment variables that hold secrets, by their last words. */
const NAME = /(^|_)(KEY|API_?KEY|ACCESS_KEY_ID|TOKEN|SECRET|PASSWORD|PASSPHRASE)$/i;
/** Shorter ones are placeholders, and would be found in every text. */
const SHORTEST = 8;

/** A text for histories and logs, which are read by more people than may know what this process knows. */
export function withoutSecrets(
  text: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  let safe = text.replaceAll(/(?<=:\/\/)[^\s/?#@]+@/g, "");
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined || value.length < SHORTEST || !NAME.test(name)) continue;
    safe = safe.replaceAll(value, `[${name}, left out]`);
  }
  return safe;
}
