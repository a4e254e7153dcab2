import "../style/index.css";
import { httpEntrance } from "../connection/entrance";
import { takeKey } from "../connection/key_keep";
import { makePage, show } from "../view/start";
import { Door } from "./door";

const page = makePage(httpEntrance);
const pass = takeKey(page.keep, location, history);
show(page, <Door page={page} pass={pass} />);
