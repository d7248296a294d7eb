package org.milena.common.command;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.MailPointer;
import org.milena.common.mail.MailId;
import org.milena.common.mail.Splice;

/** Posts leave the archive of a list, or something leaves a post. */
public sealed interface PostChange extends ListCommand {

  /**
   * Takes posts out of the archive for good: their bytes too.
   *
   * @param posts 1 to {@link #MOST_POSTS}
   * @param reason one sentence for whoever looks for them; empty when the list's time for keeping
   *     posts is over, which is not noted of each one
   */
  record RemovePosts(List<ArchivedMail> posts, String reason) implements PostChange {
    /** How many at once. */
    public static final int MOST_POSTS = 1_000;

    public RemovePosts {
      posts = List.copyOf(posts);
      if (posts.isEmpty() || posts.size() > MOST_POSTS) {
        throw new IllegalArgumentException(
            "1 to %d posts, not %d".formatted(MOST_POSTS, posts.size()));
      }
    }

    /** Whether it is time that asks for it, and nobody. */
    @JsonIgnore
    public boolean isExpiry() {
      return reason.isEmpty();
    }
  }

  /**
   * Takes something out of a post that stays in the archive. What is taken out is not named, only
   * where it stands.
   *
   * @param content the post as it was when its changes were made: refused when it is another now
   * @param splices what stands instead, in the order of their places; never empty
   * @param formerKeys all keys by which the post can be linked to
   * @param what is taken out, in a few words: {@code 2 passages and 1 attachment}
   * @param reason one sentence for whoever reads the post
   */
  record RedactPost(
      ArchivedMail post,
      MailPointer content,
      List<Splice> splices,
      List<String> formerKeys,
      String what,
      String reason)
      implements PostChange {
    public RedactPost {
      splices = List.copyOf(splices);
      formerKeys = List.copyOf(formerKeys);
      if (splices.isEmpty()) {
        throw new IllegalArgumentException("nothing is taken out");
      }
    }
  }

  /**
   * A post that the archive has.
   *
   * @param messageId without angle brackets
   * @param date when it was written, as the archive has it
   */
  record ArchivedMail(ArchiveId id, MailId mailId, String messageId, Instant date) {}
}
