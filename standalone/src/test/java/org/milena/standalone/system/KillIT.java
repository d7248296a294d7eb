package org.milena.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.milena.standalone.system.Site.Room;
import org.milena.testkit.load.Poster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * While 1,000 posts go to 50 members, each service and the broker are killed with {@code kill -9}
 * in turn and started again. Every acknowledged post must be archived exactly once and reach every
 * member; only SMTP transactions in flight at the kill of egress may come twice.
 */
class KillIT {
  private static final Logger log = LoggerFactory.getLogger(KillIT.class);
  private static final int POSTS = Integer.getInteger("milena.kill.posts", 1_000);
  private static final int MEMBERS = 50;
  private static final int CLIENTS = 8;
  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** Posts that flow while a process is killed and starts again. */
  private static final int WINDOW = POSTS / 8;

  private static final Duration AFTER_IDLE = Duration.ofMinutes(1);

  /**
   * Transactions that a kill of egress may repeat: one on each of its connections, and those whose
   * answer waits to be kept ({@code milena.egress.sites.max-connections}, {@code hand.max-unkept}).
   */
  private static final int IN_FLIGHT = 20 + 100;

  @Test
  void whateverIsKilledNothingAcknowledgedIsLostOrDoubled() throws Exception {
    try (Site site = Site.start()) {
      site.createList("kill", MEMBERS);
      Set<String> acknowledged = ConcurrentHashMap.newKeySet();
      AtomicInteger next = new AtomicInteger();
      AtomicInteger allowed = new AtomicInteger();
      try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<?>> running = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
          running.add(clients.submit(() -> post(site, next, allowed, acknowledged)));
        }
        List<Runnable> kills = new ArrayList<>();
        for (Room room : Room.values()) {
          kills.add(() -> {
            log.info("kill -9 {} after {} posts", room, acknowledged.size());
            site.killAndRestart(room);
          });
        }
        kills.add(() -> {
          log.info("kill -9 the broker after {} posts", acknowledged.size());
          site.killAndRestartBroker();
        });
        for (int i = 0; i < kills.size(); i++) {
          int due = POSTS * (i + 1) / (kills.size() + 2);
          allowed.set(due + WINDOW);
          Site.await(
              due + " posts",
              LIMIT,
              () -> {
                failNow(running);
                return acknowledged.size() >= due;
              });
          kills.get(i).run();
          log.info("it runs again; {} duplicates so far", site.sink.report().duplicates());
        }
        allowed.set(POSTS);
        for (Future<?> one : running) {
          one.get(LIMIT.toMinutes(), TimeUnit.MINUTES);
        }
      }
      assertThat(acknowledged).hasSize(POSTS);
      try {
        site.awaitIdle(LIMIT);
        // whatever is missing for long when nothing waits is lost
        site.sink.await(
            AFTER_IDLE, report -> report.distinctRecipients() >= (long) POSTS * MEMBERS);
        Site.await("the archive", AFTER_IDLE, () -> site.archived("kill@" + Site.DOMAIN) >= POSTS);
      } catch (AssertionError e) {
        throw new AssertionError(e.getMessage() + "\n" + missing(site, acknowledged) + site.logs());
      }
      long duplicates = site.sink.report().duplicates();
      log.info(
          "{} posts acknowledged, {} deliveries, {} duplicates at the sink",
          acknowledged.size(),
          site.sink.report().distinctRecipients(),
          duplicates);
      assertThat(perMember(site, acknowledged)).as("members reached by each post").isEmpty();
      assertThat(site.archived("kill@" + Site.DOMAIN)).as("archived posts").isEqualTo(POSTS);
      assertThat(duplicates)
          .as(
              "only transactions in flight at the kill of egress come twice: %s",
              site.sink.report().duplicated())
          .isLessThanOrEqualTo(IN_FLIGHT);
      assertThat(site.get(Room.LISTEXPANDER, "/api/v1/ops/dead-letters").path("items").size())
          .as("dead letters")
          .isZero();
    }
  }

  /** Who posts no more is waited for in vain. */
  private static void failNow(List<Future<?>> running) {
    for (Future<?> one : running) {
      if (one.state() == Future.State.FAILED) {
        throw new AssertionError("a client has given up", one.exceptionNow());
      }
    }
  }

  private static void post(
      Site site, AtomicInteger next, AtomicInteger allowed, Set<String> acknowledged) {
    try (Poster poster = new Poster(site.smtpPort)) {
      for (int number = next.getAndIncrement(); number < POSTS; number = next.getAndIncrement()) {
        int mine = number;
        Site.await("my turn", LIMIT, () -> mine < allowed.get());
        String id = "kill-" + number + "@example.net";
        String unused =
            poster.postUntilTaken(
                "member0@example.net", "kill@" + Site.DOMAIN, message(id, number), LIMIT);
        acknowledged.add(id);
      }
    }
  }

  private static byte[] message(String id, int number) {
    return ("From: Member Zero <member0@example.net>\r\n"
            + "To: kill@"
            + Site.DOMAIN
            + "\r\nSubject: post "
            + number
            + "\r\nDate: Sat, 21 Nov 2026 10:00:00 +0000\r\nMessage-ID: <"
            + id
            + ">\r\n\r\nPost number "
            + number
            + ".\r\n"
            + "All work and no play.\r\n".repeat(100))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Posts that did not reach every member, and how many they reached. */
  private static Map<String, Integer> perMember(Site site, Set<String> acknowledged) {
    Map<String, Integer> reached = new HashMap<>();
    acknowledged.forEach(id -> reached.put(id, 0));
    site.sink
        .deliveries()
        .keySet()
        .forEach(pair -> {
          String id = pair.substring(0, pair.indexOf(' ')).replaceAll("[<>]", "");
          reached.computeIfPresent(id, (_, count) -> count + 1);
        });
    reached.values().removeIf(count -> count == MEMBERS);
    return reached;
  }

  private static String missing(Site site, Set<String> acknowledged) {
    return "not everywhere: " + new TreeSet<>(perMember(site, acknowledged).keySet()) + "\n";
  }
}
