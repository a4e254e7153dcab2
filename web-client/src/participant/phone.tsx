import { useApp, useTexts } from "../view/app";
import { PhoneLink } from "../view/phone";
import { doorTexts } from "./text/door";

/** The number to call: the session's own, or the site's; empty when there is neither. */
export function useHelpPhone(own: string | undefined): string {
  const { site_phone } = useApp();
  return own || site_phone.value;
}

export function CallUs({ phone }: { phone: string }) {
  const t = useTexts(doorTexts);
  return (
    <section aria-labelledby="call-title">
      <h2 id="call-title">{t.call_title}</h2>
      <PhoneLink phone={phone} />
      <p class="quiet">{t.call_what}</p>
    </section>
  );
}
