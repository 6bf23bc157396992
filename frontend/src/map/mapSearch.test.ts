import { describe, expect, test } from "vitest";
import { readMapSearch, writeMapSearch } from "./mapSearch";
import type { MapSearch } from "./mapSearch";

const full: MapSearch = {
  open: "012345678901",
  sel: "arn:aws:iam::012345678901:role/deploy",
  edgeFrom: "arn:aws:iam::012345678901:role/deploy",
  edgeTo: "arn:aws:iam::111122223333:role/OrgAdmin",
  find: "kind:role deploy",
  hide: ["role", "service"],
  view: "table",
  cam: { x: 0.25, y: 0.5, ratio: 1.25 },
};

describe("the map's address", () => {
  test("holds everything that is seen", () => {
    expect(readMapSearch(writeMapSearch(full))).toEqual(full);
  });

  test("keeps the zeros that an account id begins with", () => {
    expect(readMapSearch(writeMapSearch(full)).open).toBe("012345678901");
  });

  test("is empty for the map as it opens", () => {
    expect(writeMapSearch(readMapSearch({}))).toEqual({});
  });

  test.each(["", "1,2", "1,2,0", "a,b,c", "1,2,3,4"])("takes no camera from %j", (cam) => {
    expect(readMapSearch({ cam }).cam).toBeNull();
  });

  test("leaves out kinds and views that do not exist", () => {
    expect(readMapSearch({ hide: "role,nonsense", view: "sideways" })).toMatchObject({ hide: ["role"], view: "split" });
  });
});
