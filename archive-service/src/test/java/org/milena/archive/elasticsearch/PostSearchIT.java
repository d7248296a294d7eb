package org.milena.archive.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.archive.TestArchive.raw;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.archive.TestArchive;
import org.milena.archive.identity.LinkKeys;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.search.MonthCount;
import org.milena.archive.search.ParsedQuery;
import org.milena.archive.search.QueryParser;
import org.milena.archive.search.SearchCursor;
import org.milena.archive.search.SearchHit;
import org.milena.archive.search.SearchPage;
import org.milena.archive.search.SearchRequest;
import org.milena.archive.search.SearchRequest.Sort;
import org.milena.archive.search.Snippet;
import org.milena.archive.search.ThreadPage;
import org.milena.common.mail.ListId;
import org.milena.common.mail.RawMessage;

/** What is found, and what is not, by a real server with our analysis plugin. */
@TestInstance(Lifecycle.PER_CLASS)
class PostSearchIT {
  static final String SEARCH = "0123456789abcdef";
  private static final ListId DEV = ListId.of("dev.example.org");
  private static final ListId BOARD = ListId.of("board.example.org");

  private final TestArchive archive = TestArchive.create();

  @BeforeAll
  void fill() {
    archive.take(
        DEV,
        List.of(
            mail("run", "2026-01-05", "Anna <anna@example.org>", "Running the server", "It runs."),
            mail("muller", "2026-01-06", "Jörg Müller <jm@uni.example>", "Grüße", "Straßenbahn"),
            mail(
                "panic", "2026-02-01", "Bob <bob@x.example>", "kernel panic", "to be or not to be"),
            mail("kernel", "2026-02-02", "Bob <bob@x.example>", "kernel", "then came the panic"),
            mail("driver", "2026-02-03", "Eve <eve@x.example>", "e1000e-driver fails", "int *p;"),
            raw(
                """
                Message-ID: <file@x>
                From: Zoe <zoe@x.example>
                Date: Wed, 4 Mar 2026 10:00:00 +0000
                Subject: patch
                Content-Type: multipart/mixed; boundary=b

                --b

                see attached
                --b
                Content-Type: text/x-patch; name="fix-leak.patch"

                +free(buffer);
                --b--
                """),
            raw(
                """
                Message-ID: <html@x>
                From: Max <max@x.example>
                To: Dev <dev@example.org>
                Date: Thu, 5 Mar 2026 10:00:00 +0000
                Subject: newsletter
                References: <run@x>
                Content-Type: text/html; charset=utf-8

                <p>The <b>quick</b> fox &amp; <i>others</i></p>
                """)));
    archive.take(
        BOARD, List.of(mail("secret", "2026-03-01", "Ida <ida@x.example>", "kernel", "budget")));
  }

