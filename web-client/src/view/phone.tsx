import { CallIcon } from "./icons";

/** What a telephone can dial of a number. */
const digits = (phone: string) => phone.replace(/[^+\d]/g, "");

/** Where a press on a number leads. */
export function dialled(phone: string): string {
  return `tel:${digits(phone)}`;
}

/** A text message that stands ready in one's own telephone (RFC 5724); it leaves when a person sends it. */
export function texted(phone: string, text: string): string {
  return `sms:${digits(phone)}?body=${encodeURIComponent(text)}`;
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
