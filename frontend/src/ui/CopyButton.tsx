/** Copies a text and says so. */
import { useEffect, useState } from "react";
import { Button } from "./Button";
import { CopyIcon, TickIcon } from "./icons";

export function CopyButton({ text, what, words }: { text: string; what: string; words?: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <>
      <Button look={words ? "bordered" : "icon"} small onClick={copy} aria-label={`Copy ${what}`} title={`Copy ${what}`}>
        {copied ? <TickIcon size={14} /> : <CopyIcon size={14} />}
        {words}
      </Button>
      <span className="visually-hidden" role="status">
        {copied ? "Copied" : ""}
      </span>
    </>
  );
}
