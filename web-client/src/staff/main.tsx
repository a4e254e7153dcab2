import "../style/index.css";
import "../style/room.css";
import "../style/staff.css";
import "../style/consoles.css";
import { takeKey } from "../connection/key_keep";
import { staffEntrance } from "../connection/staff_entrance";
import { makePage, show } from "../view/start";
import { accountRequests, takePasswordLink, takeProviderOutcome } from "./account";
import { StaffDoor } from "./door";

const page = makePage(staffEntrance);
const password_link = takePasswordLink(location, history);
const outcome = takeProviderOutcome(location, history);
const pass = password_link || outcome ? null : takeKey(page.keep, location, history);
const accounts = accountRequests(fetch.bind(globalThis));
show(
  page,
  <StaffDoor page={page} pass={pass} accounts={accounts} password_link={password_link} outcome={outcome} />,
);
