/**
 * The pictures of the visual language: 24 grid, 2 px line, the colour of the text beside them. One that no page uses is
 * in no page.
 */

export function icon(path: string, stroke_width?: number) {
  return function Icon() {
    return (
      <svg class="i" viewBox="0 0 24 24" aria-hidden="true">
        <path d={path} stroke-width={stroke_width} />
      </svg>
    );
  };
}

export type IconComponent = ReturnType<typeof icon>;

export const CupIcon = /*#__PURE__*/ icon(
  "M4 9.5h12V15a5 5 0 0 1-5 5H9a5 5 0 0 1-5-5zM16 11.5h1.8a2.6 2.6 0 0 1 0 5.2h-2M8 3.5v2.6M12 3.5v2.6",
);
export const HelpIcon = /*#__PURE__*/ icon(
  "M3 12a9 9 0 1 0 18 0a9 9 0 1 0 -18 0zM8.4 12a3.6 3.6 0 1 0 7.2 0a3.6 3.6 0 1 0 -7.2 0zM5.7 5.7l3.7 3.7M14.6 " +
    "14.6l3.7 3.7M18.3 5.7l-3.7 3.7M9.4 14.6l-3.7 3.7",
);
export const SoundIcon = /*#__PURE__*/ icon(
  "M3.5 9.5H7L12 5.5v13l-5-4H3.5zM15.5 9.2a4 4 0 0 1 0 5.6M18.4 6.6a7.6 7.6 0 0 1 0 10.8",
);
export const SoundOffIcon = /*#__PURE__*/ icon("M3.5 9.5H7L12 5.5v13l-5-4H3.5zM16 9.5l5 5M21 9.5l-5 5");
export const MicIcon = /*#__PURE__*/ icon(
  "M12 3h0a3 3 0 0 1 3 3v5a3 3 0 0 1 -3 3h-0a3 3 0 0 1 -3 -3v-5a3 3 0 0 1 3 -3zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3",
);
export const MicOffIcon = /*#__PURE__*/ icon(
  "M15 8V6a3 3 0 0 0-5.6-1.5M9 9v2a3 3 0 0 0 4.2 2.8M5.5 11.5A6.5 6.5 0 0 0 16 16.6M18.4 12.4l.1-.9M12 18v3M4 4l16 16",
);
export const EarIcon = /*#__PURE__*/ icon(
  "M7 11V9a5 5 0 0 1 10 0c0 4.4-4 4.6-4 8.2A3 3 0 0 1 7.6 19M10.2 10V9a1.9 1.9 0 0 1 3.7 0c0 1.6-1.7 2-1.7 3.4",
);
export const EarOffIcon = /*#__PURE__*/ icon(
  "M7 11V9.4M9 5.2A5 5 0 0 1 17 9c0 1.6-.5 2.6-1.2 3.5M13.4 15.6c-.3.5-.4 1-.4 1.6A3 3 0 0 1 7.6 19M4 4l16 16",
);
export const HandIcon = /*#__PURE__*/ icon(
  "M7.6 12.5V6.2a1.5 1.5 0 0 1 3 0V11M10.6 10.5V4.4a1.5 1.5 0 0 1 3 0V11M13.6 10.8V5.8a1.5 1.5 0 0 1 3 0v5.4M16.6 " +
    "11V8.4a1.5 1.5 0 0 1 3 0V14c0 4-2.7 7-6.6 7-3 0-4.6-1.3-6-3.6l-2.7-4.3a1.5 1.5 0 0 1 2.5-1.7l.8 1.1",
);
export const BubbleIcon = /*#__PURE__*/ icon(
  "M4.5 4.5h15a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H11l-4.5 4v-4h-2a1 1 0 0 1-1-1v-10a1 1 0 0 1 1-1z",
);
export const PenIcon = /*#__PURE__*/ icon("M4 20l1-4.6L15.8 4.6l3.6 3.6L8.6 19zM13.2 7.2l3.6 3.6");
export const LaterIcon = /*#__PURE__*/ icon("M3.5 12h12.2M11 7l5 5-5 5M20 5.5v13");
export const HourglassIcon = /*#__PURE__*/ icon(
  "M6.5 3.5h11M6.5 20.5h11M8 3.5v3.6l4 4.9 4-4.9V3.5M8 20.5v-3.6l4-4.9 4 4.9v3.6",
);
export const ClockIcon = /*#__PURE__*/ icon("M3 12a9 9 0 1 0 18 0a9 9 0 1 0 -18 0zM12 6.8V12l3.4 2.2");
export const CheckIcon = /*#__PURE__*/ icon("M4.5 12.8l5 4.7L19.5 7");
export const CrossIcon = /*#__PURE__*/ icon("M6 6l12 12M18 6L6 18");
export const WarnIcon = /*#__PURE__*/ icon("M12 4l9 16H3zM12 10.2v4.4M12 17.3v.1");
export const InfoIcon = /*#__PURE__*/ icon("M3 12a9 9 0 1 0 18 0a9 9 0 1 0 -18 0zM12 11v5.4M12 7.6v.1");
export const UpIcon = /*#__PURE__*/ icon("M12 19.5v-15M5.8 10.7L12 4.5l6.2 6.2");
export const DownIcon = /*#__PURE__*/ icon("M12 4.5v15M5.8 13.3l6.2 6.2 6.2-6.2");
export const NextIcon = /*#__PURE__*/ icon("M5.5 5l10 7-10 7zM19 5v14");
export const PauseIcon = /*#__PURE__*/ icon("M8.5 5v14M15.5 5v14");
export const PlayIcon = /*#__PURE__*/ icon("M7 4.5l12 7.5-12 7.5z");
export const StopIcon = /*#__PURE__*/ icon(
  "M7 6h10a1 1 0 0 1 1 1v10a1 1 0 0 1 -1 1h-10a1 1 0 0 1 -1 -1v-10a1 1 0 0 1 1 -1z",
);
export const BellIcon = /*#__PURE__*/ icon("M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.8h-15zM10.2 21h3.6");
export const FlagIcon = /*#__PURE__*/ icon("M6 21V4M6 4.8h12l-3 4.2 3 4.2H6");
export const PersonIcon = /*#__PURE__*/ icon(
  "M8 8a4 4 0 1 0 8 0a4 4 0 1 0 -8 0zM4.5 20.5a7.5 7.5 0 0 1 15 0",
);
export const PeopleIcon = /*#__PURE__*/ icon(
  "M5.4 8.5a3.6 3.6 0 1 0 7.2 0a3.6 3.6 0 1 0 -7.2 0zM2.5 20a6.5 6.5 0 0 1 13 0M16 5.1a3.6 3.6 0 0 1 0 6.8M18.2 " +
    "14.4a6.5 6.5 0 0 1 3.3 5.6",
);
export const LaptopIcon = /*#__PURE__*/ icon(
  "M6 5h12a1 1 0 0 1 1 1v8a1 1 0 0 1 -1 1h-12a1 1 0 0 1 -1 -1v-8a1 1 0 0 1 1 -1zM2.5 19h19",
);
export const CallIcon = /*#__PURE__*/ icon(
  "M5 4h3.8l1.6 4.8-2.4 1.8a12 12 0 0 0 5.4 5.4l1.8-2.4L20 15.2V19a1.5 1.5 0 0 1-1.6 1.5A16 16 0 0 1 3.5 5.6 1.5 1.5 " +
    "0 0 1 5 4z",
);
export const ReplyIcon = /*#__PURE__*/ icon("M9 6.5L3.8 11.7 9 16.9M3.8 11.7h9.4a7 7 0 0 1 7 6.8");
export const LinkIcon = /*#__PURE__*/ icon(
  "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1.3 1.3M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1.3-1.3",
);
export const LockIcon = /*#__PURE__*/ icon(
  "M6.5 11h11a1.5 1.5 0 0 1 1.5 1.5v6.5a1.5 1.5 0 0 1 -1.5 1.5h-11a1.5 1.5 0 0 1 -1.5 -1.5v-6.5a1.5 1.5 0 0 1 1.5 " +
    "-1.5zM8 11V8a4 4 0 0 1 8 0v3",
);
export const OfflineIcon = /*#__PURE__*/ icon(
  "M3 9.2a13 13 0 0 1 4.6-2.9M12 5.6a13 13 0 0 1 9 3.6M6.4 13a8 8 0 0 1 3.2-1.8M14.8 11.4a8 8 0 0 1 2.8 1.6M10 " +
    "16.6a3 3 0 0 1 4 0M12 20v.1M4 4l16 16",
);
export const SendIcon = /*#__PURE__*/ icon("M3.5 11.6L20.5 4l-6.2 16.5-3.2-6.1zM11.1 14.4L20.5 4");
export const StaffIcon = /*#__PURE__*/ icon(
  "M12 3l7.5 2.6V11c0 4.8-3 8-7.5 10-4.5-2-7.5-5.2-7.5-10V5.6zM8.6 11.6l2.5 2.4 4.4-4.6",
);
export const MoreIcon = /*#__PURE__*/ icon("M5 12v.1M12 12v.1M19 12v.1", 3.4);
export const RoundIcon = /*#__PURE__*/ icon("M19.6 12a7.6 7.6 0 1 1-2.3-5.4M20 3.5V8h-4.5");
export const FileIcon = /*#__PURE__*/ icon("M6 3h8l4.5 4.5V21H6zM14 3v4.5h4.5");
export const CalendarIcon = /*#__PURE__*/ icon(
  "M5.5 5.5h13a1.5 1.5 0 0 1 1.5 1.5v12a1.5 1.5 0 0 1 -1.5 1.5h-13a1.5 1.5 0 0 1 -1.5 -1.5v-12a1.5 1.5 0 0 1 1.5 " +
    "-1.5zM4 10.5h16M8 3v4.5M16 3v4.5",
);
export const HeartIcon = /*#__PURE__*/ icon(
  "M12 20.2S3.5 15 3.5 9.2A4.3 4.3 0 0 1 12 7.6a4.3 4.3 0 0 1 8.5 1.6C20.5 15 12 20.2 12 20.2z",
);
export const SearchIcon = /*#__PURE__*/ icon("M4 10.5a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0 -13 0zM15.5 15.5l5 5");
export const DoorIcon = /*#__PURE__*/ icon("M6 20.5V3.5h12v17M3.5 20.5h17M14.5 12v.1");
export const ParkIcon = /*#__PURE__*/ icon(
  "M6.5 3.5h11a3 3 0 0 1 3 3v11a3 3 0 0 1 -3 3h-11a3 3 0 0 1 -3 -3v-11a3 3 0 0 1 3 -3zM9.8 17V7.6h3a2.8 2.8 0 0 1 0 " +
    "5.6h-3",
);
export const CopyIcon = /*#__PURE__*/ icon(
  "M10 8.5h9a1.5 1.5 0 0 1 1.5 1.5v9a1.5 1.5 0 0 1 -1.5 1.5h-9a1.5 1.5 0 0 1 -1.5 -1.5v-9a1.5 1.5 0 0 1 1.5 " +
    "-1.5zM15.5 8.5v-5h-12v12h5",
);
export const TaskIcon = /*#__PURE__*/ icon("M5 3.5h14v17H5zM8.8 8.5h6.4M8.8 12.5h6.4M8.8 16.5h3.4");
export const FilterIcon = /*#__PURE__*/ icon("M4 5h16l-6.2 7.4V19L10.2 21v-8.6z");
export const SeedIcon = /*#__PURE__*/ icon(
  "M12 20.5v-9M12 14.5c-4.5 0-6.5-2.2-6.5-6 4.5 0 6.5 2.2 6.5 6zM12 11.5c0-4 2-6.5 6.5-6.5 0 4-2 6.5-6.5 6.5z",
);
export const MailIcon = /*#__PURE__*/ icon(
  "M5 5.5h14a1.5 1.5 0 0 1 1.5 1.5v10a1.5 1.5 0 0 1 -1.5 1.5h-14a1.5 1.5 0 0 1 -1.5 -1.5v-10a1.5 1.5 0 0 1 1.5 " +
    "-1.5zM4 7l8 6.2L20 7",
);
