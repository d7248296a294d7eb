package org.milena.standalone.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PonyMailSourceTest {
  private static final String MAIL = "Message-ID: <1@a.example>\r\n\r\nText\r\n";
  private static final String BINARY = "Message-ID: <2@a.example>\n\n\377\0\n";

  @TempDir Path folder;

  private static String mbox(int number, String list, boolean isPrivate) {
    return "{\"mid\":\"m%1$d\",\"dbid\":\"s%1$d\",\"list_raw\":\"<%2$s>\",\"private\":%3$s,\"permalinks\":[\"p%1$d\",\"m%1$d\"],\"_archived_at\":1246528800}"
        .formatted(number, list, isPrivate);
  }

  private static String source(String octets) {
    String text =
        octets.chars().allMatch(c -> c < 128)
            ? octets
            : Base64.getEncoder().encodeToString(octets.getBytes(StandardCharsets.ISO_8859_1));
    return PonyMailSource.MAPPER
        .createObjectNode()
        .put("message-id", "<x>")
        .put("source", text)
        .toString();
  }

  private static String document(String index, String id, String content) {
    return "{\"_index\":\"%s\",\"_id\":\"%s\",\"_source\":%s}\n".formatted(index, id, content);
  }

  @Test
  void readsADump() throws IOException {
    Path mbox =
        Files.writeString(
            folder.resolve("mbox.ndjson"),
            document("ponymail-mbox", "m1", mbox(1, "dev.a.example", false))
                + document("ponymail-mbox", "m2", mbox(2, "dev.a.example", true))
                + document("ponymail-mbox", "m3", mbox(3, "other.a.example", false))
                + document("ponymail-mbox", "m4", mbox(4, "dev.a.example", false)));
    Path source =
        Files.writeString(
            folder.resolve("source.ndjson"),
            document("ponymail-source", "s2", source(BINARY))
                + document("ponymail-source", "s1", source(MAIL))
                + document("ponymail-source", "s3", source(MAIL)));
    PostSource dump = PonyMailSource.of(List.of(source, mbox), "Dev@a.example");
    Read read = Read.of(dump);
    assertThat(read.texts()).containsExactly(BINARY, MAIL);
    SourcePost second = read.posts.getFirst();
    assertThat(second.isPrivate()).isTrue();
    assertThat(second.keys()).containsExactly("p2", "m2");
    assertThat(second.receivedAt()).isEqualTo(Instant.parse("2009-07-02T10:00:00Z"));
    assertThat(read.posts.getLast().isPrivate()).isFalse();
    assertThat(read.odd).containsExactly("MISSING document s4: there is no source for it");
    assertThat(read.progress).isEqualTo(dump.size());
  }

  @Test
  void readsADumpOfPonyMailBeforeFoal() throws IOException {
    Path dump =
        Files.writeString(
            folder.resolve("dump.json"),
            "["
                + document(
                        "ponymail",
                        "id1",
                        "{\"mid\":\"id1\",\"list_raw\":\"<dev.a.example>\",\"private\":false}")
                    .strip()
                + ","
                + document("ponymail", "id1", source(MAIL)).strip()
                + "]");
    Read read = Read.of(PonyMailSource.of(List.of(dump), "dev@a.example"));
    assertThat(read.texts()).containsExactly(MAIL);
    assertThat(read.posts.getFirst().keys()).containsExactly("id1");
  }

  @Test
  void whatDoesNotSayThatItIsPublicIsPrivate() throws IOException {
    Path dump =
        Files.writeString(
            folder.resolve("dump.json"),
            document("ponymail", "id1", "{\"mid\":\"id1\",\"list_raw\":\"<dev.a.example>\"}")
                + document("ponymail", "id1", source(MAIL)));
    assertThat(Read.of(PonyMailSource.of(List.of(dump), "dev@a.example")).posts.getFirst())
        .satisfies(post -> assertThat(post.isPrivate()).isTrue());
  }

  @Test
  void otherFilesAreASentence() throws IOException {
    Path text = Files.writeString(folder.resolve("x"), "From ann\n");
    assertThatThrownBy(() -> Read.of(PonyMailSource.of(List.of(text), "dev@a.example")))
        .isInstanceOf(UnfitSourceException.class)
        .hasMessageContaining("is no dump");
    Path other =
        Files.writeString(
            folder.resolve("y"), document("ponymail-mbox", "m3", mbox(3, "x.example", false)));
    assertThatThrownBy(() -> Read.of(PonyMailSource.of(List.of(other), "dev@a.example")))
        .hasMessageContaining("none of Pony Mail's about a message to <dev.a.example>");
    assertThatThrownBy(() -> PonyMailSource.at(URI.create("http:x"), "ponymail", "dev@a.example"))
        .hasMessageContaining("is no URL");
  }
}
