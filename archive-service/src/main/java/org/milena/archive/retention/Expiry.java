package org.milena.archive.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.search.ArchiveIndex;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.Commands;
import org.milena.common.command.PostChange;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has posts removed that are older than their list keeps them. */
public final class Expiry {
  private static final Logger log = LoggerFactory.getLogger(Expiry.class);
  private static final int PAGE = 500;

  private final ArchiveIndex index;
  private final Directory directory;
  private final Commands commands;
  private final InstantSource clock;

  /** For one site. */
  public Expiry(ArchiveIndex index, Directory directory, Commands commands, InstantSource clock) {
    this.index = index;
    this.directory = directory;
    this.commands = commands;
    this.clock = clock;
  }

  /**
   * Goes through all lists once.
   *
   * @throws org.milena.common.failure.OutageException when index, broker or owner are away; the
   *     next time goes on
   */
  public void run() {
    for (MailingList list : directory.lists()) {
      int days = list.settings().archive().archiveDays();
      if (days > 0) {
        expire(list, clock.instant().minus(Duration.ofDays(days)));
      }
    }
  }

  private void expire(MailingList list, Instant before) {
    int asked = 0;
    ArchivedPost last = null;
    while (true) {
      List<ArchivedPost> posts = index.writtenBefore(list.id(), before, last, PAGE);
      if (posts.isEmpty()) {
        break;
      }
      CommandOutcome outcome =
          commands.send(
              list.id(),
              new PostChange.RemovePosts(
                  posts.stream()
                      .map(post ->
                          new PostChange.ArchivedMail(
                              post.id(), post.mailId(), post.messageId(), post.date()))
                      .toList(),
                  ""),
              "system",
              "");
      if (!(outcome instanceof CommandOutcome.Done)) {
        log.warn("posts of {} whose time is over stay: {}", list.address(), outcome);
        return;
      }
      asked += posts.size();
      last = posts.getLast();
    }
    if (asked > 0) {
      log.info("{} posts of {} are older than the list keeps them", asked, list.address());
    }
  }
}
