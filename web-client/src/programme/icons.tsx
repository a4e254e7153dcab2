import type { SeriesId } from "@protocol/api";
import { CupIcon, HeartIcon, type IconComponent, icon, SeedIcon } from "../view/icons";

/** The pictures of the programme: apart, so that they come with it. */

export const WalkIcon = /*#__PURE__*/ icon(
  "M11.5 4.2a1.9 1.9 0 1 0 3.8 0a1.9 1.9 0 1 0 -3.8 0zM12.6 8.6l-1.4 5.6 3.6 2.6 1 4.7M11.2 14.2l-1 3.1-2.9 4.2M12.6 " +
    "8.6l-3.6 1.8-1.2 3.2M12.6 8.6l2.3 2.9 3.3.7",
);
export const CaseIcon = /*#__PURE__*/ icon(
  "M5 7.5h14a1.5 1.5 0 0 1 1.5 1.5v9a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 18V9A1.5 1.5 0 0 1 5 7.5zM9 " +
    "7.5V4.8h6v2.7M3.5 12.8h17M12 11.6v2.4",
);
export const PlusIcon = /*#__PURE__*/ icon("M12 5v14M5 12h14");
export const BackIcon = /*#__PURE__*/ icon("M19.5 12h-15M10.7 5.8L4.5 12l6.2 6.2");
export const DayOffIcon = /*#__PURE__*/ icon(
  "M5.5 5.5h13a1.5 1.5 0 0 1 1.5 1.5v12a1.5 1.5 0 0 1 -1.5 1.5h-13a1.5 1.5 0 0 1 -1.5 -1.5v-12a1.5 1.5 0 0 1 1.5 " +
    "-1.5zM4 10.5h16M8 3v4.5M16 3v4.5M9.5 13.2l5 4.6M14.5 13.2l-5 4.6",
);
export const ToolIcon = /*#__PURE__*/ icon("M4 20.3l8.8-8.8M10.3 6.2l4.2-2.9 6.2 6.2-2.9 4.2z");
export const BringIcon = /*#__PURE__*/ icon("M12 15.5V4M6.8 9.2L12 4l5.2 5.2M4.5 20h15");

const OF_SERIES: readonly IconComponent[] = [CupIcon, WalkIcon, CaseIcon, SeedIcon, HeartIcon];

/**
 * A series keeps its picture whatever its turn is: pictures go by the order in which the series were made, and none is
 * ever taken away.
 */
export function seriesIcon(all: readonly { readonly id: SeriesId }[], id: SeriesId): IconComponent {
  const before = all.filter((one) => one.id < id).length;
  return OF_SERIES[before % OF_SERIES.length] ?? CupIcon;
}
