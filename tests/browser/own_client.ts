import type { Page } from "playwright-core";
import type { Link } from "./running_site";

/**
 * What a client of its own sends from within the site, at the pace that a person is allowed; the word of each refusal.
 */
export async function sendAs(
  page: Page,
  link: Link,
  name: string | null,
  commands: object[],
): Promise<(string | null)[]> {
  return page.evaluate(
    async ({ secret, name, commands }) => {
      const entered = await fetch("/api/enter", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ secret, netiquette: true, ...(name === null ? {} : { name }) }),
      });
      const { ticket } = await entered.json();
      const socket = new WebSocket(`wss://${location.host}/room`);
      const answers: (string | null)[] = [];
      // A command's id is its person's own for the whole day: a repeat would get the first answer.
      const tab = crypto.randomUUID().slice(0, 8);
      await new Promise<void>((done, failed) => {
        socket.onopen = () => socket.send(JSON.stringify({ type: "hello", version: 1, ticket }));
        socket.onclose = ({ code }) =>
          failed(new Error(`closed with ${code} after ${answers.length} of ${commands.length}`));
        socket.onmessage = ({ data }) => {
          const frame = JSON.parse(data);
          if (frame.type === "welcome") sendNext();
          if (frame.type !== "outcome") return;
          answers.push(frame.refusal?.word ?? null);
          if (answers.length === commands.length) done();
        };
        let next = 0;
        const sendNext = () => {
          socket.send(JSON.stringify({ type: "command", id: `${tab}-${next}`, command: commands[next] }));
          next += 1;
          if (next < commands.length) setTimeout(sendNext, 56);
        };
      });
      socket.onclose = null;
      socket.close();
      return answers;
    },
    { secret: link.link.split("#")[1] as string, name, commands },
  );
}
