package org.milena.archive.post;

import java.util.List;
import org.milena.archive.message.PostText;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.RecordPosition;
import org.milena.common.mail.RawMessage;

/**
 * A post that is to be kept.
 *
 * @param attachedText of attachments that can be read; for search only
 * @param keys by which it was linked to elsewhere
 * @param raw its bytes
 * @param source the record it comes from
 */
public record NewPost(
    ArchivedPost post,
    PostText text,
    String attachedText,
    List<String> keys,
    RawMessage raw,
    RecordPosition source) {

  public NewPost {
    keys = List.copyOf(keys);
  }

  /** The same post in another thread. */
  public NewPost inThread(ArchiveId thread) {
    return new NewPost(post.inThread(thread), text, attachedText, keys, raw, source);
  }
}
