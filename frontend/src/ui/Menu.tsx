/** A menu under a button. */
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import styles from "./Menu.module.css";

export function Menu({
  trigger,
  children,
  label,
  defaultOpen = false,
}: {
  trigger: ReactNode;
  children: ReactNode;
  label: string;
  defaultOpen?: boolean;
}) {
  return (
    <DropdownMenu.Root modal={false} defaultOpen={defaultOpen}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={styles.menu} align="end" sideOffset={4} collisionPadding={8} aria-label={label}>
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export function MenuItem({
  onSelect,
  children,
  chosen,
  disabled = false,
}: {
  onSelect?: () => void;
  children: ReactNode;
  chosen?: boolean;
  disabled?: boolean;
}) {
  return (
    <DropdownMenu.Item
      className={styles.item}
      disabled={disabled}
      data-chosen={chosen ? "" : undefined}
      {...(onSelect ? { onSelect } : {})}
    >
      {children}
    </DropdownMenu.Item>
  );
}

/** An item that is a link or a button of its own. */
export function MenuLink({ children }: { children: ReactNode }) {
  return (
    <DropdownMenu.Item className={styles.item} asChild>
      {children}
    </DropdownMenu.Item>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className={styles.label}>{children}</DropdownMenu.Label>;
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className={styles.separator} />;
}
