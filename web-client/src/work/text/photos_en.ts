import type { PhotoTexts } from "./photos_fi";

export const en: PhotoTexts = {
  photos: "Photos",
  add_photo: "Add a photo",
  photo_what: "Only a facilitator or a moderator sees the photo. Where it was taken is removed.",
  photo_sending: "Sending the photo.",
  photo_added: "The photo is saved.",
  photos_full: "There are three photos already. There is no room for more.",
  photo: (one) => `Photo ${one}`,
  photo_describe: "What is in the photo?",
  photo_missing: "The photo did not open.",
  remove: "Remove",
  remove_photo: (one) => `Remove photo ${one}`,
  unsent: "The connection is cut. Try again in a while.",
  photo_refusals: {
    not_a_picture: "The file is not a picture. Choose another.",
    picture_too_large: "The picture is too large. Choose a smaller one.",
    picture_cut_off: "A part of the picture is missing. Choose it again.",
    picture_not_read: "We cannot open this kind of picture. Choose another one.",
    photos_off: "Photos cannot be added now. Tell it in words.",
    limit_reached: "There are three photos already. Remove one to add another.",
    not_permitted: "This assignment takes no photos.",
    already_handled: "The assignment has been returned. Take it back to change the photos.",
    text_too_long: "The text is too long. Shorten it.",
  },
};
