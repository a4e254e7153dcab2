import type { PersonListed } from "@protocol/api";
import { useKindName } from "../attendance/kinds";
import { useCommon, useTexts } from "../view/app";
import { Button } from "../view/button";
import { CalendarIcon, CheckIcon, CrossIcon, MailIcon, PenIcon, RoundIcon } from "../view/icons";
import { Badge } from "../view/marks";
import { officeTexts } from "./text";

/** People of a session: what is known of each, and what may be done. */
export function People(props: {
  people: readonly PersonListed[];
  onRenew: (person: PersonListed) => void;
  onEdit?: (person: PersonListed) => void;
  onRemove?: ((person: PersonListed) => void) | undefined;
}) {
  const { people, onRenew, onEdit, onRemove } = props;
  const t = useTexts(officeTexts);
  const kindName = useKindName();
  const c = useCommon();
  return (
    <ul class="lines roster">
      {people.map((one) => {
        const facts = [
          one.role === "participant" ? "" : c.roles[one.role],
          kindName(one),
          one.supervisor ?? "",
          one.phone ?? one.email ?? "",
        ].filter(Boolean);
        return (
          <li key={one.person}>
            <span>
              <b dir="auto">{one.name}</b> <span class="small quiet">{facts.join(" · ")}</span>
            </span>
            {one.absence && (
              <Badge look="wait" icon={CalendarIcon}>
                {t.absence_badge}
              </Badge>
            )}
            {onEdit && (
              <Button look="plain" icon={PenIcon} onPress={() => onEdit(one)}>
                <span aria-hidden="true">{t.person_edit}</span>
                <span class="vh">{t.person_edit_name(one.name)}</span>
              </Button>
            )}
            {onRemove && (
              <Button look="plain" icon={CrossIcon} onPress={() => onRemove(one)}>
                <span aria-hidden="true">{t.person_remove_yes}</span>
                <span class="vh">{t.guest_remove_name(one.name)}</span>
              </Button>
            )}
            {one.invited ? (
              <>
                <Badge look="good" icon={CheckIcon}>
                  {t.invited}
                </Badge>
                <Button look="plain" icon={RoundIcon} onPress={() => onRenew(one)}>
                  <span aria-hidden="true">{t.renew}</span>
                  <span class="vh">{t.renew_name(one.name)}</span>
                </Button>
              </>
            ) : (
              <Badge look="wait" icon={MailIcon}>
                {t.not_invited}
              </Badge>
            )}
          </li>
        );
      })}
    </ul>
  );
}
