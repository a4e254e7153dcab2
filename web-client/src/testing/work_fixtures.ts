import type { Refusal } from "@protocol";
import type { AssignmentShown, OwnSubmission, OwnWork, OwnWorkAnswer } from "@protocol/api";
import type { Answer } from "../connection/entrance";
import type { WorkRequests } from "../work/requests";
import type { KeptDraft, Shelf } from "../work/shelf";
import { CLOCK } from "./fakes";

/** The day's assignment about sleep, and a server of one author's work. */

export const MINUTE = 60_000;

export const assignment = (change: Partial<AssignmentShown> = {}): AssignmentShown => ({
  id: 5,
  version: 1,
  state: "open",
  minutes: 30,
  title: "Millainen on sinun yösi?",
  text: "Mieti omaa untasi. Mikään vastaus ei ole väärä.",
  questions: ["Milloin nukut parhaiten?", "Mikä vie sinulta unta?", "Mitä haluat kokeilla tällä viikolla?"],
  hint: "Yksi lause riittää.",
  ways: ["text", "phone"],
  opened_at: CLOCK.utc,
  due: CLOCK.utc + 12 * 60 * MINUTE,
  ...change,
});

export const submission = (change: Partial<OwnSubmission> = {}): OwnSubmission => ({
  state: "draft",
  version: 1,
  fields: ["", "", ""],
  source: "own",
  late: false,
  may_take_back: false,
  sharing: "no",
  wants_call: false,
  answers_by_phone: false,
  answers: [],
  ...change,
});

export const WRITTEN = [
  "Nukun parhaiten mökillä. Siellä on pimeää ja hiljaista.",
  "Herään aamuyöllä ja alan miettiä rahaa. Silloin nousen ja keitän teetä.",
  "",
];

export const LETTER =
  "Hei Mustikka!\n\nKiitos, että kerroit yöstäsi. Et ole yksin.\n\nKerro ensi torstaina, miten kävi.\n\nAino";

export const ownAnswer = (...work: OwnWork[]): OwnWorkAnswer => ({
  now: CLOCK.utc,
  session: 1,
  theme: "Uni",
  starts_at: Date.UTC(2026, 11, 3, 7),
  work,
});

/** One author's work as the server keeps it: what the routes promise, and no more. `next` answers one question. */
export class FakeWork {
  readonly asked: { readonly what: keyof WorkRequests; readonly body: Record<string, unknown> }[] = [];
  /** Answers that are given before the server's own, in their order. "lost": done, and the answer is lost. */
  readonly next: ("unreachable" | "lost" | Refusal)[] = [];
  /** Whether pictures can be read here. */
  takes_photos = false;
  picture: (photo: number) => Promise<Blob> = async () => new Blob(["kuva"], { type: "image/jpeg" });
  #photo = 0;
  assignments: AssignmentShown[];
  submissions = new Map<number, OwnSubmission>();

  constructor(mine?: OwnSubmission, shown: readonly AssignmentShown[] = [assignment()]) {
    this.assignments = [...shown];
    const [first] = shown;
    if (mine && first) this.submissions.set(first.id, mine);
  }

  get mine(): OwnSubmission | undefined {
    return this.submissions.get(this.assignments[0]?.id ?? 0);
  }

  /** How often something was asked. */
  count(what: keyof WorkRequests): number {
    return this.asked.filter((one) => one.what === what).length;
  }

