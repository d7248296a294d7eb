package org.milena.standalone.system;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.mail.RawMessage;
import org.milena.standalone.system.Posting.Post;
import org.milena.standalone.system.Site.Room;
import org.milena.testkit.corpus.Corpus;
import org.milena.testkit.corpus.CorpusMessage;
import org.milena.testkit.corpus.IndexEntry;
import org.milena.testkit.load.Poster;
import org.milena.testkit.mail.ArchivedMail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The mail of real lists, posted by members of a list of 50 and followed to its end: every post
 * reaches every member once, is archived once with its octets, and stands in its thread.
 *
 * <p>The envelope names a member, as with mail that a member's program sends on behalf of the
 * author in the header. Nothing of these lists is refused, held or kept back.
 */
class RealMailIT {
  private static final Logger log = LoggerFactory.getLogger(RealMailIT.class);
  private static final int MOST = Integer.getInteger("milena.real.posts", Integer.MAX_VALUE);
  private static final int MEMBERS = 50;
  private static final int LARGEST = 26_214_400;
  private static final Duration LIMIT = Duration.ofMinutes(8);

  private static Site site;

  @BeforeAll
  static void start() {
    site = Site.start();
  }

  @AfterAll
  static void stop() {
    if (site != null) { // it is not when it could not be started
      site.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"tomoyo-users-en, 66", "samba-technical-part1, 1500"})
  void everyPostReachesEveryMemberAndTheArchiveOnce(String corpus, int size) {
    List<CorpusMessage> whole = Corpus.list(corpus);
    assertThat(whole).hasSize(size);
    List<RawMessage> sent = whole.stream().limit(MOST).map(Posting::asSent).toList();
    List<IndexEntry> index = Corpus.index(corpus).subList(0, sent.size());
    List<String> members =
        IntStream.range(0, MEMBERS)
            .mapToObj(number -> "member%d@r%d.example.net".formatted(number, number % 5))
            .toList();
    String list = corpus + "@" + Site.DOMAIN;
    site.createListForAnyMail(corpus, members);
    site.sink.reset();

    long start = System.nanoTime();
    Map<String, String> replies =
        Posting.all(
            site,
            sent.size(),
            at -> new Post("post " + (at + 1), members.get(at % MEMBERS), list, sent.get(at)));
    double posted = secondsSince(start);
    assertThat(replies)
        .hasSize(sent.size())
        .allSatisfy((_, reply) -> assertThat(reply).startsWith("250 2.0.0"));
    try {
      site.sink.await(LIMIT, report -> report.distinctRecipients() >= (long) sent.size() * MEMBERS);
      double delivered = secondsSince(start);
      Site.await("the archive", LIMIT, () -> site.archived(list) >= sent.size());
      log.info(
          "{}: {} posts of {} KB taken in {} s, {} deliveries after {} s, archived after {} s",
          corpus,
          sent.size(),
          sent.stream().mapToLong(RawMessage::size).sum() / 1024,
          posted,
          site.sink.report().distinctRecipients(),
          delivered,
          secondsSince(start));
      site.awaitIdle(LIMIT);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + site.deadLetters() + site.logs(), e);
    }
    reachedEveryMemberOnce(index, members);
    Map<String, Integer> numbers = new HashMap<>();
    for (int at = 0; at < sent.size(); at++) {
      numbers.put(sent.get(at).sha256(), at + 1);
    }
    List<JsonNode> archived = site.archivedPosts(list);
    assertThat(archived.stream().map(post -> post.path("sha256").asString()))
        .as("posts in the archive, each once")
        .containsExactlyInAnyOrderElementsOf(numbers.keySet());
    keptTheirOctets(list, archived, numbers, sent);
    standInTheirThreads(list, archived, numbers, index, sent.size() == size);
    assertThat(site.deadLetters()).isEmpty();
    log.info("{}: checked after {} s", corpus, secondsSince(start));
  }

  private static void reachedEveryMemberOnce(List<IndexEntry> index, List<String> members) {
    assertThat(site.sink.report().duplicates())
        .as("came twice: %s", site.sink.report().duplicated())
        .isZero();
    Map<String, Set<String>> reached = new TreeMap<>();
    site.sink
        .deliveries()
        .keySet()
        .forEach(pair -> {
          int space = pair.lastIndexOf(' ');
          reached
              .computeIfAbsent(pair.substring(0, space), _ -> new TreeSet<>())
              .add(pair.substring(space + 1));
        });
    assertThat(reached.keySet())
        .containsExactlyInAnyOrderElementsOf(
            index.stream().map(entry -> "<" + entry.messageId() + ">").toList());
    assertThat(reached.values()).allMatch(new TreeSet<>(members)::equals);
  }

  private static void keptTheirOctets(
      String list, List<JsonNode> archived, Map<String, Integer> numbers, List<RawMessage> sent) {
    for (JsonNode post : archived) {
      int number = number(post, numbers);
      RawMessage raw = raw(list, post.path("id").asString());
      assertThat(raw.sha256()).isEqualTo(post.path("rawSha256").asString());
      ArchivedMail.assertIsWhatWasSent("post " + number, sent.get(number - 1), raw);
    }
  }

  /** Groups of post numbers, as the archive threads them and as the index does: no difference. */
  private static void standInTheirThreads(
      String list,
      List<JsonNode> archived,
      Map<String, Integer> numbers,
      List<IndexEntry> index,
      boolean whole) {
    Set<Set<Integer>> ours =
        archived.stream()
            .map(post -> post.path("thread").asString())
            .distinct()
            .map(thread ->
                site.get(
                        Room.ARCHIVE, "/api/v1/archive/" + list + "/messages/" + thread + "/thread")
                    .path("items")
                    .valueStream()
                    .map(node -> number(node.path("post"), numbers))
                    .collect(Collectors.<Integer, Set<Integer>>toCollection(TreeSet::new)))
            .collect(Collectors.toSet());
    assertThat(ours.stream().flatMap(Collection::stream).sorted())
        .as("every post stands in one thread")
        .containsExactlyElementsOf(numbers.values().stream().sorted().toList());
    if (whole) { // a part of a list lacks posts that join others
      Set<Set<Integer>> theirs =
          index.stream()
              .collect(
                  Collectors.groupingBy(
                      IndexEntry::thread,
                      Collectors.mapping(
                          IndexEntry::n,
                          Collectors.<Integer, Set<Integer>>toCollection(TreeSet::new))))
              .values()
              .stream()
              .collect(Collectors.toSet());
      assertThat(ours).containsExactlyInAnyOrderElementsOf(theirs);
    }
    log.info("{}: {} threads", list, ours.size());
  }

  @Test
  void theLargestMessageGoesAllTheWay() {
    String list = "largest@" + Site.DOMAIN;
    site.createList("largest", 2);
    site.sink.reset();
    RawMessage largest = message(LARGEST);
    assertThat(largest.size()).isEqualTo(LARGEST);
    long start = System.nanoTime();
    try (Poster poster = new Poster(site.smtpPort)) {
      assertThat(post(poster, list, largest)).startsWith("250 2.0.0");
      double taken = secondsSince(start);
      assertThat(post(poster, list, message(LARGEST + 1))).startsWith("552 5.3.4");
      site.sink.await(LIMIT, report -> report.distinctRecipients() == 2);
      Site.await("the archive", LIMIT, () -> site.archived(list) == 1);
      log.info("{} octets taken in {} s, all over after {} s", LARGEST, taken, secondsSince(start));
      site.awaitIdle(LIMIT);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + site.deadLetters() + site.logs(), e);
    }
    assertThat(site.sink.report().duplicates()).isZero();
    assertThat(site.sink.report().octets()).isGreaterThan(2L * LARGEST);
    String id = site.archivedPosts(list).getFirst().path("id").asString();
    ArchivedMail.assertIsWhatWasSent("the largest", largest, raw(list, id));
    assertThat(site.deadLetters()).isEmpty();
  }

  private static String post(Poster poster, String list, RawMessage message) {
    return Posting.finalReply(
        poster, new Post("the largest", "member0@example.net", list, message));
  }

  /** A message of just so many octets. */
  private static RawMessage message(int size) {
    byte[] head =
        ("From: Member Zero <member0@example.net>\r\nTo: largest@"
                + Site.DOMAIN
                + "\r\nSubject: all that fits\r\nDate: Sat, 21 Nov 2026 10:00:00 +0000\r\n"
                + "Message-ID: <largest-"
                + size
                + "@example.net>\r\n\r\n")
            .getBytes(US_ASCII);
    byte[] all = Arrays.copyOf(head, size);
    for (int at = head.length; at < size; at++) {
      int column = (at - head.length) % 78;
      all[at] = (byte) (column == 76 ? '\r' : column == 77 ? '\n' : 'a' + at % 23);
    }
    all[size - 3] = 'z';
    all[size - 2] = '\r';
    all[size - 1] = '\n';
    if (all[size - 4] == '\r') {
      all[size - 4] = 'z';
    }
    return RawMessage.wrap(all);
  }

  private static RawMessage raw(String list, String id) {
    return RawMessage.wrap(
        site.getBytes(Room.ARCHIVE, "/api/v1/archive/" + list + "/messages/" + id + "/raw"));
  }

  private static int number(JsonNode post, Map<String, Integer> numbers) {
    Integer number = numbers.get(post.path("sha256").asString());
    if (number == null) {
      throw new AssertionError("nobody sent " + post);
    }
    return number;
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 100_000_000 / 10.0;
  }
}
