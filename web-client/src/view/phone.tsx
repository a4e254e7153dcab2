import { CallIcon } from "./icons";

/** Where a press on a number leads: what a telephone can dial of it. */
export function dialled(phone: string): string {
  return `tel:${phone.replace(/[^+\d]/g, "")}`;
}

/** A number that a phone calls when it is pressed. */
export function PhoneNumber({ phone }: { phone: string }) {
  return (
    <a class="phone-no" href={dialled(phone)}>
      <CallIcon /> {phone}
    </a>
  );
}

export function PhoneLink({ phone }: { phone: string }) {
  return (
    <p>
      <PhoneNumber phone={phone} />
    </p>
  );
}
