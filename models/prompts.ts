/** The prompts that generators and test takers see. They are part of what an adapter learns: changing one changes every result. */

/**
 * Self-Instruct prompt of Data Swarms, section 2.1, with the domain and the number of examples filled in.
 *
 * @param examples the first k questions of a training instance, or k questions drawn from the particle's cluster
 */
export function generationPrompt(domain: string, examples: readonly string[]): string {
  return generationOpening(domain, examples.length) + examples.map((example) => `${example}\n`).join("");
}

/** What all generation prompts of a domain and a number of examples begin with. */
export function generationOpening(domain: string, examples: number): string {
  return (
    `You are an expert in generating synthetic evaluation data, specifically about ${domain}. ` +
    `You are given a set of ${examples} examples. Please follow the pattern and generate ${examples} more examples. Examples:\n`
  );
}

/** What a generator should write after {@link generationPrompt}: one question a line. */
export function generationCompletion(questions: readonly string[]): string {
  return questions.map((question) => `${question}\n`).join("");
}

/** What a test taker is asked. Its answer follows on the same line. */
export function answerPrompt(question: string): string {
  return `Question: ${question}\nAnswer:`;
}

/** What a test taker should write after {@link answerPrompt}. */
export function answerCompletion(answer: string): string {
  return ` ${answer}`;
}
