package org.milena.archive.web;

import org.milena.archive.search.ThreadSummary;
import org.milena.common.directory.MailingList;

/** A thread in a listing on a page. */
public record ThreadLine(PostView first, String url, long posts, When last) {

  static ThreadLine of(MailingList list, ThreadSummary thread) {
    return new ThreadLine(
        PostView.of(list, thread.first()),
        Links.thread(list, thread.first().thread()),
        thread.posts(),
        When.of(thread.last()));
  }
}
