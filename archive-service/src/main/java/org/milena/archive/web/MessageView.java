package org.milena.archive.web;

import org.jspecify.annotations.Nullable;
import org.milena.archive.rendering.SafeHtml;
import org.milena.archive.trace.PostDelivery;

/**
 * A post on its own page.
 *
 * @param messageId null for whom it is hidden
 * @param delivery what became of its copies; null for whom that is not told
 * @param htmlUrl null where the mail has no HTML
 * @param replyAuthorUrl null for whom addresses are hidden
 * @param redaction why something was taken out of it; null where nothing was
 * @param removeUrl where it is taken out; null for whom that is not offered
 * @param similarUrl to posts that are about the same
 * @param parent whom it answers; null where that is not here
 */
public record MessageView(
    PostView post,
    SafeHtml html,
    @Nullable String messageId,
    @Nullable PostDelivery delivery,
    String rawUrl,
    @Nullable String htmlUrl,
    @Nullable String replyAuthorUrl,
    @Nullable RedactionView redaction,
    @Nullable String removeUrl,
    String similarUrl,
    @Nullable PostView parent) {

  /** That something was taken out of it. */
  public record RedactionView(String reason, When at) {}
}
