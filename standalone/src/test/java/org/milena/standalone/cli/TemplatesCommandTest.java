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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplatesCommandTest {
  private static final String DETAILS =
      "{\"name\":\"list:user:notice:welcome\",\"purpose\":\"Welcomes.\",\"language\":\"de\","
          + "\"givenBy\":\"MILENA\",\"text\":\"Subject: Hallo\\n\\nSo, ${listname}\\n\","
          + "\"hasSubject\":true,\"mayBeEmpty\":false,\"placeholders\":"
          + "[{\"name\":\"listname\",\"meaning\":\"where one posts\",\"example\":\"u@e.org\"}]}";

  private final FakeServer server = new FakeServer();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir Path folder;

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "u@e.org,/api/v1/lists/u%40e.org/templates",
    "e.org,/api/v1/domains/e.org/templates",
    "site,/api/v1/site/templates"
  })
  void listsTheTextsOfAListADomainOrTheSite(String scope, String path) {
    server.json("[" + DETAILS + "]");
    assertThat(run("list", scope, "--language", "de")).isZero();
    assertThat(server.asked.getFirst().line()).isEqualTo("GET " + path + "?language=de");
    assertThat(out.toString()).contains("list:user:notice:welcome", "us", "Welcomes.");
  }

  @Test
  void showsATextAndWhatItMayHold() {
    server.json(DETAILS).json(DETAILS);
    assertThat(run("show", "u@e.org", "list:user:notice:welcome")).isZero();
    assertThat(server.asked.getFirst().line())
        .isEqualTo("GET /api/v1/lists/u%40e.org/templates/list%3Auser%3Anotice%3Awelcome");
    assertThat(out.toString()).contains("\nSo, ${listname}\n", "where one posts", "u@e.org");
    out.getBuffer().setLength(0);
    assertThat(run("show", "u@e.org", "list:user:notice:welcome", "--text")).isZero();
    assertThat(out.toString()).isEqualTo("Subject: Hallo\n\nSo, ${listname}\n");
  }

  @Test
  void setsATextFromAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("welcome.txt"), "Grüße, ${user_email}\n");
    server.json(DETAILS);
    assertThat(run("set", "site", "list:user:notice:welcome", file.toString())).isZero();
    assertThat(server.asked.getFirst().line()).startsWith("PUT /api/v1/site/templates/list%3A");
    assertThat(server.asked.getFirst().body()).isEqualTo("{\"text\":\"Grüße, ${user_email}\\n\"}");
    assertThat(out.toString()).contains("list:user:notice:welcome (de) of site is changed.");
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    Path file = Files.writeString(folder.resolve("welcome.txt"), "${nobody}");
    server.problem(409, "Line 1, column 1: there is no placeholder ${nobody}.");
    assertThat(run("set", "site", "list:user:notice:welcome", file.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("Line 1, column 1: there is no placeholder ${nobody}.");
    assertThat(run("set", "site", "x", folder.resolve("none").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("There is no file");
    Files.write(file, new byte[] {(byte) 0xff});
    assertThat(run("set", "site", "x", file.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("not a text in UTF-8");
  }

  @Test
  void previewsWhatIsUsedOrAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("welcome.txt"), "So");
    server
        .json("{\"subject\":\"Hi\",\"text\":\"So\\n\"}")
        .json("{\"subject\":null,\"text\":\"Footer\\n\"}");
    assertThat(run("preview", "e.org", "n", file.toString(), "--language", "de")).isZero();
    assertThat(server.asked.getFirst().line())
        .isEqualTo("POST /api/v1/domains/e.org/templates/n/preview?language=de");
    assertThat(out.toString()).isEqualTo("Subject: Hi\n\nSo\n");
    out.getBuffer().setLength(0);
    assertThat(run("preview", "e.org", "n")).isZero();
    assertThat(server.asked.getLast().body()).isEqualTo("{}");
    assertThat(out.toString()).isEqualTo("Footer\n");
  }

  @Test
  void deletesAText() {
    server.json("{\"outcome\":\"done\",\"text\":\"The text is gone.\",\"changed\":1}");
    assertThat(run("delete", "u@e.org", "n", "--language", "de")).isZero();
    assertThat(server.asked.getFirst().line())
        .isEqualTo("DELETE /api/v1/lists/u%40e.org/templates/n?language=de");
    assertThat(out.toString()).isEqualTo("The text is gone.\n");
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("templates"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--url", server.url(), "--token", "secret"));
    return Milena.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }
}
