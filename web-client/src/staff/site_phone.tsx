import { useApp, useTexts } from "../view/app";
import { PhoneNumber } from "../view/phone";
import { staffTexts } from "./text";

/** Whom to call: the number of their session, or the site's, where there is one. */
export function SitePhone({ own }: { own?: string | undefined }) {
  const t = useTexts(staffTexts);
  const { site_phone } = useApp();
  const phone = own || site_phone.value;
  return phone ? (
    <div>
      <p class="quiet">{t.call}</p>
      <PhoneNumber phone={phone} />
    </div>
  ) : null;
}
