package org.milena.archive.export;

import org.milena.archive.post.MessageMemory;
import org.milena.archive.post.RawStore;
import org.milena.archive.search.ArchiveIndex;
import org.milena.archive.search.Selection;

/** Makes mboxes of lists, months, threads, and of what queries find. */
public final class MboxExport {
  private final ArchiveIndex index;
  private final RawStore raws;
  private final MessageMemory memory;
  private final Marks marks = new Marks();

  /** From this archive. */
  public MboxExport(ArchiveIndex index, RawStore raws, MessageMemory memory) {
    this.index = index;
    this.raws = raws;
    this.memory = memory;
  }

  /** The posts of now as an mbox. Whoever opens it closes it. */
  public Mbox open(Selection selection, MboxForm form) {
    return new Mbox(selection.name(), index.walk(selection), raws, memory, form, marks);
  }
}
