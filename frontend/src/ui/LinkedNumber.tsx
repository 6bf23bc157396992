/** A number with the list behind it: click it to see what was counted. */
import { createLink } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, Ref } from "react";
import styles from "./LinkedNumber.module.css";

interface Props extends AnchorHTMLAttributes<HTMLAnchorElement> {
  /** Left out where the figure stands above, large: the words alone are the link then. */
  value?: number;
  words?: string;
  ref?: Ref<HTMLAnchorElement>;
}

function NumberAnchor({ value, words, ...rest }: Props) {
  return (
    <a {...rest} className={styles.number}>
      {[value?.toLocaleString("en"), words].filter(Boolean).join(" ")}
    </a>
  );
}

export const LinkedNumber = createLink(NumberAnchor);
