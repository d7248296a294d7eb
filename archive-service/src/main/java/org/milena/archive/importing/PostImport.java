package org.milena.archive.importing;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;
import org.milena.archive.importing.PostFrames.Frame;
import org.milena.archive.post.RemovedPosts;
import org.milena.common.event.PostMeta;
import org.milena.common.event.PostMeta.Imported;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailId;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.Publisher;

/**
 * Writes posts of another archive to the log of a list's posts, a batch at a time. While a batch is
 * on its way to the broker the next one is read; nothing counts as added before it is acknowledged.
 */
public final class PostImport {
  private static final int BATCH_POSTS = 200;
  private static final int BATCH_OCTETS = 8 << 20;

  private final Sorting sorting;
  private final RecentPosts recent;
  private final Backlog backlog;
  private final Publisher publisher;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param removals what must not come back
   * @param own recognises posts of this site
   * @param random for the ids of mails
   */
  public PostImport(
      KnownPosts known,
      RemovedPosts removals,
      Backlog backlog,
      Publisher publisher,
      OwnLinks own,
      InstantSource clock,
      RandomGenerator random) {
    this.recent = new RecentPosts();
    this.sorting = new Sorting(known, removals, backlog, recent, own);
    this.backlog = backlog;
    this.publisher = publisher;
    this.clock = clock;
    this.random = random;
  }

  /**
   * What is imported.
   *
   * @param from what is read, in a few words: {@code mbox users.mbox}
   * @param run names what several requests belong to
   * @param dryRun whether nothing shall be written
   * @param takePrivate whether posts are taken that the other archive kept from the public
   */
  public record Request(
      ListId list, String from, String run, boolean dryRun, boolean takePrivate) {}

  /**
   * Takes all messages of a stream.
   *
   * @throws IOException when the stream breaks off or is none of messages; what came before is kept
   * @throws org.milena.common.failure.OutageException when the log or the index is away; what was
   *     acknowledged before is kept
   */
  public ImportReport run(Request request, PostFrames frames) throws IOException {
    Tally tally = new Tally(request.dryRun());
    Sorting.Session session = sorting.session(request, tally);
    List<ForeignPost> batch = new ArrayList<>();
    Sent sent = Sent.NOTHING;
    long octets = 0;
    try {
      for (Optional<Frame> frame = frames.next(); frame.isPresent(); frame = frames.next()) {
        tally.read();
        switch (frame.get()) {
          case Frame.TooLarge(var place, var size) ->
              tally.skipped(OddKind.TOO_LARGE, place, "%,d octets".formatted(size));
          case Frame.Whole(var post) -> {
            batch.add(post);
            octets += post.raw().size();
          }
        }
        if (batch.size() == BATCH_POSTS || octets >= BATCH_OCTETS) {
          sent = send(request, session, batch, sent, tally);
          batch = new ArrayList<>();
          octets = 0;
        }
      }
    } catch (IOException e) {
      // what was read whole is as good as before
      settle(session, send(request, session, batch, sent, tally), tally);
      throw e;
    }
    settle(session, send(request, session, batch, sent, tally), tally);
    return tally.report();
  }

  /** A batch on its way. */
  private record Sent(
      List<Sorting.Fresh> posts, List<CompletableFuture<RecordPosition>> acknowledgements) {
    static final Sent NOTHING = new Sent(List.of(), List.of());
  }

  private Sent send(
      Request request, Sorting.Session session, List<ForeignPost> batch, Sent before, Tally tally) {
    if (batch.isEmpty()) {
      return before;
    }
    Instant now = clock.instant();
    List<Sorting.Fresh> fresh = session.sort(batch, now);
    settle(session, before, tally);
    if (request.dryRun() || fresh.isEmpty()) {
      return new Sent(fresh, List.of());
    }
    backlog.awaitRoom(request.list());
    List<CompletableFuture<RecordPosition>> acknowledgements = new ArrayList<>(fresh.size());
    for (Sorting.Fresh post : fresh) {
      acknowledgements.add(publish(request, post, now));
    }
    return new Sent(fresh, acknowledgements);
  }

  private CompletableFuture<RecordPosition> publish(
      Request request, Sorting.Fresh fresh, Instant now) {
    ForeignPost post = fresh.post();
    MailId mail = MailId.next(clock, random);
    return publisher.publish(
        MailRecords.mail(
                Topics.POSTS,
                fresh.id().value(),
                RecordType.POST,
                new PostMeta(
                    mail,
                    request.list(),
                    fresh.id(),
                    fresh.receivedAt(),
                    now,
                    post.raw().sha256(),
                    new Imported(request.from(), post.urls(), post.keys())),
                mail,
                post.raw())
            .inPartitionOf(request.list().value()));
  }

  private void settle(Sorting.Session session, Sent sent, Tally tally) {
    for (CompletableFuture<RecordPosition> acknowledgement : sent.acknowledgements()) {
      try {
        var unused = acknowledgement.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw e;
      }
    }
    Instant now = clock.instant();
    sent.posts()
        .forEach(post -> {
          session.settled(post, now);
          tally.added();
        });
  }
}
