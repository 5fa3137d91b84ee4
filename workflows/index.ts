/** Everything that a workflow worker offers. */
export { baseline } from "./baseline.js";
export { adversarialSwarm } from "./adversarial-swarm.js";
export { dataSwarm } from "./data-swarm.js";
export { evaluateQuestions } from "./evaluate-questions.js";
export { hyperparameterSearch } from "./hyperparameter-search.js";
export { questionSet } from "./question-set.js";
export { refresh } from "./refresh.js";
export { writerQuestions } from "./writer-questions.js";
