package org.milena.archive.redaction;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.milena.archive.extract.AttachmentReader;
import org.milena.archive.identity.LinkKeys;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.post.KeptPost;
import org.milena.archive.post.RawStore;
import org.milena.archive.post.Shelf;
import org.milena.common.command.PostChange.ArchivedMail;
import org.milena.common.command.PostChange.RedactPost;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.MailPointer;
import org.milena.common.event.PostMeta;
import org.milena.common.mail.RawMessage;

/** Makes of a wish the command that the list's owner carries out. */
public final class PostRedaction {
  private final RawStore raws;
  private final Supplier<Shelf> shelves;
  private final Redactor redactor;

  /**
   * @param shelves know where in the log a post lies
   * @param reader reads documents that are attached
   */
  public PostRedaction(RawStore raws, Supplier<Shelf> shelves, AttachmentReader reader) {
    this.raws = raws;
    this.shelves = shelves;
    this.redactor = new Redactor(reader);
  }

  /** What is to be done. */
  public sealed interface Prepared {

    /**
     * This command has to be sent.
     *
     * @param unread attachments that may hold a passage, since nobody can look into them
     */
    record Ready(RedactPost command, List<String> unread) implements Prepared {}

    /**
     * It cannot be done.
     *
     * @param code as {@link Redacted.Refused#code()}, or {@code gone}
     */
    record Refused(String code, String why) implements Prepared {}
  }

  /**
   * Tries it, and writes nothing.
   *
   * @throws org.milena.common.failure.OutageException when the store is away
   */
  public Prepared prepare(ArchivedPost post, Wish wish, String reason) {
    Map<ArchiveId, KeptPost> kept = shelves.get().store().find(Set.of(post.id()));
    Optional<RawMessage> raw = raws.raw(post.id());
    KeptPost here = kept.get(post.id());
    if (raw.isEmpty() || here == null) {
      return new Prepared.Refused("gone", "The post was just removed.");
    }
    return switch (redactor.redact(raw.get(), wish)) {
      case Redacted.Refused(String code, String why) -> new Prepared.Refused(code, why);
      case Redacted.Done done ->
          new Prepared.Ready(
              new RedactPost(
                  new ArchivedMail(post.id(), post.mailId(), post.messageId(), post.date()),
                  new MailPointer(here.source(), post.mailId(), raw.get().sha256()),
                  done.splices(),
                  LinkKeys.of(raw.get(), post.messageId(), meta(post)),
                  wish.summary(),
                  reason),
              done.unread());
    };
  }

  /** What was said when it was imported stays with the post, and is not needed. */
  private static PostMeta meta(ArchivedPost post) {
    return new PostMeta(
        post.mailId(), post.list(), post.id(), post.receivedAt(), post.receivedAt(), post.sha256());
  }
}
