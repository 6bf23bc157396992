/** Sends files as one upload, and says how far it is: fetch cannot, XMLHttpRequest can. */
import { ApiError, csrfToken, readProblem } from "../api/client";
import type { Upload } from "../api/types";
import type { FileToSend } from "./files";

function asForm(files: readonly FileToSend[]): FormData {
  const form = new FormData();
  for (const { path, file } of files) {
    form.append("files", file, path);
    // Servers strip folders from file names: the path goes beside it.
    form.append("paths", path);
    form.append("modified", String(file.lastModified));
  }
  return form;
}

function readAnswer(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

export function sendFiles(workspace: string, files: readonly FileToSend[], onProgress: (percent: number) => void): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/v1/workspaces/${encodeURIComponent(workspace)}/uploads/`);
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(Math.round((event.loaded / event.total) * 100));
    };
    request.onload = () => {
      const content = readAnswer(request.responseText);
      if (request.status === 201) resolve(content as Upload);
      else reject(new ApiError(request.status, readProblem(content)));
    };
    request.onerror = () => reject(new ApiError(0, {}));
    request.send(asForm(files));
  });
}
