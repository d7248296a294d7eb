package org.milena.archive.web.hyperkitty;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.milena.archive.search.ThreadSummary;
import org.milena.archive.web.ArchiveView;

/**
 * A thread.
 *
 * @param threadId hash of its first email
 * @param emails where they are
 * @param votesTotal 0: there are no votes
 * @param nextThread null: not told
 * @param prevThread null: not told
 */
record ThreadJson(
    String url,
    String mailinglist,
    @JsonProperty("thread_id") String threadId,
    String subject,
    @JsonProperty("date_active") Instant dateActive,
    @JsonProperty("starting_email") String startingEmail,
    String emails,
    @JsonProperty("votes_total") int votesTotal,
    @JsonProperty("replies_count") long repliesCount,
    @JsonProperty("next_thread") @Nullable String nextThread,
    @JsonProperty("prev_thread") @Nullable String prevThread) {

  static ThreadJson of(Addresses addresses, ThreadSummary thread) {
    return new ThreadJson(
        addresses.thread(thread.first()),
        addresses.list(),
        Addresses.hash(thread.first()),
        ArchiveView.text(thread.first().subject()),
        thread.last(),
        addresses.email(thread.first()),
        addresses.emails(thread.first()),
        0,
        thread.posts() - 1,
        null,
        null);
  }
}
