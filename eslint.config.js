import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";
import { importDirection } from "./lint/import-direction.js";

const PURE_FOLDERS = ["swarm/**/*.ts", "metrics/**/*.ts"];

export default defineConfig(
  globalIgnores(["dist/", "build/", "node_modules/", ".swarm/", "**/*.min.js"]),
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
  },
  js.configs.recommended,
  {
    files: ["**/*.{js,mjs}"],
    languageOptions: { globals: { process: "readonly", console: "readonly" } },
  },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { "data-swarms": { rules: { "import-direction": importDirection } } },
    rules: {
      "data-swarms/import-direction": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/consistent-type-exports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { arguments: false } }],
      // Numbers and booleans in a template say what they are; objects would print [object Object].
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      // Under noUncheckedIndexedAccess a loop over a typed array needs `values[i]!`: the bound is the loop's own.
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      // An interface may ask for a promise that an implementation has at once.
      "@typescript-eslint/require-await": "off",
      // `while (true)` with an exit in the middle.
      "@typescript-eslint/no-unnecessary-condition": [
        "error",
        { allowConstantLoopConditions: "only-allowed-literals" },
      ],
      "no-restricted-properties": [
        "error",
        {
          object: "Math",
          property: "random",
          message: "Use RandomStream of swarm/random.ts: a run is reproducible from its seed.",
        },
      ],
      eqeqeq: "error",
      "no-console": ["error", { allow: ["error"] }],
    },
  },
  {
    files: [...PURE_FOLDERS, "workflows/**/*.ts"],
    rules: {
      "no-restricted-globals": [
        "error",
        ...["process", "Buffer", "fetch", "console", "require", "performance", "crypto"].map((name) => ({
          name,
          message: "This folder runs without Node and without effects.",
        })),
      ],
    },
  },
  {
    files: PURE_FOLDERS,
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "Math", property: "random", message: "Use RandomStream of swarm/random.ts." },
        { object: "Date", property: "now", message: "A pure function takes the time as an argument." },
      ],
      "no-restricted-syntax": [
        "error",
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: "A pure function takes the time as an argument.",
        },
      ],
    },
  },
  {
    files: ["bench/**/*.ts", "fixtures/**/*.ts", "tests/**/*.ts"],
    rules: { "no-console": "off" },
  },
);
