import { describe, expect, it } from "vitest";
import { parseSearch, stringifySearch } from "./url-state";

describe("the words of an address", () => {
  it("stay text: an account id keeps its zeros", () => {
    expect(parseSearch("?account=012345678901&admin=certain")).toEqual({ account: "012345678901", admin: "certain" });
  });

  it("can be read by people", () => {
    expect(stringifySearch({ sel: "arn:aws:iam::111122223333:role/ci/deploy", kind: "role,user" })).toBe(
      "?sel=arn:aws:iam::111122223333:role/ci/deploy&kind=role,user",
    );
  });

  it("leave out what is not set", () => {
    expect(stringifySearch({ search: "", kind: undefined })).toBe("");
  });

  it.each(["a&b=c", "%41", "ä#?", "1+1 = 2", "<script>", "a%2Cb"])("come back as they were: %s", (text) => {
    expect(parseSearch(stringifySearch({ search: text }))).toEqual({ search: text });
  });
});
