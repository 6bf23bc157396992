/** How the interface is built: one entry that the app shell template loads through the manifest, pages as lazy chunks. */
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  base: "/static/build/",
  plugins: [react()],
  publicDir: false,
  build: {
    outDir: fileURLToPath(new URL("../static/build", import.meta.url)),
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    // light-dark() stays as it is written: one token set for both themes.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    // No inlined data: URLs: the content security policy allows files from this origin only.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: "src/main.tsx",
      // What nearly every page shows comes with the shell, once, instead of in a dozen crumbs.
      output: { codeSplitting: { groups: [{ name: "ui", test: /src\/(api|router\/(links|title|url-state)|ui\/(?!Chosen|Combobox|Details|Dialog|Documents|groundLines|Menu|StatementViewer|Tabs|ToolPage|VerdictRow))/ }] } },
    },
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/test-setup.ts"],
    restoreMocks: true,
    unstubGlobals: true,
    sequence: { shuffle: true },
  },
});
