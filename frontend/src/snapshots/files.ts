/** What was dropped or chosen, folders opened: files with their path inside what was dropped. */

export interface FileToSend {
  path: string;
  file: File;
}

const isNoise = (path: string) => /(^|\/)(\.|__MACOSX\/)/.test(path);

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A folder answers a hundred entries at a time, and nothing when there are no more. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}

async function openEntry(entry: FileSystemEntry): Promise<FileToSend[]> {
  if (entry.isFile) {
    return [{ path: entry.fullPath.replace(/^\//, ""), file: await fileOf(entry as FileSystemFileEntry) }];
  }
  const entries = await entriesOf(entry as FileSystemDirectoryEntry);
  return (await Promise.all(entries.map(openEntry))).flat();
}

/** The entries have to be taken before anything is awaited: a drop's items are gone afterwards. */
export async function readDrop(transfer: DataTransfer): Promise<FileToSend[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (entries.length === 0) return readChosen(transfer.files);
  const files = (await Promise.all(entries.map(openEntry))).flat();
  return files.filter(({ path }) => !isNoise(path));
}

export function readChosen(list: FileList | null): FileToSend[] {
  const files = [...(list ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
  return files.filter(({ path }) => !isNoise(path));
}
