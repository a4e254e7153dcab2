import type { UtcTime } from "@protocol";
import type { OpenedWork } from "@protocol/api";
import { render } from "preact";

/** What a letter says, in words that are ready. */
export interface LetterWords {
  readonly date: string;
  readonly name: string;
  readonly about: string;
  readonly texts: readonly string[];
  readonly by: string;
  readonly call: string;
}

/** Those that have left; a correction stands after what it corrects, as its author sees them. */
export function leftOf(work: OpenedWork, now: UtcTime): OpenedWork["sent"] {
  return work.sent.filter(({ sent_at }) => sent_at <= now);
}

/**
 * Prints the answer as a letter, for whom no line reaches. It is in the page while it is printed, and no longer; on the
 * screen nothing is seen of it.
 */
export function printLetter({ date, name, about, texts, by, call }: LetterWords): void {
  const paper = document.createElement("div");
  paper.className = "letter-out";
  document.body.append(paper);
  render(
    <>
      <p class="num">{date}</p>
      <p dir="auto">{name}</p>
      <h1 dir="auto">{about}</h1>
      {texts.map((text) => (
        <p key={text} class="as-written" dir="auto">
          {text}
        </p>
      ))}
      <p dir="auto">{by}</p>
      {call && <p>{call}</p>}
    </>,
    paper,
  );
  try {
    window.print();
  } finally {
    render(null, paper);
    paper.remove();
  }
}
