package org.milena.standalone.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSourceTest {
  @TempDir Path folder;

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void readsAMaildir() throws IOException {
    file("cur/1246528800.M1.host:2,S", "A: 1\r\n\r\n");
    file("new/1246528700.M2.host", "A: 2\n\n");
    file("tmp/1246528900.M3.host", "A: 3\n\n");
    file("cur/.hidden", "A: 4\n\n");
    Read read = Read.of(new FolderSource(folder));
    assertThat(read.texts()).containsExactly("A: 2\n\n", "A: 1\r\n\r\n");
    assertThat(read.posts.getLast().receivedAt()).isEqualTo(Instant.parse("2009-07-02T10:00:00Z"));
    assertThat(read.progress).isEqualTo(new FolderSource(folder).size());
  }

  @Test
  void readsAFolderOfFiles() throws IOException {
    file("a/2.EML", "A: 2\n\n");
    file("b/1.eml", "A: 1\n\n");
    file("17", "A: 17\n\n");
    file("readme.txt", "no mail");
    assertThat(Read.of(new FolderSource(folder)).texts())
        .containsExactly("A: 1\n\n", "A: 17\n\n", "A: 2\n\n");
  }

  @Test
  void wrongFoldersAreASentence() throws IOException {
    file("x/readme.txt", "no mail");
    assertThatThrownBy(() -> Read.of(new FolderSource(folder)))
        .isInstanceOf(UnfitSourceException.class)
        .hasMessageContaining("There is no message in");
    assertThatThrownBy(() -> Read.of(new FolderSource(folder.resolve("x/readme.txt"))))
        .hasMessageContaining("is a file");
    assertThatThrownBy(() -> Read.of(new FolderSource(folder.resolve("none"))))
        .hasMessageContaining("There is no folder");
  }
}
