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

/** Moving in and out, against a server that says what a test wants. */
class ImportCommandTest {
  private static final String REPORT =
      "{\"report\":{\"list\":\"users@lists.example.org\",\"dryRun\":%s,\"made\":true,"
          + "\"changed\":%d,\"members\":3,\"texts\":1,\"heldPosts\":2,\"lines\":[{\"field\":"
          + "\"emergency\",\"fate\":\"TAKEN\",\"text\":\"emergency becomes true.\"}]}}";
  private static final String LINES = "application/x-ndjson";

  private final FakeServer server = new FakeServer();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir Path folder;

  @AfterEach
  void stop() {
    server.close();
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--url", server.url(), "--token", "secret"));
    return Milena.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  private Path config(String name) throws IOException {
    Path list = Files.createDirectories(folder.resolve("lists").resolve(name));
    return Files.writeString(list.resolve("config.pck"), name);
  }

  @Test
  void aFolderOfMailmanIsAllItsLists() throws IOException {
    Path users = config("users");
    Path staff = config("staff");
    assertThat(users.getParent()).isNotEqualTo(staff.getParent());
    server
        .answer(200, LINES, "{\"members\":2,\"of\":3}\n" + REPORT.formatted("true", 4))
        .answer(200, LINES, REPORT.formatted("true", 4));
    assertThat(run("import", "mailman2", folder.toString(), "--dry-run")).isZero();
    assertThat(server.asked.stream().map(FakeServer.Asked::line))
        .containsExactly(
            "POST /api/v1/imports/mailman2?name=staff&dryRun=true",
            "POST /api/v1/imports/mailman2?name=users&dryRun=true");
    assertThat(server.asked.get(1).body()).isEqualTo("users");
    assertThat(out.toString())
        .contains("users@lists.example.org would be made: 3 members", "4 would be changed")
        .contains("emergency", "taken", "emergency becomes true.");
  }

  @Test
  void aProblemInTheMiddleIsASentence() throws IOException {
    server.answer(200, LINES, "{\"members\":2,\"of\":3}\n{\"problem\":\"The broker is away.\"}\n");
    assertThat(run("import", "mailman2", config("users").toString())).isEqualTo(1);
    assertThat(err.toString()).isEqualToIgnoringNewLines("The broker is away.");
  }

  @Test
  void anAnswerThatBreaksOffIsNoSuccess() throws IOException {
    server.answer(200, LINES, "{\"members\":2,\"of\":3}\n");
    assertThat(run("import", "mailman2", config("users").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("ended in the middle");
  }

  @Test
  void aRefusalIsASentence() throws IOException {
    server.problem(400, "The pickle is a number.");
    assertThat(run("import", "mailman2", config("users").toString(), "--list", "u@e.org"))
        .isEqualTo(1);
    assertThat(server.asked.getFirst().line())
        .isEqualTo("POST /api/v1/imports/mailman2?name=users&list=u%40e.org");
    assertThat(err.toString()).isEqualToIgnoringNewLines("The pickle is a number.");
  }

  @Test
  void oneRefusedListKeepsNoOtherBack() throws IOException {
    var _ = config("staff");
    var _ = config("users");
    server
        .problem(409, "No list can be named staff.")
        .answer(200, LINES, REPORT.formatted("false", 4));
    assertThat(run("import", "mailman2", folder.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("staff", "No list can be named staff.");
    assertThat(out.toString()).contains("users@lists.example.org is made: 3 members");
  }

  @Test
  void aDryRunNamesTheListsThatWouldBeRefused() throws IOException {
    var _ = config("staff");
    var _ = config("users");
    server
        .answer(200, LINES, REPORT.formatted("true", 4))
        .answer(
            200,
            LINES,
            "{\"report\":{\"list\":\"c+d@lists.example.org\",\"lines\":[],\"refused\":"
                + "{\"code\":\"list-name\",\"text\":\"No plus signs.\"}}}\n");
    assertThat(run("import", "mailman2", folder.toString(), "--dry-run")).isEqualTo(1);
    assertThat(out.toString())
        .contains("users@lists.example.org would be made: 3 members")
        .contains("c+d@lists.example.org is refused: No plus signs.");
    assertThat(err.toString()).contains("1 of 2 lists are refused.");
  }

  @Test
  void aFileOfAListGoesOutAndIn() throws IOException {
    Path file = folder.resolve("users.jsonl.gz");
    server.answer(200, "application/gzip", "list").answer(200, LINES, REPORT.formatted("false", 0));
    assertThat(run("export", "users@lists.example.org", file.toString())).isZero();
    assertThat(file).hasContent("list");
    assertThat(run("import", "list", file.toString())).isZero();
    assertThat(server.asked.get(1).line()).isEqualTo("POST /api/v1/lists/import?dryRun=false");
    assertThat(server.asked.get(1).body()).isEqualTo("list");
    assertThat(out.toString()).contains("2 held posts; 0 changed.");
  }

  @Test
  void anExportThatFailsLeavesNoFile() {
    Path file = folder.resolve("users.jsonl.gz");
    server.problem(404, "There is no list x@example.org.");
    assertThat(run("export", "x@example.org", file.toString())).isEqualTo(1);
    assertThat(file).doesNotExist();
  }

  @Test
  void theHeadingOfATableNamesTheColumnsOfEveryPart() throws IOException {
    StringBuilder table = new StringBuilder("name,address\n");
    for (int i = 1; i < 4_002; i++) {
      table.append("A,m%d@m.example\n".formatted(i));
    }
    Path file = Files.writeString(folder.resolve("members.csv"), table);
    server
        .json("{\"lines\":4000,\"members\":3999,\"changed\":3999,\"badLines\":0,\"bad\":[]}")
        .json(
            "{\"lines\":3,\"members\":1,\"changed\":1,\"badLines\":1,"
                + "\"bad\":[{\"line\":3,\"reason\":\"x\"}]}");
    assertThat(run("import", "members", "users@lists.example.org", file.toString())).isEqualTo(1);
    assertThat(server.asked.get(1).body())
        .isEqualTo("name,address\nA,m4000@m.example\nA,m4001@m.example\n");
    assertThat(out.toString()).contains("4002 lines, 4000 members", "line 4002: x");
  }
}
