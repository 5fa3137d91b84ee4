import type { Solution } from "./solve.js";

/** Writes a solution as the short answer that the embedded model learns: `yes`, `A>B>C`, `A-B-C`, `7`, `A-1 B-2`, `no`. */
export function writeAnswer(solution: Solution): string {
  switch (solution.kind) {
    case "yes-no":
      return solution.yes ? "yes" : "no";
    case "order":
      return solution.order.join(">");
    case "path":
      return solution.path.join("-");
    case "value":
      return String(solution.value);
    case "matching":
      return solution.pairs.map(([person, job]) => `${person}-${job}`).join(" ");
    case "hamilton":
      return solution.path?.join("-") ?? "no";
  }
}
