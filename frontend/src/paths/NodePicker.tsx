/** Chooses one node: type a name, an ARN or an account id, and take one of what the server finds. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { searchQuery } from "../api/queries";
import { useScope } from "../router/url-state";
import { neighbourhoodQuery } from "../scene/neighbourhoodQuery";
import type { NodeRef } from "../scene/model";
import { placeOf } from "../scene/model";
import { Chosen } from "../ui/Chosen";
import { Combobox, OptionWords } from "../ui/Combobox";
import { KindMark } from "../ui/KindMark";
import { kindWord } from "../ui/kinds";

interface Props {
  label: string;
  placeholder: string;
  onChoose: (node: NodeRef) => void;
  onLeave?: () => void;
  focused?: boolean;
  /** Only nodes of these kinds are offered; all where it is not given. */
  kinds?: readonly NodeRef["kind"][];
}

export function NodePicker({ label, placeholder, onChoose, onLeave, focused = false, kinds }: Props) {
  const scope = useScope();
  const [words, setWords] = useState("");
  const found = useQuery(searchQuery(scope, words.trim()));
  const nodes = words.trim() === "" ? [] : (found.data ?? []).filter((node) => kinds?.includes(node.kind) ?? true);
  const choose = (id: string) => {
    const node = nodes.find((each) => each.id === id);
    if (!node) return;
    setWords("");
    onChoose(node);
  };
  return (
    <Combobox
      label={label}
      placeholder={placeholder}
      text={words}
      onText={setWords}
      options={nodes.map(nodeOption)}
      onChoose={choose}
      nothing={found.isFetching ? "Searching…" : "Nothing in this revision matches."}
      onLeave={onLeave}
      focused={focused}
    />
  );
}

export function nodeOption(node: NodeRef) {
  const mark = <KindMark kind={node.kind} admin={node.admin} />;
  return { id: node.id, content: <OptionWords mark={mark} name={node.name} place={`${kindWord(node.kind)}, ${placeOf(node)}`} /> };
}

/** What is chosen. The address holds the id alone; its name comes from the server. */
export function ChosenNode({ label, id, onRemove }: { label: string; id: string; onRemove: () => void }) {
  const around = useQuery(neighbourhoodQuery(useScope(), id));
  const node = around.data?.nodes.find((each) => each.role === "center");
  return (
    <Chosen
      label={label}
      id={id}
      name={node?.name ?? id}
      place={node && placeOf(node)}
      mark={node && <KindMark kind={node.kind} admin={node.admin} />}
      onRemove={onRemove}
    />
  );
}
