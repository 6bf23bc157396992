/** Search that follows the typing, one history entry for each pause. */
import { useEffect, useState } from "react";
import { Input } from "../ui/Field";
import { SearchIcon } from "../ui/icons";
import styles from "./IdentitiesPage.module.css";

export function SearchBox({ text, onSearch }: { text: string; onSearch: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  const [seen, setSeen] = useState(text);
  // Back and forward change the address under the box.
  if (seen !== text) {
    setSeen(text);
    setTyped(text);
  }
  useEffect(() => {
    if (typed === text) return undefined;
    const timer = setTimeout(() => onSearch(typed), 250);
    return () => clearTimeout(timer);
  }, [typed, text, onSearch]);
  return (
    <span className={styles.search}>
      <SearchIcon size={14} />
      <Input
        type="search"
        value={typed}
        placeholder="Name, path, ARN or tag"
        aria-label="Search identities"
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </span>
  );
}
