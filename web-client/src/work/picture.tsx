import { useEffect, useState } from "preact/hooks";
import { useCommon } from "../view/app";
import { Button } from "../view/button";
import { RoundIcon } from "../view/icons";

/** A picture that is asked for by a key: there is no address of it that somebody else could open. */
export function Picture(props: {
  load: () => Promise<Blob | null>;
  description: string;
  /** Said in its place where it does not come. */
  missing: string;
}) {
  const { load, description, missing } = props;
  const c = useCommon();
  const [address, setAddress] = useState("");
  const [tries, setTries] = useState(0);
  const [is_missing, setMissing] = useState(false);
  useEffect(() => {
    let is_gone = false;
    let made = "";
    setMissing(false);
    void load().then((bytes) => {
      if (is_gone) return;
      if (!bytes) return setMissing(true);
      made = URL.createObjectURL(bytes);
      setAddress(made);
    });
    return () => {
      is_gone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [tries]);
  if (is_missing)
    return (
      <p class="row">
        {missing}{" "}
        <Button icon={RoundIcon} onPress={() => setTries(tries + 1)}>
          {c.try_now}
        </Button>
      </p>
    );
  return address ? (
    <img class="photo" alt={description} src={address} />
  ) : (
    <p class="photo quiet">{description}</p>
  );
}
