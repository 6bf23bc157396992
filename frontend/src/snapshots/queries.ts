/** Uploads: the list, what happens to each, and what can be done about it. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { answer, api } from "../api/client";
import type { Scope, Upload } from "../api/types";
import type { FileToSend } from "./files";
import { sendFiles } from "./sending";

const POLL = 700;

export const isRunning = (upload: Upload) =>
  upload.state === "queued" || upload.state === "reading" || upload.state === "analysing";

const uploadsKey = (workspace: string) => ["uploads", workspace];

/** The newest uploads, read again and again while one is running. */
export function useUploads(workspace: string) {
  const uploads = useQuery({
    queryKey: uploadsKey(workspace),
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/v1/workspaces/{workspace}/uploads/", {
          params: { path: { workspace }, query: { limit: 20 } },
          signal,
        }),
      ),
    refetchInterval: (query) => (query.state.data?.results.some(isRunning) ? POLL : false),
    staleTime: 0,
  });
  useNewRevision(workspace, uploads.data?.results);
  return uploads;
}

/** When an upload has made a revision, whatever names the newest one is out of date. */
function useNewRevision(workspace: string, uploads: readonly Upload[] | undefined) {
  const queryClient = useQueryClient();
  const newest = Math.max(0, ...(uploads ?? []).map((upload) => upload.revision ?? 0));
  const known = useRef<number | null>(null);
  useEffect(() => {
    if (uploads === undefined) return;
    if (known.current !== null && newest > known.current) {
      void queryClient.invalidateQueries({ queryKey: ["revisions", workspace] });
      void queryClient.invalidateQueries({ queryKey: ["workspace", workspace] });
      void queryClient.invalidateQueries({ queryKey: ["revision", workspace, "latest"] });
    }
    known.current = newest;
  }, [newest, queryClient, uploads, workspace]);
}

export function useUploadEvents(workspace: string, upload: Upload, wanted: boolean) {
  const running = isRunning(upload);
  return useQuery({
    queryKey: ["upload-events", workspace, upload.id, running],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/v1/workspaces/{workspace}/uploads/{upload}/events/", {
          params: { path: { workspace, upload: upload.id } },
          signal,
        }),
      ),
    enabled: wanted,
    refetchInterval: running ? POLL * 2 : false,
    placeholderData: keepPreviousData,
    select: (answered) => (typeof answered === "string" ? [] : answered.events),
  });
}

export function useUploadActions(workspace: string) {
  const queryClient = useQueryClient();
  const onSettled = () => queryClient.invalidateQueries({ queryKey: uploadsKey(workspace) });
  const path = (upload: number) => ({ params: { path: { workspace, upload } } });
  const cancel = useMutation({
    mutationFn: (upload: number) => answer(api.POST("/api/v1/workspaces/{workspace}/uploads/{upload}/cancel/", path(upload))),
    onSettled,
  });
  const retry = useMutation({
    mutationFn: (upload: number) => answer(api.POST("/api/v1/workspaces/{workspace}/uploads/{upload}/retry/", path(upload))),
    onSettled,
  });
  const sample = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/workspaces/{workspace}/uploads/sample/", { params: { path: { workspace } } })),
    onSettled,
  });
  return { cancel, retry, sample };
}

export function useSending(workspace: string) {
  const queryClient = useQueryClient();
  const [percent, setPercent] = useState(0);
  const sending = useMutation({
    mutationFn: (files: readonly FileToSend[]) => {
      setPercent(0);
      return sendFiles(workspace, files, setPercent);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: uploadsKey(workspace) }),
  });
  return { ...sending, percent };
}

/** The coverage report; notices are paged by `cursor`. */
export function useCoverage(scope: Scope, account: string | undefined, kind: string | undefined, cursor: string | undefined) {
  return useQuery({
    queryKey: ["coverage", scope.workspace, scope.revision, account, kind, cursor],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/v1/workspaces/{workspace}/revisions/{revision}/coverage/", {
          params: {
            path: scope,
            query: {
              limit: 50,
              ...(account && { account: [account] }),
              ...(isNoticeKind(kind) && { kind: [kind] }),
              ...(cursor && { cursor }),
            },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

const NOTICE_KINDS = ["incomplete", "missing", "unreadable", "ignored", "warning", "not-evaluated"] as const;
type NoticeKind = (typeof NOTICE_KINDS)[number];

function isNoticeKind(kind: string | undefined): kind is NoticeKind {
  return NOTICE_KINDS.some((known) => known === kind);
}
