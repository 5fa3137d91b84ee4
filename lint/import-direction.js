import { isBuiltin } from "node:module";
import path, { posix } from "node:path";

/**
 * Which of our top-level folders may import which, so that imports point one way:
 * client → workflows (types only) → activities → {models, adapters, store, metrics} → swarm, config.
 * A folder may always import itself. `values` are folders or single files; `types` may be imported with `import type` only.
 * @type {Record<string, { values: string[], types?: string[] }>}
 */
export const DIRECTIONS = {
  // The grid of the paper is data that the schema has for defaults.
  config: { values: ["swarm/parameter-grid.js"] },
  swarm: { values: [], types: ["metrics"] },
  metrics: { values: ["swarm"] },
  store: { values: ["swarm", "config"], types: ["metrics"] },
  adapters: { values: ["store", "swarm", "config"], types: ["models", "metrics"] },
  models: { values: ["adapters", "store", "metrics", "swarm", "config"] },
  report: { values: ["store", "metrics", "swarm", "config"], types: ["models", "adapters"] },
  activities: { values: ["report", "models", "adapters", "store", "metrics", "swarm", "config"] },
  // Where objects lie in a store is pure, and workflows name the folders that activities fill.
  workflows: {
    values: ["swarm", "config", "store/keys.js"],
    types: ["activities", "report", "models", "adapters", "store", "metrics"],
  },
  workers: {
    values: ["activities", "report", "models", "adapters", "store", "metrics", "swarm", "config"],
    types: ["workflows"],
  },
  web: {
    values: ["report", "store", "metrics", "swarm", "config"],
    types: ["workflows", "activities", "models", "adapters"],
  },
  client: {
    values: ["workers", "web", "activities", "report", "models", "adapters", "store", "metrics", "swarm", "config"],
    types: ["workflows"],
  },
};

/** Folders without I/O: no Node builtin and none of these packages, not even for a type. */
const PURE = new Set(["swarm", "metrics"]);
const PACKAGES_WITH_EFFECTS =
  /^(@temporalio|@aws-sdk|@huggingface)\/|^(onnxruntime-node|pino|commander|log-update)(\/|$)/;

/** What the workflow sandbox can load, beside our own pure folders. */
const WORKFLOW_PACKAGES = new Set(["@temporalio/workflow", "@temporalio/common"]);

/** @type {import("eslint").Rule.RuleModule} */
export const importDirection = {
  meta: {
    type: "problem",
    docs: { description: "keeps imports between the top-level folders pointing one way" },
    schema: [],
    messages: {
      direction: "{{from}}/ may not import {{to}}/: imports point one way (lint/import-direction.js).",
      typesOnly: "{{from}}/ may import only types of {{to}}/: use `import type`.",
      outside: "{{from}}/ may not import {{to}}/, which is no part of the product's layers.",
      builtin: "{{from}}/ runs without Node: it may not import {{source}}.",
      effects: "{{from}}/ is pure: it may not import {{source}}.",
      workflowPackage:
        "workflows/ run in Temporal's sandbox: of packages only types, @temporalio/workflow and @temporalio/common, not {{source}}.",
    },
  },
  create(context) {
    const file = relative(context.cwd, context.filename);
    const from = topFolder(file);
    const allowed = from === undefined ? undefined : DIRECTIONS[from];
    if (from === undefined || allowed === undefined) return {};

    /** @param {any} node @param {unknown} source @param {boolean} typeOnly */
    function check(node, source, typeOnly) {
      if (typeof source !== "string") return;
      if (!source.startsWith(".")) {
        const withoutNode = PURE.has(from) || from === "workflows";
        if (withoutNode && isBuiltin(source)) context.report({ node, messageId: "builtin", data: { from, source } });
        else if (PURE.has(from) && PACKAGES_WITH_EFFECTS.test(source))
          context.report({ node, messageId: "effects", data: { from, source } });
        else if (from === "workflows" && !typeOnly && !WORKFLOW_PACKAGES.has(source))
          context.report({ node, messageId: "workflowPackage", data: { source } });
        return;
      }
      const target = posix.join(posix.dirname(file), source);
      const to = topFolder(target) ?? source;
      if (to === from || allowed.values.includes(to) || allowed.values.includes(target)) return;
      if (allowed.types?.includes(to)) {
        if (!typeOnly) context.report({ node, messageId: "typesOnly", data: { from, to } });
      } else {
        context.report({ node, messageId: to in DIRECTIONS ? "direction" : "outside", data: { from, to } });
      }
    }

    return {
      ImportDeclaration: (node) => check(node, node.source.value, importsTypesOnly(node)),
      ExportAllDeclaration: (node) => check(node, node.source.value, /** @type {any} */ (node).exportKind === "type"),
      ExportNamedDeclaration: (node) =>
        check(node, node.source?.value, /** @type {any} */ (node).exportKind === "type"),
      ImportExpression: (node) => check(node, /** @type {any} */ (node.source).value, false),
      TSImportType: (node) => check(node, node.source?.value ?? node.argument?.literal?.value, true),
    };
  },
};

/** @param {string} cwd @param {string} filename */
function relative(cwd, filename) {
  return path.relative(cwd, filename).split(path.sep).join("/");
}

/** The top-level folder a file of the repository is in; undefined at the root or outside. @param {string} file */
function topFolder(file) {
  const [first, ...rest] = file.split("/");
  return rest.length === 0 || first === ".." || first === "" ? undefined : first;
}

/** `import { type A }` still loads the module under verbatimModuleSyntax, so only `import type` counts. @param {any} node */
function importsTypesOnly(node) {
  return node.importKind === "type";
}
