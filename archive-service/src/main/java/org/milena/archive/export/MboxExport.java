package org.milena.archive.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;
import org.milena.archive.message.AddressMask;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.post.RawStore;
import org.milena.archive.rendering.MaskedMessage;
import org.milena.archive.search.ArchiveIndex;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;
import org.milena.common.mail.RawMessage;
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
   * @param masked whether addresses are hidden
   * @throws IOException when {@code out} refuses
   */
  public void write(
      ListId list,
      @Nullable YearMonth month,
      @Nullable ArchiveId thread,
      boolean masked,
      OutputStream out)
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
                          write(writer, post, raw, masked);
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

  private static void write(MboxWriter writer, ArchivedPost post, RawMessage raw, boolean masked)
      throws IOException {
    String author = post.author().address();
    writer.write(
        masked ? AddressMask.ascii(author) : author,
        post.date(),
        masked ? MaskedMessage.of(raw) : raw);
  }
}
