import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Where programs that were downloaded or built once are kept, for all checkouts of one user:
 * `$XDG_CACHE_HOME/data-swarms/bin`, by default `~/.cache/data-swarms/bin`.
 */
export function programCache(environment: NodeJS.ProcessEnv = process.env): string {
  return join(environment["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "data-swarms", "bin");
}
