package org.milena.archive.thread;

import org.jspecify.annotations.Nullable;
import org.milena.common.event.ArchiveId;

/**
 * A post at its place in a thread.
 *
 * @param depth 0 for what answers nothing that is here
 * @param parent the nearest post above it that is in the archive; null at depth 0
 * @param parentMissing whether it answers a message that is not in the archive
 */
public record ThreadNode(
    ArchiveId id, int depth, @Nullable ArchiveId parent, boolean parentMissing) {}
