package org.milena.archive.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import org.milena.archive.message.AddressMask;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.post.RawStore;
import org.milena.archive.rendering.MaskedMessage;
import org.milena.archive.search.ArchiveIndex;
import org.milena.archive.search.Query;
import org.milena.common.mail.ListId;
import org.milena.common.mail.RawMessage;

/** Writes what a query finds as mbox. */
public final class QueryExport {
  private final ArchiveIndex index;
  private final RawStore raws;

  /** From this archive. */
  public QueryExport(ArchiveIndex index, RawStore raws) {
    this.index = index;
    this.raws = raws;
  }

  /**
   * Earliest post first, one message in memory. A post that is removed meanwhile is left out.
   *
   * @param lists nothing else is ever found
   * @param query without {@link Query.Dated} and its like
   * @param masked whether addresses are hidden
   * @throws IOException when {@code out} refuses
   */
  public void write(Set<ListId> lists, Query query, boolean masked, OutputStream out)
      throws IOException {
    MboxWriter writer = new MboxWriter(out);
    try {
      index.scan(
          lists,
          query,
          post -> raws.raw(post.id()).ifPresent(raw -> write(writer, post, raw, masked)));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    out.flush();
  }

  private static void write(MboxWriter writer, ArchivedPost post, RawMessage raw, boolean masked) {
    String author = post.author().address();
    try {
      writer.write(
          masked ? AddressMask.ascii(author) : author,
          post.date(),
          masked ? MaskedMessage.of(raw) : raw);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
