package org.milena.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {

  @TempDir Path parent;

  @Test
  void makesTheFolder() {
    Path folder = parent.resolve("a/b");
    try (FolderLock lock = FolderLock.take(folder, "Kafka")) {
      assertThat(lock).isNotNull();
      assertThat(folder).isDirectory();
    }
  }

  @Test
  void refusesTheSecondInThisProcess() {
    try (FolderLock first = FolderLock.take(parent, "Kafka")) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> FolderLock.take(parent, "Kafka"))
          .isInstanceOf(EngineStartException.class)
          .hasMessage(
              "The Kafka folder %s is in use by this process: stop that one first, or choose another"
                      .formatted(parent)
                  + " folder.");
    }
  }

  @Test
  void givesTheFolderBack() {
    FolderLock.take(parent, "Kafka").close();
    FolderLock.take(parent, "Kafka").close();
    assertThat(parent.resolve("engine.lock"))
        .hasContent(Long.toString(ProcessHandle.current().pid()));
  }

  @Test
  void namesTheFolderThatCannotBeMade() throws Exception {
    Path file = Files.writeString(parent.resolve("file"), "not a folder");
    assertThatThrownBy(() -> FolderLock.take(file.resolve("x"), "Kafka"))
        .isInstanceOf(EngineStartException.class)
        .hasMessageContaining(file.toString());
  }
}
