import type { Rule } from "eslint";

export declare const DIRECTIONS: Readonly<
  Record<string, { readonly values: readonly string[]; readonly types?: readonly string[] }>
>;
export declare const importDirection: Rule.RuleModule;
