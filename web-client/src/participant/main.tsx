import "../style/index.css";
import { takeKey } from "../connection/key_keep";
import { makePage, show } from "../view/start";
import { Door } from "./door";

const page = makePage();
const pass = takeKey(page.keep, location, history);
show(page, <Door page={page} pass={pass} />);
