package org.milena.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives on their way in, against a server that says what a test wants. */
class ImportArchivesTest {
  private static final String FROM = "From ann@a.example Thu Jul  2 10:00:00 2009\n";
  private static final String NOTHING =
      "{\"dryRun\":false,\"read\":0,\"added\":0,\"present\":0,\"skipped\":0,\"odd\":[]}";
  private static final String SOME =
      "{\"dryRun\":false,\"read\":2,\"added\":1,\"present\":1,\"skipped\":0,\"odd\":[{\"kind\":"
          + "\"NO_DATE\",\"count\":1,\"examples\":[{\"place\":\"users.mbox, message 2\",\"text\":"
          + "\"\\u001b[31mred\"}]}]}";

  private final FakeServer server = new FakeServer();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir Path folder;

  @AfterEach
  void stop() {
    server.close();
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("import"));
    all.addAll(List.of(arguments));
    all.addAll(
        List.of("--list", "users@lists.example", "--url", server.url(), "--token", "secret"));
    return Milena.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  private Path mbox() throws IOException {
    return Files.writeString(
        folder.resolve("users.mbox"), FROM + "A: b\n\nx\n\n" + FROM + "C: d\n\ny\n");
  }

  @Test
  void anMboxIsSentAsFrames() throws IOException {
    server.json(NOTHING).json(SOME);
    assertThat(run("mbox", mbox().toString())).as(err.toString()).isZero();
    assertThat(server.asked.get(0).body()).isEmpty();
    String line = server.asked.get(1).line();
    assertThat(line)
        .startsWith("POST /api/v1/archive/users%40lists.example/import?from=mbox%20users.mbox&run=")
        .endsWith("&dryRun=false&private=false&last=true");
    assertThat(server.asked.get(1).body())
        .isEqualTo(
            "{\"size\":8,\"place\":\"users.mbox, message"
                + " 1\",\"receivedAt\":\"2009-07-02T10:00:00Z\"}\n"
                + "A: b\n\n"
                + "x\n\n"
                + "{\"size\":8,\"place\":\"users.mbox, message"
                + " 2\",\"receivedAt\":\"2009-07-02T10:00:00Z\"}\n"
                + "C: d\n\n"
                + "y\n\n");
    assertThat(out.toString())
        .contains("users@lists.example: 2 messages read from mbox users.mbox in")
        .contains("1 are new, 1 were there, 0 are left out.")
        .contains("1 without a date, taken", "users.mbox, message 2:  [31mred");
  }

  @Test
  void aLargeArchiveGoesInParcels() throws IOException {
    StringBuilder mbox = new StringBuilder();
    for (int i = 0; i < 1_100; i++) {
      mbox.append(FROM).append("A: b\n\nFrom here ").append(i).append("\n\n");
    }
    Path file = Files.writeString(folder.resolve("large.mbox"), mbox);
    server.json(NOTHING);
    for (int parcel = 0; parcel < 3; parcel++) {
      server.json(SOME);
    }
    assertThat(run("mbox", file.toString(), "--dry-run", "--private", "include", "--json"))
        .isZero();
    assertThat(server.asked).hasSize(4);
    assertThat(server.asked.stream().map(asked -> asked.line().replaceAll(".*&run=[^&]*", "")))
        .containsExactly(
            "&dryRun=true&private=true&last=false",
            "&dryRun=true&private=true&last=false",
            "&dryRun=true&private=true&last=false",
            "&dryRun=true&private=true&last=true");
    assertThat(out.toString())
        .contains("\"read\" : 6", "\"dryRun\" : true", "UNESCAPED_FROM", "\"count\" : 1100");
  }

  @Test
  void nothingIsReadForAListThatIsNotThere() throws IOException {
    server.problem(404, "There is no list users@lists.example.");
    assertThat(run("mbox", mbox().toString())).isEqualTo(1);
    assertThat(err.toString()).isEqualToIgnoringNewLines("There is no list users@lists.example.");
    assertThat(server.asked).hasSize(1);
  }

  @Test
  void waitsForAServerThatCannot() throws IOException {
    server.json(NOTHING).problem(503, "The index is far behind.").json(SOME);
    assertThat(run("mbox", mbox().toString())).as(err.toString()).isZero();
    assertThat(err.toString()).contains("The index is far behind. Waiting.");
    assertThat(server.asked.get(2).body()).isEqualTo(server.asked.get(1).body());
  }

  @Test
  void whatWentWrongCanBeDoneAgain() throws IOException {
    server.json(NOTHING).problem(400, "The stream is odd.");
    assertThat(run("mbox", mbox().toString())).isEqualTo(1);
    assertThat(err.toString())
        .contains(
            "The stream is odd. Run the same command again: what is there is not sent twice.");
  }

  @Test
  void whatIsLeftOutIsNoSuccess() throws IOException {
    server
        .json(NOTHING)
        .json(
            "{\"read\":2,\"added\":1,\"present\":0,\"skipped\":1,\"odd\":[{\"kind\":\"NOT_A_MESSAGE\","
                + "\"count\":1,\"examples\":[]}]}");
    assertThat(run("mbox", mbox().toString())).isEqualTo(1);
    assertThat(out.toString()).contains("1 that are no message, left out");
  }

  @Test
  void otherFilesAreASentence() throws IOException {
    Path text = Files.writeString(folder.resolve("x.txt"), "Dear all\n");
    Path empty = Files.writeString(folder.resolve("empty"), "");
    server.json(NOTHING).json(NOTHING).json(NOTHING).json(NOTHING).json(NOTHING).json(NOTHING);
    assertThat(run("mbox", text.toString())).isEqualTo(1);
    assertThat(run("mbox", empty.toString())).isEqualTo(1);
    assertThat(run("maildir", folder.toString())).isEqualTo(1);
    assertThat(run("pipermail", folder.toString())).isEqualTo(1);
    assertThat(run("public-inbox", folder.toString())).isEqualTo(1);
    assertThat(run("ponymail", text.toString())).isEqualTo(1);
    assertThat(err.toString())
        .contains(
            "x.txt is no mbox",
            "empty is empty.",
            "There is no message in",
            "There is no text of a month",
            "is no public-inbox",
            "is no dump");
  }

  @Test
  void aDamagedPackedFileSaysHowFarItCame() throws IOException {
    Path file = folder.resolve("users.mbox.gz");
    try (var packed = new GZIPOutputStream(Files.newOutputStream(file))) {
      packed.write(
          (FROM + "A: b\n\nx\n\n" + FROM + "C: d\n\ny\n")
              .repeat(50_000)
              .getBytes(StandardCharsets.US_ASCII));
    }
    byte[] octets = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(octets, octets.length - 100));
    server.json(NOTHING);
    for (int i = 0; i < 300; i++) {
      server.json(SOME);
    }
    assertThat(run("mbox", file.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("cannot be read on after", "which are imported");
  }
}
