/** The same files sorted by name, with one time and one mode, whatever machine writes them. Rejects when the archive is none. */
export function normalizeArchive(archive: Buffer): Promise<Buffer>;
