package org.milena.standalone.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milena.testkit.corpus.Corpus;
import tools.jackson.databind.JsonNode;

/** An archive moves in by the command line, and this site's own comes back from its export. */
class ArchiveMoveIT {
  private static final String LIST = "users@lists.localhost";
  private static final String DEMO = "demo@lists.localhost";

  @TempDir Path folder;

  @Test
  void anArchiveMovesInAndNothingIsSent() throws IOException {
    Path mbox = Corpus.root().resolve("lists").resolve("tomoyo-users-en.mbox");
    try (RunningMilena milena = new RunningMilena()) {
      milena.start("capture");
      assertThat(milena.milena(1, "import", "mbox", mbox.toString(), "--list", LIST)).isEmpty();
      var unused = milena.milena(0, "lists", "create", LIST);
      assertThat(counts(milena, mbox, LIST, "--dry-run")).isEqualTo("66 read, 66 new, 0 there");
      assertThat(counts(milena, mbox, LIST)).isEqualTo("66 read, 66 new, 0 there");
      assertThat(counts(milena, mbox, LIST)).isEqualTo("66 read, 0 new, 66 there");
      milena.await("all posts", () -> posts(milena, LIST) == 66);
      assertThat(milena.milena(0, "lists", "audit", LIST))
          .contains("Bring posts into the archive from mbox tomoyo-users-en.mbox: 66 are new");
      assertThat(milena.items("/api/v1/ops/outbox")).isEmpty();

      unused = milena.milena(0, "demo", "--wait", "180");
      long before = posts(milena, DEMO);
      assertThat(before).isPositive();
      Path export =
          Files.write(
              folder.resolve("demo.mbox"), milena.bytes("/api/v1/archive/" + DEMO + "/mbox"));
      assertThat(counts(milena, export, DEMO))
          .isEqualTo("%1$d read, 0 new, %1$d there".formatted(before));
      assertThat(milena.items("/api/v1/ops/dead-letters")).isEmpty();
    }
  }

  private static String counts(RunningMilena milena, Path mbox, String list, String... more) {
    String[] command = new String[more.length + 6];
    System.arraycopy(
        new String[] {"import", "mbox", mbox.toString(), "--list", list, "--json"},
        0,
        command,
        0,
        6);
    System.arraycopy(more, 0, command, 6, more.length);
    JsonNode report = milena.milenaJson(0, command);
    return "%d read, %d new, %d there"
        .formatted(
            report.path("read").asLong(),
            report.path("added").asLong(),
            report.path("present").asLong());
  }

  private static long posts(RunningMilena milena, String list) {
    return milena.items("/api/v1/archive/search?q=*&limit=100&list=" + list).size();
  }
}
