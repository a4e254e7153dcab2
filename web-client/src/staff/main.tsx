import "../style/index.css";
import "../style/staff.css";
import "../style/consoles.css";
import { takeKey } from "../connection/key_keep";
import { makePage, show } from "../view/start";
import { StaffDoor } from "./door";

const page = makePage();
const pass = takeKey(page.keep, location, history);
show(page, <StaffDoor page={page} pass={pass} />);
