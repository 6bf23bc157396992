import { expect, it, vi } from "vitest";
import { problem, serve } from "../testing";
import { answer, api } from "./client";
import { cursorOf } from "./paging";

it("sends the CSRF token with what changes something, and only then", async () => {
  document.cookie = "iamviz_csrf=t0ken";
  const asked = serve({ "GET /api/v1/tokens/": [], "POST /api/v1/tokens/": { status: 201, body: {} } });
  await answer(api.GET("/api/v1/tokens/"));
  await answer(api.POST("/api/v1/tokens/", { body: { name: "nightly", expiry_days: 30 } }));
  expect(asked.map((request) => request.headers.get("X-CSRFToken"))).toEqual([null, "t0ken"]);
});

it("tells a problem in the server's own words", async () => {
  serve({ "GET /api/v1/tokens/": problem(400, "The cursor is of another list.") });
  await expect(answer(api.GET("/api/v1/tokens/"))).rejects.toMatchObject({
    status: 400,
    message: "The cursor is of another list.",
  });
});

it("says what happened when the server says nothing", async () => {
  serve({ "GET /api/v1/tokens/": { status: 502, body: "gateway" } });
  await expect(answer(api.GET("/api/v1/tokens/"))).rejects.toMatchObject({
    message: "The server failed to answer. Nothing was changed; try again in a moment.",
  });
});

it("says that the server could not be reached", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
  await expect(answer(api.GET("/api/v1/tokens/"))).rejects.toMatchObject({ status: 0 });
});

it("reads the cursor out of the address of the next page", () => {
  expect(cursorOf("/api/v1/workspaces/acme/uploads/?limit=20&cursor=b2Zm")).toBe("b2Zm");
  expect(cursorOf(null)).toBeUndefined();
});
