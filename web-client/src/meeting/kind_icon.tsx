import type { AppointmentKind } from "@protocol/api";
import { CallIcon, type IconComponent, icon, LaptopIcon, PeopleIcon } from "../view/icons";

const HomeIcon = /*#__PURE__*/ icon("M4 11.5L12 4.5l8 7M6.5 10v9.5h11V10M10 19.5v-5.5h4v5.5");

export const KIND_ICONS: Record<AppointmentKind, IconComponent> = {
  individual: LaptopIcon,
  face_to_face: PeopleIcon,
  phone: CallIcon,
  home: HomeIcon,
};
