package org.milena.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code milena archive} against a server that says what a test wants. */
class ArchiveCommandTest {
  private static final String DONE =
      "{\"outcome\":\"done\",\"text\":\"The post is removed.\",\"changed\":1}";
  private static final String STATE =
      """
      {"phase":"%s","index":"i","done":5,"of":10,"skipped":%d,"began":null,"ended":null,
      "before":{"posts":7,"sha256":"aa"},"after":%s,"problem":%s}\
      """;

  private final FakeServer server = new FakeServer();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void stop() {
    server.close();
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("archive"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--url", server.url(), "--token", "secret"));
    return Milena.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  @Test
  void removesPosts() {
    server.json(DONE);
    assertThat(run("remove", "l@example.org", "p1", "p2", "--reason", "a wish")).isZero();
    assertThat(server.asked.getFirst().line())
        .isEqualTo("POST /api/v1/archive/l%40example.org/removals");
    assertThat(server.asked.getFirst().body())
        .contains("\"posts\":[\"p1\",\"p2\"]", "\"reason\":\"a wish\"");
    assertThat(out.toString()).contains("The post is removed.");
  }

  @Test
  void removesAThreadOnceHoweverManyOfItsPostsAreNamed() {
    server.json("{\"post\":{\"thread\":\"t1\"}}").json("{\"post\":{\"thread\":\"t1\"}}").json(DONE);
    assertThat(run("remove", "l@example.org", "p1", "p2", "--thread", "--reason", "spam")).isZero();
    assertThat(server.asked).hasSize(3);
    assertThat(server.asked.getLast().body()).contains("\"thread\":\"t1\"");
  }

  @Test
  void takesPassagesAndAttachmentsOut(@TempDir Path folder) throws IOException {
    Path passages =
        Files.writeString(folder.resolve("p.txt"), "555 1234\n\nM\u00fcllerstra\u00dfe\n");
    server.json(DONE);
    assertThat(
            run(
                "redact",
                "l@example.org",
                "p1",
                "--passages",
                passages.toString(),
                "--attachment",
                "2",
                "--reason",
                "a wish"))
        .isZero();
    assertThat(server.asked.getFirst().line())
        .isEqualTo("POST /api/v1/archive/l%40example.org/messages/p1/redaction");
    assertThat(server.asked.getFirst().body())
        .contains(
            "\"passages\":[\"555 1234\",\"M\u00fcllerstra\u00dfe\"]",
            "\"attachments\":[\"2\"]",
            "\"reason\":\"a wish\"");
  }

  /** Ids are of letters, digits, _ and -. */
  @Test
  void anIdMayBeginAsAnOptionDoes() {
    String id = "-OHLrQA0OQTWY3RGwvtDOiRkhs0";
    server.json(DONE).json(DONE);
    assertThat(run("redact", "l@example.org", id, "--attachment", "2", "--reason", "x")).isZero();
    assertThat(run("remove", "l@example.org", "p1", id, "--reason", "x")).isZero();
    assertThat(server.asked.getFirst().line()).contains(id);
    assertThat(server.asked.getLast().body()).contains(id);
  }

  @Test
  void anOptionThatIsWrittenWrongIsNoId() {
    assertThat(run("remove", "l@example.org", "p1", "--raeson=x", "--reason", "x")).isNotZero();
    assertThat(err.toString()).contains("--raeson");
    assertThat(server.asked).isEmpty();
  }

  @Test
  void aFileThatIsNotThereIsSaid() {
    assertThat(run("redact", "l@example.org", "p1", "--passages", "/no/file", "--reason", "x"))
        .isNotZero();
    assertThat(err.toString()).contains("There is no file /no/file");
    assertThat(server.asked).isEmpty();
  }

  @Test
  void wantsAReason() {
    assertThat(run("remove", "l@example.org", "p1")).isEqualTo(2);
    assertThat(err.toString()).contains("--reason");
    assertThat(server.asked).isEmpty();
  }

  @Test
  void tellsWhatWasRemoved() {
    server.json(
        """
        {"items":[{"id":"p1","messageId":"a@x","date":"2026-11-21T10:00:00Z","reason":"a wish",
        "by":"ann","at":"2026-11-22T10:00:00Z","redacted":null}],"next":null}\
        """);
    assertThat(run("removed", "l@example.org")).isZero();
    assertThat(out.toString()).contains("p1", "a wish", "ann", "all of it");
  }

  @Test
  void waitsUntilTheIndexIsBuilt() {
    server
        .json(STATE.formatted("FILLING", 0, "null", "null"))
        .json(STATE.formatted("SHOWN", 0, "null", "null"))
        .json(STATE.formatted("DONE", 0, "{\"posts\":7,\"sha256\":\"aa\"}", "null"));
    assertThat(run("rebuild")).isZero();
    assertThat(server.asked).hasSize(3);
    assertThat(out.toString()).contains("7 posts, the same as before");
  }

  @Test
  void saysWhatIsNotTheSame() {
    server.json(STATE.formatted("DONE", 2, "{\"posts\":8,\"sha256\":\"bb\"}", "null"));
    assertThat(run("rebuild")).isZero();
    assertThat(out.toString()).contains("8 posts", "not the same as before (7)", "2 records");
  }

  @Test
  void failsWhereBuildingFails() {
    server.json(STATE.formatted("FAILED", 0, "null", "\"It has failed: no room\""));
    assertThat(run("rebuild")).isEqualTo(1);
    assertThat(out.toString()).contains("no room");
  }
}
