/** Where the interface starts. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { setNonce } from "get-nonce";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ApiError } from "./api/client";
import { makeRouter } from "./router/router";
import "./ui/tokens.css";
import "./ui/base.css";
import { applyTheme, chosenTheme } from "./ui/theme";

// Dialogs add a <style> while they are open; the content security policy lets it in by this nonce.
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
if (nonce) setNonce(nonce);

applyTheme(chosenTheme());

const isFinal = (error: Error) => error instanceof ApiError && error.status >= 400 && error.status < 500;

const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 30_000, refetchOnWindowFocus: false, retry: (failures, error) => failures < 2 && !isFinal(error) },
  },
});
const router = makeRouter(queryClient);
const place = document.getElementById("root");
if (!place) throw new Error("The page has no element with the id root.");

createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
