package org.milena.archive.rebuild;

/**
 * What an index holds, in one line: two that hold the same have the same.
 *
 * @param posts how many
 * @param sha256 over all documents in the order of their ids, their fields in the order of names,
 *     without the place in the log that each came from; lower-case hex
 */
public record ArchiveDigest(long posts, String sha256) {}
