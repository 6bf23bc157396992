import js from "@eslint/js";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["node_modules", "src/api/schema.d.ts"] },
  js.configs.recommended,
  {
    files: ["src/**/*.{ts,tsx}", "vite.config.ts"],
    extends: [
      ...tseslint.configs.strictTypeChecked,
      ...tseslint.configs.stylisticTypeChecked,
      jsxA11y.flatConfigs.strict,
      reactHooks.configs.flat["recommended-latest"],
    ],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      complexity: ["error", 12],
      "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
      "no-restricted-syntax": [
        "error",
        {
          selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
          message: "Names, tags and policies come from uploads: text only, never HTML.",
        },
      ],
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "Names, tags and policies come from uploads: text only, never HTML." },
        { property: "outerHTML", message: "Names, tags and policies come from uploads: text only, never HTML." },
        { property: "insertAdjacentHTML", message: "Names, tags and policies come from uploads: text only, never HTML." },
      ],
      // Numbers in a template are what counts on a page are made of.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // A click that starts a request has nobody to await it.
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      // `onClick={() => save()}` reads better than a block around it.
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
    },
  },
  {
    // TanStack Router signals redirect and not-found by throwing its own objects.
    files: ["src/router/**/*.{ts,tsx}"],
    rules: { "@typescript-eslint/only-throw-error": "off" },
  },
  {
    files: ["scripts/**/*.mjs"],
    languageOptions: { globals: { console: "readonly", process: "readonly", URL: "readonly" } },
  },
);
