import * as api from "@protocol/api_work";
import { createContext } from "preact";
import { askerBy, type Key } from "../connection/entrance";

export type DeskRequests = ReturnType<typeof deskRequests>;

/** Null where there is nobody to ask. */
export const DeskRequestsContext = createContext<DeskRequests | null>(null);

/** What the staff ask of the work of a session (protocol/http.md). */
export function deskRequests(fetch: typeof globalThis.fetch, key: Key) {
  const by = askerBy(fetch, key);
  return {
    desk: by(api.desk),
    /** Noted, before it is answered, as a look at somebody's words. */
    open: by(api.openWork),
    /** Noted too. */
    photo: by(api.workPhoto),
    claim: by(api.claimWork),
    release: by(api.releaseWork),
    takeOver: by(api.takeOverWork),
    deal: by(api.dealWork),
    save: by(api.saveAnswer),
    look: by(api.lookAtAnswer),
    send: by(api.sendAnswer),
    unsend: by(api.takeAnswerBack),
    worry: by(api.setWorry),
    writeDown: by(api.writeWorkDown),
    delivered: by(api.tellAnswerRead),
    shared: by(api.tellShared),
    openings: by(api.listOpenings),
    setOpenings: by(api.setOpenings),
    assignments: by(api.listAssignments),
    plan: by(api.planAssignment),
    drop: by(api.dropAssignment),
  };
}
