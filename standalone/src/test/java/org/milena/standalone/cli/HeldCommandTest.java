package org.milena.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code milena held} against a server that says what a test wants. */
class HeldCommandTest {
  private static final String POST =
      """
      {"id":"%s","list":"l.example.org","author":"eve","subject":"s","reasons":["no member"],
      "heldAt":"2026-11-21T10:00:00Z","claim":%s,"decision":%s}\
      """;

  private final FakeServer server = new FakeServer();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void stop() {
    server.close();
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("held"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--url", server.url(), "--token", "secret"));
    return Milena.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  private static String page(String... posts) {
    return "{\"items\":[" + String.join(",", posts) + "],\"next\":null}";
  }

  @Test
  void showsAllListsAtOnce() {
    String claim = "{\"by\":\"ann\",\"until\":\"2026-11-21T10:15:00Z\"}";
    server.json(page(POST.formatted("1", claim, "null"), POST.formatted("2", "null", "null")));
    assertThat(run()).isZero();
    assertThat(server.asked.getFirst().line()).isEqualTo("GET /api/v1/held");
    assertThat(out.toString()).contains("(claimed by ann until").contains("no member");
  }

  @Test
  void asksForWhatIsWanted() {
    server.json(page(POST.formatted("1", "null", "{\"verdict\":\"DISCARDED\",\"by\":\"ann\"}")));
    assertThat(run("list", "l@example.org", "--author", "e@x.example", "--decided")).isZero();
    assertThat(server.asked.getFirst().line())
        .isEqualTo("GET /api/v1/held?list=l%40example.org&author=e%40x.example&decided=true");
    assertThat(out.toString()).contains("discarded by ann");
  }

  @Test
  void decidesAboutSeveralAndNamesWhatCouldNotBeDone() {
    server.json(
        """
        {"outcomes":[{"id":"1","done":true,"code":null,"text":"The post is discarded."},
        {"id":"2","done":false,"code":"decided","text":"This post was accepted by ann."}]}\
        """);
    assertThat(run("discard", "1", "2")).isEqualTo(1);
    assertThat(server.asked.getFirst().line()).isEqualTo("POST /api/v1/held/decisions");
    assertThat(server.asked.getFirst().body())
        .contains("\"ids\":[\"1\",\"2\"]", "\"decision\":\"DISCARD\"");
    assertThat(out.toString()).isEqualToIgnoringNewLines("The post is discarded.");
    assertThat(err.toString()).isEqualToIgnoringNewLines("2: This post was accepted by ann.");
  }

  @Test
  void trustsOnlyWhenForced() {
    server.json("{\"outcomes\":[]}").json("{\"outcomes\":[]}");
    assertThat(run("trust", "1")).isZero();
    assertThat(run("trust", "1", "--force")).isZero();
    assertThat(server.asked.get(0).body()).contains("ACCEPT_AND_TRUST", "\"force\":false");
    assertThat(server.asked.get(1).body()).contains("\"force\":true");
  }

  @Test
  void claimsReleasesAndUndoesOneAfterTheOther() {
    server
        .json("{\"text\":\"This post is yours.\"}")
        .problem(409, "It was accepted.")
        .json("{\"text\":\"The post waits again.\"}")
        .json("{\"text\":\"Nobody claims it.\"}");
    assertThat(run("claim", "1")).isZero();
    assertThat(run("undo", "1", "2")).isEqualTo(1);
    assertThat(run("release", "1")).isZero();
    assertThat(server.asked)
        .extracting(FakeServer.Asked::line)
        .containsExactly(
            "POST /api/v1/held/1/claim",
            "POST /api/v1/held/1/undo",
            "POST /api/v1/held/2/undo",
            "POST /api/v1/held/1/release");
    assertThat(err.toString()).contains("1: It was accepted.");
  }
}
