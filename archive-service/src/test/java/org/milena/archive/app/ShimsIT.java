package org.milena.archive.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.milena.common.settings.ArchiveAccess;

/** An API of another archive that is off has no address. */
class ShimsIT {

  @Test
  void answersOnlyWhatIsOn() {
    try (RunningArchive archive = RunningArchive.start("--milena.archive.shims=hyperkitty")) {
      var unused = archive.list("dev@off.example", "Dev", ArchiveAccess.PUBLIC);
      RunningArchive.await(
          "the list", () -> archive.get("/api/list/dev@off.example/").statusCode() == 200);
      for (String name :
          new String[] {"stats", "email", "thread", "source", "mbox", "preferences"}) {
        assertThat(archive.get("/api/" + name + ".lua?list=dev&domain=off.example").statusCode())
            .as(name)
            .isEqualTo(404);
      }
      assertThat(archive.get("/archives/api/lists/").statusCode()).isEqualTo(301);
    }
    try (RunningArchive archive = RunningArchive.start("--milena.archive.shims=")) {
      assertThat(archive.get("/api/lists/").statusCode()).isEqualTo(404);
      assertThat(archive.get("/api/list/dev@off.example/").statusCode()).isEqualTo(404);
      assertThat(archive.get("/archives/api/lists/").statusCode()).isEqualTo(404);
    }
  }
}
