package org.milena.common.settings;

import org.jspecify.annotations.Nullable;
import org.milena.common.mail.MailAddress;

/**
 * What the list's copies of a post look like. By default they leave the body and what its author
 * signed alone.
 *
 * @param subjectPrefix put before the subject, for instance {@code [users] }; {@code %d} or {@code
 *     %05d} is the number of the post; empty for none
 * @param replyTo where answers go
 * @param replyToAddress the address for {@link ReplyTo#ADDRESS} and {@link ReplyTo#ADDRESS_ONLY}
 * @param stripReplyTo whether the author's own {@code Reply-To} is taken away before
 * @param listHeaders whether the fields of RFC 2369 are added
 * @param listPost whether members may post, as {@code List-Post} says; {@code NO} otherwise
 * @param anonymous whether everything that tells of the author is taken away
 * @param verp whether each recipient gets an own return path
 * @param personalize what else of a copy is its recipient's own
 * @param attachments what becomes of attachments
 * @param attachmentLinkSize octets from which an attachment becomes a link; 0 for all
 */
public record CopySettings(
    String subjectPrefix,
    ReplyTo replyTo,
    @Nullable MailAddress replyToAddress,
    boolean stripReplyTo,
    boolean listHeaders,
    boolean listPost,
    boolean anonymous,
    boolean verp,
    Personalization personalize,
    AttachmentForm attachments,
    long attachmentLinkSize) {

  /** Nothing but header fields is added. */
  public static final CopySettings DEFAULT =
      new CopySettings(
          "",
          ReplyTo.AUTHOR,
          null,
          false,
          true,
          true,
          false,
          true,
          Personalization.NONE,
          AttachmentForm.KEEP,
          0);
}
