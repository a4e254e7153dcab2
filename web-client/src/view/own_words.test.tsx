import { signal } from "@preact/signals";
import { render } from "preact";
import { act } from "preact/test-utils";
import { beforeEach, describe, expect, it } from "vitest";
import { keepOwnWords } from "./own_words";

/** What Chrome's page translation does: each text becomes a font in a font, and so does whatever comes later. */
function translate(root: HTMLElement): () => void {
  const take = (node: Node) => {
    if (node instanceof Text) {
      if (node.data.trim() === "" || node.parentElement?.localName === "font") return;
      const [outer, inner] = [document.createElement("font"), document.createElement("font")];
      inner.textContent = `<${node.data}>`;
      outer.append(inner);
      node.replaceWith(outer);
    } else for (const child of [...node.childNodes]) take(child);
  };
  take(root);
  const observer = new MutationObserver((records) => {
    for (const { addedNodes } of records) for (const node of addedNodes) if (node.isConnected) take(node);
  });
  observer.observe(root, { childList: true, subtree: true });
  return () => observer.disconnect();
}

const settled = async () => {
  for (let turn = 0; turn < 6; turn += 1) await new Promise((next) => setTimeout(next, 0));
};

let root: HTMLElement;
beforeEach(() => {
  root = document.createElement("div");
  document.body.replaceChildren(root);
  keepOwnWords(root);
});
const words = () =>
  (root.textContent ?? "")
    .replace(/[\ufeff<>]/g, "")
    .replace(/\s+/g, " ")
    .trim();
const show = async (page: preact.ComponentChild) => {
  await act(() => render(page, root));
  await settled();
};

describe("a page that the browser translates", () => {
  const Floor = ({ speaker, note }: { speaker: string | null; note: string }) => (
    <section>
      {note} {speaker ? "Nyt puhuu" : "Nyt ei puhu kukaan."} {speaker && <b>{speaker}</b>}
      {speaker === null && "Odota hetki."} <i>loppu</i>
    </section>
  );

  it("says what is so now, and nothing that was so before", async () => {
    await show(<Floor speaker={null} note="Hei" />);
    translate(root);
    await settled();
    expect(root.querySelectorAll("font").length).toBeGreaterThan(0);
    expect(words()).toBe("Hei Nyt ei puhu kukaan. Odota hetki. loppu");
    await show(<Floor speaker="Liisa" note="Hei" />);
    expect(words()).toBe("Hei Nyt puhuu Liisa loppu");
    await show(<Floor speaker="Aatu" note="" />);
    expect(words()).toBe("Nyt puhuu Aatu loppu");
    await show(<Floor speaker={null} note="Hei taas" />);
    expect(words()).toBe("Hei taas Nyt ei puhu kukaan. Odota hetki. loppu");
  });

  it("runs on where a text follows a clock", async () => {
    const time = signal("0:00");
    await show(<p>Puhunut {time}</p>);
    translate(root);
    await settled();
    for (const now of ["0:01", "0:02", "0:03"]) {
      time.value = now;
      await settled();
      expect(words()).toBe(`Puhunut ${now}`);
    }
  });

  it("keeps a list in its order, however it changes", async () => {
    const List = ({ names }: { names: string[] }) => (
      <p>
        {names.map((name) => [name, ", "])}
        <b>ja muut</b>
      </p>
    );
    await show(<List names={["Aatu", "Kielo"]} />);
    translate(root);
    await settled();
    await show(<List names={["Kuusi", "Aatu", "Kielo"]} />);
    expect(words()).toBe("Kuusi, Aatu, Kielo, ja muut");
    await show(<List names={["Kielo"]} />);
    expect(words()).toBe("Kielo, ja muut");
  });

  it("is left alone while nobody translates it", async () => {
    await show(<Floor speaker={null} note="Hei" />);
    await show(<Floor speaker="Liisa" note="Hoi" />);
    expect(root.innerHTML).not.toMatch(/font|\ufeff/);
  });
});
