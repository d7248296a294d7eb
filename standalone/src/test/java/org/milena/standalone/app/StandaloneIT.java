package org.milena.standalone.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.milena.testkit.load.Poster;
import tools.jackson.databind.JsonNode;

/**
 * The real thing, started by {@code ./milena start}: what a person does in the first minutes, then
 * a clean stop, a kill, and a start on the same data after each.
 */
class StandaloneIT {

  private static final String LIST = "demo@lists.localhost";
  private static final String RAW_POST =
      "From: Grete <grete@example.org>\r\n"
          + "To: demo@lists.localhost\r\n"
          + "Subject: =?utf-8?Q?K=C3=A4fer?=\r\n"
          + "X-Odd:  two  blanks\t\r\n"
          + "Message-ID: <raw@example.org>\r\n"
          + "\r\n"
          + ".a line with a dot\r\n"
          + "trailing blanks  \r\n"
          + "käfer\r\n";

  @Test
  void everythingIsThereAfterACleanStopAndAfterAKill() throws Exception {
    try (RunningMilena milena = new RunningMilena()) {
      milena.start("capture");
      itSaysWhatListensWhere(milena);
      theDemonstrationTellsItsStory(milena);
      rawIsWhatWasSent(milena);
      aSecondStartOnTheSameDataIsRefused(milena);
      stopsWithinTwentySecondsAndLeavesNobody(milena);

      // Nobody listens there, so all that is sent is deferred.
      milena.start("smarthost:127.0.0.1:" + RunningMilena.freePort());
      allIsThere(milena, 5);
      post(milena, "deferred");
      milena.await("deferred mail", () -> milena.items("/api/v1/ops/queue").size() == 4);
      milena.await("the archive", () -> found(milena, "deferred").size() == 1);
      List<ProcessHandle> engines = milena.descendants();
      milena.kill();
      milena.await("the engines' end", () -> engines.stream().noneMatch(ProcessHandle::isAlive));

      milena.start("smarthost:127.0.0.1:" + RunningMilena.freePort());
      allIsThere(milena, 6);
      assertThat(milena.items("/api/v1/ops/queue"))
          .as("deferred mail after a kill")
          .hasSize(4)
          .allMatch(one -> one.path("destination").asString("").equals("example.org"));
      post(milena, "afterwards");
      milena.await("the archive", () -> found(milena, "afterwards").size() == 1);
      whatIsTakenOutIsNowhere(milena);
      whatIsRemovedStaysGone(milena);
      stopsWithinTwentySecondsAndLeavesNobody(milena);
    }
  }

  private static void itSaysWhatListensWhere(RunningMilena milena) {
    assertThat(milena.said())
        .containsPattern("(?m)^  web and API +http://127\\.0\\.0\\.1:\\d+")
        .containsPattern("(?m)^  SMTP +\\S+:" + milena.smtpPort() + "$")
        .containsPattern("(?m)^  lists +NAME@lists\\.localhost$")
        .containsPattern("(?m)^  operator +admin, password in .*admin-password$");
  }

  private static void theDemonstrationTellsItsStory(RunningMilena milena) {
    JsonNode story = milena.milenaJson(0, "demo", "--json", "--wait", "180");
    assertThat(story.path("asExpected").asBoolean()).as("%s", story).isTrue();
    assertThat(story.path("mails")).hasSize(6);
    assertThat(milena.milena(0, "demo"))
        .as("a second demonstration sends nothing")
        .contains("accepted by an earlier run")
        .doesNotContain("  accepted as ");
    assertThat(milena.milena(0, "quarantine")).contains("Eicar");
    assertThat(milena.milena(0, "held")).contains("josef.k@example.net");
    assertThat(milena.milena(0, "doctor")).contains("Elasticsearch", "all");
    assertThat(milena.milenaJson(0, "doctor", "--json").path("residentBytes").asLong())
        .as("RSS of all processes, at rest")
        .isPositive()
        .isLessThan(1_536L * 1_024 * 1_024);
    allIsThere(milena, 4);
    milena.await(
        "four posts to four members, and the notice of the held one to the owner",
        () -> milena.items("/api/v1/ops/outbox").size() == 17);
  }

  private static void rawIsWhatWasSent(RunningMilena milena) throws IOException {
    send(milena, RAW_POST);
    milena.await("the archive", () -> found(milena, "käfer").size() == 1);
    JsonNode post = found(milena, "käfer").getFirst().path("post");
    String raw = new String(milena.bytes(post.path("rawUrl").asString("")), StandardCharsets.UTF_8);
    assertThat(raw).endsWith(RAW_POST);
    assertThat(raw.substring(0, raw.length() - RAW_POST.length()).lines())
        .allMatch(line ->
            line.matches("(List-Id|Archived-At|Authentication-Results|Received): .*|\\s.*"));
  }

