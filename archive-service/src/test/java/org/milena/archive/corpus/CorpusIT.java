package org.milena.archive.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.milena.archive.app.RunningArchive;
import org.milena.archive.importing.Framed;
import org.milena.archive.importing.ImportReport;
import org.milena.archive.importing.OddKind;
import org.milena.archive.post.RawStore;
import org.milena.common.directory.MailingList;
import org.milena.common.event.MailJson;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.ArchiveAccess;
import org.milena.testkit.corpus.Corpus;
import org.milena.testkit.corpus.CorpusMessage;
import org.milena.testkit.corpus.IndexEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The lists of the corpus, imported over HTTP and Kafka into the index, and compared message by
 * message with what Python's email package reads. {@code docs/corpus.md} has the outcome: a change
 * of it fails, and so does a difference that has no name there.
 */
@TestInstance(Lifecycle.PER_CLASS)
class CorpusIT {
  private static final Logger log = LoggerFactory.getLogger(CorpusIT.class);
  private static final int PARCEL_POSTS = 500;
  private static final int PARCEL_OCTETS = 4 << 20;

  private RunningArchive archive;

  @BeforeAll
  void begin() {
    Path unused = Corpus.root(); // says so where there is none, before anything is started
    archive = RunningArchive.start();
    archive.account("op", null, true);
  }

  @AfterAll
  void end() {
    if (archive != null) { // it is not when there is no corpus
      archive.close();
    }
  }

  static Stream<String> lists() {
    return Corpus.lists().stream();
  }

  @Test
  void theReportIsOfTheseLists() throws IOException {
    List<String> heading = Tally.countsHeading().lines().toList();
    List<String> report = reported();
    int at = Collections.indexOfSubList(report, heading);
    assertThat(at).as("where the counts begin:\n" + String.join("\n", heading)).isNotNegative();
    assertThat(
            report.stream()
                .skip(at + (long) heading.size())
                .takeWhile(line -> line.startsWith("| "))
                .map(line -> line.split(" \\| ", 2)[0].substring(2)))
        .containsExactlyElementsOf(Corpus.lists());
  }

  @ParameterizedTest
  @MethodSource("lists")
  void isReadAsTheReportSays(String name) throws IOException {
    List<RawMessage> sent =
        Corpus.list(name).stream().map(CorpusMessage::message).map(CorpusIT::mended).toList();
    List<IndexEntry> index = Corpus.index(name);
    assertThat(sent).hasSameSizeAs(index);
    MailingList list = archive.list(name + "@corpus.example", name, ArchiveAccess.PUBLIC);
    RunningArchive.await("the list", () -> archive.get(path(list, "months")).statusCode() == 200);
    long start = System.nanoTime();
    ImportReport report = imported(list, sent);
    assertThat(report.added()).isEqualTo(index.size());
    String all = "/api/v1/archive/search?limit=1&q=*&list=" + list.address();
    RunningArchive.await(
        "all posts of " + name,
        () -> archive.getAs("op", all).body().contains("\"total\":" + index.size() + ","));
    double seconds = (System.nanoTime() - start) / 1e9;

    List<Kept> kept = kept(list, index, sent);
    assertThat(kept).as("messages that are there, each once").hasSameSizeAs(index);
    Tally tally = new Tally(name);
    compare(kept, sent, tally);
    ThreadComparison.Count threads = new ThreadComparison(tally).compare(kept, sent);
    List<String> rows = new ArrayList<>();
    rows.add(tally.counts(kept.size(), threads.theirs(), threads.ours()));
    rows.addAll(tally.differences());
    log.info(
        "{}: {} messages searchable after {} s\n{}",
        name,
        index.size(),
        "%.1f".formatted(seconds),
        String.join("\n", rows));
    assertThat(tally.unexplained()).as("differences without a name").isEmpty();
    assertThat(reported().stream().filter(line -> line.startsWith("| " + name + " |")))
        .as("what docs/corpus.md says of " + name)
        .containsExactlyElementsOf(rows);
    assertThat(again(report)).as("ids that were there").isEqualTo(again(index));
  }

