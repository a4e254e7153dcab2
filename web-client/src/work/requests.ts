import * as api from "@protocol/api_work";
import { askerBy, type Key } from "../connection/entrance";

export type WorkRequests = ReturnType<typeof workRequests>;

/** What an author asks of their own work: each is answered with all of it, as it then stands. */
export function workRequests(fetch: typeof globalThis.fetch, key: Key) {
  const by = askerBy(fetch, key);
  return {
    own: by(api.ownWork),
    save: by(api.saveDraft),
    giveIn: by(api.returnWork),
    takeBack: by(api.takeBackWork),
    wish: by(api.wishForCall),
    share: by(api.shareWork),
    read: by(api.readAnswer),
    thank: by(api.thankForAnswer),
    addPhoto: by(api.addPhoto),
    describePhoto: by(api.describePhoto),
    removePhoto: by(api.removePhoto),
    photo: by(api.ownPhoto),
  };
}
