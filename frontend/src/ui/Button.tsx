/** Buttons: one primary in a view, the rest bordered or plain. */
import type { ComponentProps, ReactNode } from "react";
import styles from "./Button.module.css";
import { classes } from "./classes";

export interface ButtonProps extends ComponentProps<"button"> {
  look?: "primary" | "bordered" | "plain" | "link" | "icon";
  small?: boolean;
  children: ReactNode;
}

export function buttonClass(look: NonNullable<ButtonProps["look"]> = "bordered", small = false): string {
  return classes(styles.button, styles[look], small && styles.small);
}

export function Button({ look = "bordered", small = false, className, type = "button", ...rest }: ButtonProps) {
  return <button type={type} className={classes(buttonClass(look, small), className)} {...rest} />;
}