  /** Texts of pipermail say {@code user at host}, which {@code milena import} mends. */
  private static RawMessage mended(RawMessage message) {
    String text = new String(message.unsafeBytes(), StandardCharsets.ISO_8859_1);
    if (!text.matches("(?s)From: \\S+ at \\S+ \\(.*")) {
      return message;
    }
    return RawMessage.wrap(text.replaceFirst(" at ", "@").getBytes(StandardCharsets.ISO_8859_1));
  }

  /** In parcels, as the command sends them. */
  private ImportReport imported(MailingList list, List<RawMessage> sent) {
    ImportReport whole = new ImportReport(false, 0, 0, 0, 0, List.of());
    List<RawMessage> parcel = new ArrayList<>();
    int octets = 0;
    for (RawMessage message : sent) {
      parcel.add(message);
      octets += message.size();
      if (parcel.size() == PARCEL_POSTS || octets >= PARCEL_OCTETS) {
        whole = sum(whole, sent(list, parcel));
        parcel.clear();
        octets = 0;
      }
    }
    return sum(whole, sent(list, parcel));
  }

  private ImportReport sent(MailingList list, List<RawMessage> parcel) {
    var answer =
        archive.postAs("op", path(list, "import"), "application/x-milena-posts", Framed.of(parcel));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return MailJson.read(answer.body(), ImportReport.class);
  }

  private static ImportReport sum(ImportReport a, ImportReport b) {
    return new ImportReport(
        false,
        a.read() + b.read(),
        a.added() + b.added(),
        a.present() + b.present(),
        a.skipped() + b.skipped(),
        Stream.concat(a.odd().stream(), b.odd().stream()).toList());
  }

  private static long again(ImportReport report) {
    return report.odd().stream()
        .filter(odd -> odd.kind() == OddKind.SAME_MESSAGE_ID)
        .mapToLong(ImportReport.Odd::count)
        .sum();
  }

  private static long again(List<IndexEntry> index) {
    return index.size() - index.stream().map(IndexEntry::messageId).distinct().count();
  }

  private static String path(MailingList list, String what) {
    return "/api/v1/archive/" + list.address() + "/" + what;
  }

  /** All posts of a list, in the order of the index. */
  private List<Kept> kept(MailingList list, List<IndexEntry> index, List<RawMessage> sent) {
    Map<String, JsonNode> posts = new HashMap<>();
    String next = "";
    do {
      String after = next.isEmpty() ? "" : "&after=" + next;
      JsonNode page =
          MailJson.mapper()
              .readTree(
                  utf8(
                      archive
                          .getAs(
                              "op",
                              "/api/v1/archive/search?q=&sort=date&limit=100&list="
                                  + list.address()
                                  + after)
                          .body()));
      for (JsonNode item : page.path("items")) {
        JsonNode post = item.path("post");
        assertThat(posts.put(post.path("sha256").asString(), post)).isNull();
      }
      next = page.path("next").asString("");
    } while (!next.isEmpty());
    List<Kept> kept = new ArrayList<>();
    for (int at = 0; at < sent.size(); at++) {
      JsonNode post = posts.remove(sent.get(at).sha256());
      if (post != null) {
        kept.add(new Kept(index.get(at), post));
      }
    }
    assertThat(posts.values()).as("posts that nobody sent").isEmpty();
    return kept;
  }

  private static String utf8(String octets) {
    return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private void compare(List<Kept> kept, List<RawMessage> sent, Tally tally) throws IOException {
    RawStore raws = archive.bean(RawStore.class);
    MessageComparison comparison = new MessageComparison(tally);
    for (Kept one : kept) {
      RawMessage raw = raws.raw(one.id()).orElseThrow(() -> new AssertionError("no " + one));
      comparison.compare(one, sent.get(one.number() - 1), raw);
    }
  }

  private static List<String> reported() throws IOException {
    Path project = Path.of("").toAbsolutePath();
    while (project.getParent() != null && !Files.exists(project.resolve("mvnw"))) {
      project = project.getParent();
    }
    return Files.readAllLines(project.resolve("docs").resolve("corpus.md"));
  }
}