  readonly requests: WorkRequests = {
    own: () => this.#answer("own", {}, () => null),
    save: (body) =>
      this.#answer("save", body, () => {
        const known = this.submissions.get(body.assignment) ?? submission({ version: 0 });
        if (known.fields.join("\n") === body.fields.join("\n") && known.version > 0) {
          this.#put(body.assignment, { ...known, ...(body.settles && { other: undefined }) });
          return null;
        }
        const other = { fields: body.fields, saved_at: CLOCK.utc + MINUTE };
        if (known.state !== "draft") {
          this.#put(body.assignment, { ...known, other });
          return { word: "already_handled" };
        }
        if (known.version !== body.version) {
          this.#put(body.assignment, { ...known, other });
          return { word: "version_conflict" };
        }
        this.#put(body.assignment, {
          ...known,
          fields: body.fields,
          version: known.version + 1,
          saved_at: CLOCK.utc + MINUTE,
          ...(body.settles && { other: undefined }),
        });
        return null;
      }),
    giveIn: (body) =>
      this.#answer("giveIn", body, () => {
        const known = this.submissions.get(body.assignment) ?? submission({ version: 0 });
        if (known.state !== "draft") return null;
        if (known.version !== body.version && known.fields.join("\n") !== body.fields.join("\n"))
          return { word: "version_conflict" };
        this.#put(body.assignment, {
          ...known,
          fields: body.fields,
          version: known.version + 1,
          state: "returned",
          may_take_back: true,
          returned_at: CLOCK.utc + 2 * MINUTE,
          sharing: body.sharing ?? known.sharing,
          wants_call: body.wants_call ?? known.wants_call,
        });
        return null;
      }),
    takeBack: (body) => this.#change("takeBack", body, { state: "draft", may_take_back: false }),
    wish: ({ call_back, ...body }) =>
      this.#change(
        "wish",
        { ...body, ...(call_back && { call_back }) },
        {
          ...(body.wants_call !== undefined && { wants_call: body.wants_call }),
          ...(body.answers_by_phone !== undefined && { answers_by_phone: body.answers_by_phone }),
          ...(call_back && { call_back }),
        },
      ),
    share: (body) => this.#change("share", body, { sharing: body.sharing }),
    read: (body) => this.#change("read", body, { state: "read", read_at: CLOCK.utc + 3 * MINUTE }),
    thank: (body) => this.#change("thank", body, { thanks: body.text }),
    addPhoto: (body, { assignment }) =>
      this.#answer("addPhoto", { assignment, bytes: body.size }, () => {
        const photos = this.submissions.get(assignment)?.photos ?? [];
        if (photos.length >= 3) return { word: "limit_reached" };
        this.#photo += 1;
        this.become({ photos: [...photos, { id: this.#photo, description: "" }] }, assignment);
        return null;
      }),
    describePhoto: (body) =>
      this.#answer("describePhoto", body, () => {
        const photos = (this.mine?.photos ?? []).map((one) =>
          one.id === body.photo ? { ...one, description: body.description } : one,
        );
        this.become({ photos });
        return null;
      }),
    removePhoto: (body) =>
      this.#answer("removePhoto", body, () => {
        this.become({ photos: (this.mine?.photos ?? []).filter(({ id }) => id !== body.photo) });
        return null;
      }),
    photo: async ({ photo }) => ({ kind: "ok", value: await this.picture(photo) }),
  };

  /** What happens by another's hand. */
  become(change: Partial<OwnSubmission>, id = this.assignments[0]?.id ?? 0): void {
    this.#put(id, { ...(this.submissions.get(id) ?? submission()), ...change });
  }

  #put(
    id: number,
    next: Omit<OwnSubmission, "other"> & { other?: OwnSubmission["other"] | undefined },
  ): void {
    const { other, ...rest } = next;
    this.submissions.set(id, { ...rest, ...(other && { other }) });
  }

  #change(
    what: keyof WorkRequests,
    body: { assignment: number },
    change: Partial<OwnSubmission>,
  ): Promise<Answer<OwnWorkAnswer>> {
    return this.#answer(what, body, () => {
      this.become(change, body.assignment);
      return null;
    });
  }

  async #answer(
    what: keyof WorkRequests,
    body: object,
    act: () => Refusal | null,
  ): Promise<Answer<OwnWorkAnswer>> {
    this.asked.push({ what, body: { ...body } });
    const next = this.next.shift();
    if (next === "unreachable") return { kind: "unreachable" };
    if (next && next !== "lost") return { kind: "refused", refusal: next };
    const refusal = act();
    if (next === "lost") return { kind: "unreachable" };
    return refusal ? { kind: "refused", refusal } : { kind: "ok", value: this.answer };
  }

  get answer(): OwnWorkAnswer {
    const answer = ownAnswer(
      ...this.assignments.map((shown) => {
        const mine = this.submissions.get(shown.id);
        return { assignment: shown, ...(mine && { submission: mine }) };
      }),
    );
    return this.takes_photos ? { ...answer, takes_photos: true } : answer;
  }
}

/** The shelf of a device, which a reload leaves as it is. */
export class FakeShelf implements Shelf {
  readonly kept = new Map<string, KeptDraft>();
  is_full = false;

  async get(key: string): Promise<KeptDraft | null> {
    return this.kept.get(key) ?? null;
  }
  async put(key: string, draft: KeptDraft): Promise<boolean> {
    if (this.is_full) return false;
    this.kept.set(key, structuredClone(draft));
    return true;
  }
  async remove(key: string): Promise<void> {
    this.kept.delete(key);
  }
  async sweep(before: number): Promise<void> {
    for (const [key, { at }] of this.kept) if (at < before) this.kept.delete(key);
  }
}

/**
 * The same server behind the page's own `fetch`: for screens that are looked at from outside. The answers to all else
 * are those of nobody.
 */
export function fetchOf(work: FakeWork): typeof globalThis.fetch {
  const routes: Record<string, keyof WorkRequests> = {
    "/api/work": "own",
    "/api/work/draft": "save",
    "/api/work/return": "giveIn",
    "/api/work/take-back": "takeBack",
    "/api/work/wish": "wish",
    "/api/work/share": "share",
    "/api/work/read": "read",
    "/api/work/thanks": "thank",
    "/api/work/photo/describe": "describePhoto",
    "/api/work/photo/remove": "removePhoto",
  };
  const answerTo = (path: string, query: URLSearchParams, body: unknown): Promise<Answer<OwnWorkAnswer>> => {
    if (body instanceof Blob)
      return work.requests.addPhoto(body, { assignment: Number(query.get("assignment")) });
    const what = routes[path];
    if (!what) throw new TypeError("no such route here");
    const ask = work.requests[what] as (body: unknown) => Promise<Answer<OwnWorkAnswer>>;
    return ask(body ? JSON.parse(String(body)) : {});
  };
  return async (address, init) => {
    const [path = "", query] = String(address).split("?");
    if (path === "/api/work/photo" && !init?.body)
      return new Response(await work.picture(Number(new URLSearchParams(query).get("photo"))), {
        headers: { "Content-Disposition": "attachment" },
      });
    const answer = await answerTo(path, new URLSearchParams(query), init?.body);
    if (answer.kind === "ok") return new Response(JSON.stringify(answer.value));
    if (answer.kind === "refused")
      return new Response(JSON.stringify({ refusal: answer.refusal }), { status: 409 });
    throw new TypeError("no line");
  };
}
