package org.milena.standalone.system;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.milena.common.mail.RawMessage;
import org.milena.standalone.system.Posting.Post;
import org.milena.standalone.system.Site.Room;
import org.milena.testkit.process.JavaProcess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two instances each of scanner, list expander, egress and archive share the work. One of each is
 * told to stop while posts come in: nothing is lost, and nothing comes twice.
 */
class TwoInstancesIT {
  private static final Logger log = LoggerFactory.getLogger(TwoInstancesIT.class);

  /** Posts of each of the two halves, before and while instances stop. */
  private static final int HALF = Integer.getInteger("milena.two.posts", 200);

  private static final int MEMBERS = 20;
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** SIGTERM, as the shell counts it: what a JVM that shut down in order exits with. */
  private static final int TERMINATED = 128 + 15;

  /** Many lists and domains, since a list and a domain have one owner each. */
  private static final List<String> LISTS =
      IntStream.range(0, 12).mapToObj(number -> "two" + number).toList();

  /** What shows that an instance did the work of its service. */
  private static final Map<Room, String> WORK =
      new EnumMap<>(
          Map.of(
              Room.SCANNER, "milena_stage_records_total{stage=\"scanner\"",
              Room.LISTEXPANDER, "milena_listexpander_posts_total{decision=\"accept\"",
              Room.EGRESS, "milena_egress_recipients_total{outcome=\"relayed\"",
              Room.ARCHIVE, "milena_archive_posts_total{result=\"archived\""));

  @Test
  void twoInstancesShareTheWorkAndStoppingOneLosesNothing() throws Exception {
    try (Site site = Site.start()) {
      Map<Room, JavaProcess> others = site.startOthers(WORK.keySet());
      List<String> members =
          IntStream.range(0, MEMBERS)
              .mapToObj(number -> "member%d@d%d.example.net".formatted(number, number))
              .toList();
      LISTS.forEach(list -> site.createList(list, members));

      long start = System.nanoTime();
      int posted = 0;
      do { // instances that have just come take their share a little later
        post(site, posted, LISTS.size() * 2);
        posted += LISTS.size() * 2;
        delivered(site, posted);
      } while (posted < HALF || (!allWorked(site) && System.nanoTime() - start < LIMIT.toNanos()));
      WORK.forEach((room, series) ->
          log.info(
              "{} posts: {} did {} and {}",
              site.sink.report().distinctRecipients() / MEMBERS,
              room,
              site.counted(room, series),
              site.countedByOther(room, series)));
      assertThat(allWorked(site)).as("both instances of each service did work").isTrue();

      int before = posted;
      try (ExecutorService parallel = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<?> posting = parallel.submit(() -> post(site, before, HALF));
        Site.await(
            "posts to come in",
            LIMIT,
            () -> site.sink.report().distinctRecipients() > (before + HALF / 10L) * MEMBERS);
        List<Future<Integer>> stops = new ArrayList<>();
        others.values().forEach(other -> stops.add(parallel.submit(other::stop)));
        for (Future<Integer> stop : stops) {
          assertThat(stop.get(LIMIT.toMinutes(), TimeUnit.MINUTES)).isEqualTo(TERMINATED);
        }
        log.info(
            "one of each stopped after {} posts had arrived",
            site.sink.report().distinctRecipients() / MEMBERS);
        posting.get(LIMIT.toMinutes(), TimeUnit.MINUTES);
      }
      posted += HALF;
      delivered(site, posted);
      int all = posted;
      Site.await("the archive", LIMIT, () -> archived(site) >= all);
      site.awaitIdle(LIMIT);
      log.info(
          "{} posts, {} deliveries, {} duplicates in {} s",
          all,
          site.sink.report().distinctRecipients(),
          site.sink.report().duplicates(),
          TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
      assertThat(site.sink.report().distinctRecipients()).isEqualTo((long) all * MEMBERS);
      assertThat(site.sink.report().duplicates())
          .as("came twice: %s", site.sink.report().duplicated())
          .isZero();
      assertThat(archived(site)).isEqualTo(all);
      assertThat(site.deadLetters()).isEmpty();
    }
  }

  private static boolean allWorked(Site site) {
    return WORK.entrySet().stream()
        .allMatch(work ->
            site.counted(work.getKey(), work.getValue()) > 0
                && site.countedByOther(work.getKey(), work.getValue()) > 0);
  }

  private static void delivered(Site site, int posts) {
    try {
      site.sink.await(LIMIT, report -> report.distinctRecipients() >= (long) posts * MEMBERS);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + site.deadLetters() + site.logs(), e);
    }
  }

  private static long archived(Site site) {
    return LISTS.stream().mapToLong(list -> site.archived(list + "@" + Site.DOMAIN)).sum();
  }

  private static void post(Site site, int first, int count) {
    assertThat(Posting.all(site, count, at -> post(first + at)).values())
        .allMatch(reply -> reply.startsWith("250"));
  }

  private static Post post(int number) {
    String list = LISTS.get(number % LISTS.size()) + "@" + Site.DOMAIN;
    return new Post(
        "post " + number,
        "member0@d0.example.net",
        list,
        RawMessage.wrap(
            ("From: Member Zero <member0@d0.example.net>\r\nTo: "
                    + list
                    + "\r\nSubject: post "
                    + number
                    + "\r\nDate: Sat, 21 Nov 2026 10:00:00 +0000\r\nMessage-ID: <two-"
                    + number
                    + "@example.net>\r\n\r\nPost number "
                    + number
                    + ".\r\n"
                    + "All work and no play.\r\n".repeat(100))
                .getBytes(US_ASCII)));
  }
}
