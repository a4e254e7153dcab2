import { effect } from "@preact/signals";
import { describe, expect, it, vi } from "vitest";
import { onDemand } from "./on_demand";

const settled = async () => {
  for (let turn = 0; turn < 4; turn += 1) await Promise.resolve();
};

describe("a dictionary that is brought by language", () => {
  it("brings the one that is asked for, once, and no other", async () => {
    const files = {
      fi: vi.fn(async () => "suomi"),
      sv: vi.fn(async () => "svenska"),
      en: vi.fn(async () => "English"),
    };
    const texts = onDemand<string>(files);
    await texts.bring("sv");
    expect(texts.sv).toBe("svenska");
    expect(files.sv).toHaveBeenCalledTimes(1);
    expect(files.fi).not.toHaveBeenCalled();
  });

  it("says what it has until another language has come, and then tells whoever reads it", async () => {
    const texts = onDemand<string>({
      fi: async () => "suomi",
      sv: async () => "svenska",
      en: async () => "English",
    });
    await texts.bring("fi");
    const read: string[] = [];
    effect(() => void read.push(texts.en));
    await settled();
    expect(read).toEqual(["suomi", "English"]);
  });

  it("keeps the words that are here when a language cannot be brought, and tries again", async () => {
    let is_line_up = false;
    const sv = async () => {
      if (!is_line_up) throw new Error("no line");
      return "svenska";
    };
    const texts = onDemand<string>({ fi: async () => "suomi", sv, en: async () => "English" });
    await texts.bring("fi");
    expect(texts.sv).toBe("suomi");
    await settled();
    is_line_up = true;
    expect(texts.sv).toBe("suomi");
    await settled();
    expect(texts.sv).toBe("svenska");
  });
});
