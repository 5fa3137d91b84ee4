/** Everything that a workflow worker offers. */
export { dataSwarm } from "./data-swarm.js";
export { evaluateQuestions } from "./evaluate-questions.js";
export { questionSet } from "./question-set.js";
export { refresh } from "./refresh.js";
