package org.milena.archive.web;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.milena.archive.search.ThreadSummary;
import org.milena.common.directory.MailingList;

/**
 * A thread in a listing on a page.
 *
 * @param isNew whether something was written in it after what the reader knows
 */
public record ThreadLine(PostView first, String url, long posts, When last, boolean isNew) {

  static ThreadLine of(MailingList list, ThreadSummary thread, @Nullable Instant since) {
    boolean isNew = since != null && thread.last().isAfter(since);
    String url = Links.thread(list, thread.first());
    return new ThreadLine(
        PostView.of(list, thread.first()),
        isNew ? url + "?since=" + since + "#new" : url,
        thread.posts(),
        When.of(thread.last()),
        isNew);
  }
}