  @AfterAll
  void end() {
    archive.close();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "run, run",
        "running, run",
        "runs server, run",
        "muller, muller",
        "MÜLLER, muller",
        "f:jm@uni.example, muller",
        "f:uni.example, muller",
        "grusse, muller",
        "kernel panic, kernel panic",
        "~\"kernel panic\"~, panic",
        "kernel -\"kernel panic\", kernel",
        "~\"to be or not to be\"~, panic",
        "panic OR fox, html kernel panic",
        "(panic OR fox) -s:kernel, html",
        "s:panic, panic",
        "b:panic, kernel",
        "driver, driver",
        "e1000e-driver, driver",
        "e1000*, driver",
        "dri*, driver",
        "quick fox, html",
        "leak, file",
        "n:fix-leak, file",
        "b:free(buffer), file",
        "has:attachment, file",
        "t:dev@example.org, html",
        "m:<kernel@x>, kernel",
        "budget, ''",
        "nothinglikethis, ''",
        "*, driver file html kernel muller panic run",
      })
  void finds(String typed, String ids) {
    assertThat(ids(search(typed, Sort.NEWEST, null, 50))).isEqualTo(ids.replace("''", ""));
  }

  @Test
  void putsSubjectsBeforeTexts() {
    SearchPage page = search("panic", Sort.RELEVANCE, null, 10);
    assertThat(page.hits()).extracting(hit -> hit.post().messageId()).first().isEqualTo("panic@x");
  }

  @Test
  void marksWhatWasLookedFor() {
    SearchHit hit = search("panic came", Sort.RELEVANCE, null, 1).hits().getFirst();
    assertThat(hit.text().runs())
        .contains(new Snippet.Run("came", true), new Snippet.Run("panic", true));
    SearchHit other = search("kernel", Sort.NEWEST, null, 1).hits().getFirst();
    assertThat(other.subject().runs()).containsExactly(new Snippet.Run("kernel", true));
    assertThat(other.text().runs()).containsExactly(new Snippet.Run("then came the panic", false));
  }

  @Test
  void findsOnlyInListsThatMayBeRead() {
    assertThat(
            archive.search.search(request(Set.of(BOARD), "kernel", Sort.NEWEST, null, 10)).total())
        .isEqualTo(1);
    assertThat(
            archive
                .search
                .search(request(Set.of(DEV, BOARD), "kernel", Sort.NEWEST, null, 10))
                .total())
        .isEqualTo(3);
    assertThat(archive.search.post(DEV, TestArchive.id(BOARD, secret()))).isEmpty();
  }

  private static RawMessage secret() {
    return mail("secret", "2026-03-01", "Ida <ida@x.example>", "kernel", "budget");
  }

  @ParameterizedTest
  @CsvSource({"NEWEST", "RELEVANCE"})
  void goesThroughAllPagesOnce(Sort sort) {
    List<String> seen = new ArrayList<>();
    SearchCursor after = null;
    do {
      SearchPage page = search("*", sort, after, 3);
      assertThat(page.total()).isEqualTo(7);
      assertThat(page.totalIsExact()).isTrue();
      page.hits().forEach(hit -> seen.add(hit.post().messageId()));
      after = page.next();
    } while (after != null);
    assertThat(seen).hasSize(7).doesNotHaveDuplicates();
  }

  @Test
  void countsMonthsAndListsThreads() {
    assertThat(archive.search.months(DEV))
        .containsExactly(
            new MonthCount(YearMonth.of(2026, 3), 2),
            new MonthCount(YearMonth.of(2026, 2), 3),
            new MonthCount(YearMonth.of(2026, 1), 2));
    ThreadPage page = archive.search.threads(DEV, null, 0, 2);
    assertThat(page.threads())
        .extracting(thread -> thread.first().messageId() + " " + thread.posts())
        .containsExactly("run@x 2", "file@x 1");
    assertThat(page.next()).isEqualTo(2);
    assertThat(archive.search.threads(DEV, YearMonth.of(2026, 1), 0, 10).threads())
        .extracting(thread -> thread.first().messageId())
        .containsExactly("muller@x", "run@x");
    assertThat(archive.search.threads(DEV, null, 4, 10).next()).isNull();
    assertThat(archive.search.months(ListId.of("no.example.org"))).isEmpty();
  }

  private SearchPage search(String typed, Sort sort, @Nullable SearchCursor after, int limit) {
    return archive.search.search(request(Set.of(DEV), typed, sort, after, limit));
  }

  static SearchRequest request(
      Set<ListId> lists, String typed, Sort sort, @Nullable SearchCursor after, int limit) {
    if (QueryParser.parse(typed) instanceof ParsedQuery.Valid valid) {
      return new SearchRequest(
          SEARCH, lists, valid.query(), sort, TestArchive.NOW, false, false, after, limit);
    }
    throw new AssertionError("no query: " + typed);
  }

  static String ids(SearchPage page) {
    return page.hits().stream()
        .map(hit -> hit.post().messageId().replace("@x", ""))
        .sorted()
        .collect(Collectors.joining(" "));
  }

  private static RawMessage mail(String id, String day, String from, String subject, String text) {
    return raw(
        """
        Message-ID: <%s@x>
        From: %s
        Date: %sT10:00:00Z
        Subject: %s
        Content-Type: text/plain; charset=utf-8

        %s
        """
            .formatted(id, from, day, subject, text));
  }

  @Test
  void findsPostsByTheKeysOfOldLinks() {
    String run = LinkKeys.hash("2BFWMQL47HEDTFTD2AT3XSH5VN35EDRE");
    FormerKeys keys = new FormerKeys(archive.connection, archive.indices);
    assertThat(keys.byKey(run)).extracting(ArchivedPost::messageId).containsExactly("run@x");
    assertThat(keys.byKey("hk:none")).isEmpty();
  }
}