  private static void whatIsTakenOutIsNowhere(RunningMilena milena) throws IOException {
    JsonNode post = found(milena, "käfer").getFirst().path("post");
    String id = post.path("id").asString("");
    Path passages = Files.createTempFile("passages", ".txt");
    try {
      Files.writeString(passages, "line with a dot\n");
      assertThat(
              milena.milena(
                  0,
                  "archive",
                  "redact",
                  LIST,
                  id,
                  "--passages",
                  passages.toString(),
                  "--reason",
                  "too pointed"))
          .contains("taken out");
    } finally {
      Files.delete(passages);
    }
    milena.await("what is left", () -> found(milena, "dot").isEmpty());
    String raw = new String(milena.bytes(post.path("rawUrl").asString("")), StandardCharsets.UTF_8);
    assertThat(raw)
        .startsWith("X-Milena-Redacted: 1 passage\r\n")
        .contains(".a [redacted]\r\n", "trailing blanks  \r\n")
        .doesNotContain("dot");
    assertThat(milena.milena(0, "archive", "removed", LIST))
        .contains(id, "1 passage", "too pointed");
    String page = new String(milena.bytes(post.path("url").asString("")), StandardCharsets.UTF_8);
    assertThat(page).contains("too pointed", "[redacted]").doesNotContain("dot");
  }

  private static void whatIsRemovedStaysGone(RunningMilena milena) {
    String id = found(milena, "deferred").getFirst().path("post").path("id").asString("");
    assertThat(milena.milena(0, "archive", "remove", LIST, id, "--reason", "a wish of Grete's"))
        .contains("The post is removed");
    milena.await("the post's end", () -> found(milena, "deferred").isEmpty());
    assertThat(milena.milena(0, "archive", "removed", LIST)).contains(id, "a wish of Grete's");
    assertThat(milena.milena(0, "archive", "rebuild")).contains("6 posts, the same as before");
    assertThat(found(milena, "deferred")).isEmpty();
    assertThat(found(milena, "dot")).isEmpty();
    assertThat(found(milena, "afterwards")).hasSize(1);
    JsonNode gone = milena.problem("/api/v1/archive/" + LIST + "/messages/" + id);
    assertThat(gone.path("status").asInt()).isEqualTo(410);
    assertThat(gone.path("detail").asString("")).contains("a wish of Grete's");
  }

  private static void allIsThere(RunningMilena milena, int posts) {
    assertThat(milena.items("/api/v1/lists"))
        .extracting(list -> list.path("address").asString(""))
        .containsExactly(LIST);
    assertThat(milena.items("/api/v1/lists/" + LIST + "/members")).hasSize(4);
    assertThat(milena.items("/api/v1/lists/" + LIST + "/held"))
        .extracting(hold -> hold.path("subject").asString(""))
        .containsExactly("May I join your reading?");
    assertThat(milena.items("/api/v1/ops/quarantine")).hasSize(1);
    assertThat(milena.items("/api/v1/archive/search?q=&list=" + LIST)).hasSize(posts);
    assertThat(milena.items("/api/v1/ops/dead-letters")).isEmpty();
  }

  private static void aSecondStartOnTheSameDataIsRefused(RunningMilena milena) {
    RunningMilena.Ended second = milena.startAgainBeside();
    assertThat(second.exitCode()).isEqualTo(Standalone.UNFIT);
    assertThat(second.said()).contains("is in use by process " + milena.pid());
  }

  private static void stopsWithinTwentySecondsAndLeavesNobody(RunningMilena milena) {
    List<ProcessHandle> engines = milena.descendants();
    assertThat(engines).as("Elasticsearch and its launcher").hasSizeGreaterThanOrEqualTo(2);
    long began = System.nanoTime();
    assertThat(milena.stop()).isIn(0, 143);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    assertThat(engines).noneMatch(ProcessHandle::isAlive);
    assertThat(Files.exists(milena.data().resolve("milena.run"))).isFalse();
  }

  private static List<JsonNode> found(RunningMilena milena, String word) {
    return milena.items("/api/v1/archive/search?q=" + RunningMilena.escape(word));
  }

  private static void post(RunningMilena milena, String word) throws IOException {
    send(
        milena,
        "From: Felix <felix@example.org>\r\nTo: "
            + LIST
            + "\r\nSubject: "
            + word
            + "\r\nMessage-ID: <"
            + word
            + "@example.org>\r\n\r\nOnly a line.\r\n");
  }

  private static void send(RunningMilena milena, String message) throws IOException {
    String author = message.contains("Grete") ? "grete@example.org" : "felix@example.org";
    try (Poster poster = new Poster(milena.smtpPort())) {
      assertThat(poster.post(author, LIST, message.getBytes(StandardCharsets.UTF_8)))
          .startsWith("250 2.0.0 Ok: queued as ");
    }
  }
}
