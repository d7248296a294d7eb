package org.milena.archive.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;
import org.milena.archive.post.RawStore;
import org.milena.archive.search.ArchiveIndex;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a list, a month or a thread of it as mbox. */
public final class MboxExport {
  private static final Logger log = LoggerFactory.getLogger(MboxExport.class);

  private final ArchiveIndex index;
  private final RawStore raws;

  /** From this archive. */
  public MboxExport(ArchiveIndex index, RawStore raws) {
    this.index = index;
    this.raws = raws;
  }

  /**
   * Earliest post first. A post that is removed meanwhile is left out.
   *
   * @param month only posts of it; null for all
   * @param thread only posts of it; null for all
   * @throws IOException when {@code out} refuses
   */
  public void write(
      ListId list, @Nullable YearMonth month, @Nullable ArchiveId thread, OutputStream out)
      throws IOException {
    MboxWriter writer = new MboxWriter(out);
    try {
      index.scan(
          list,
          month,
          thread,
          post ->
              raws.raw(post.id())
                  .ifPresentOrElse(
                      raw -> {
                        try {
                          writer.write(post.author().address(), post.date(), raw);
                        } catch (IOException e) {
                          throw new UncheckedIOException(e);
                        }
                      },
                      () -> log.warn("post {} went away during an export", post.id())));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    out.flush();
  }
}
