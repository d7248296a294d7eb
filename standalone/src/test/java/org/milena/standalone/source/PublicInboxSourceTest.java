package org.milena.standalone.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Repositories as public-inbox makes them, made with git itself. */
class PublicInboxSourceTest {
  @TempDir Path folder;

  private static String mail(int number) {
    return "Message-ID: <%d/x@a.example>\nFrom: a@a.example\n\nText %1$d \377\n".formatted(number);
  }

  private static String git(Path work, String... arguments) {
    try {
      ProcessBuilder builder = new ProcessBuilder(arguments).directory(work.toFile());
      builder.redirectErrorStream(true);
      builder.environment().put("GIT_COMMITTER_DATE", "1246528800 +0000");
      builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
      Process process = builder.start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
      return said.strip();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Commits one file, beside those in folders. */
  private static void commit(Path repository, String name, String text) throws IOException {
    try (var files = Files.list(repository)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    Path file = repository.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    var unused = git(repository, "git", "add", "-A");
    unused =
        git(
            repository,
            "git",
            "-c",
            "user.name=x",
            "-c",
            "user.email=x@x",
            "commit",
            "-q",
            "--allow-empty",
            "-m",
            "x");
  }

  private Path epoch(String name) throws IOException {
    Path repository = Files.createDirectories(folder.resolve("work").resolve(name));
    var unused = git(repository, "git", "init", "-q");
    return repository;
  }

  private void publish(Path repository, String as) throws IOException {
    Path bare = folder.resolve(as);
    Files.createDirectories(bare.getParent());
    var unused =
        git(folder, "git", "clone", "-q", "--bare", repository.toString(), bare.toString());
  }

  @Test
  void readsTheEpochsOfVersion2() throws IOException {
    Path first = epoch("first");
    commit(first, "m", mail(1));
    commit(first, "m", mail(2));
    commit(first, "m", mail(3));
    commit(first, "d", mail(2));
    publish(first, "inbox/git/0.git");
    Path second = epoch("second");
    commit(second, "m", mail(4));
    commit(second, "d", mail(1));
    commit(second, "m", mail(2)); // again
    publish(second, "inbox/git/1.git");
    PublicInboxSource source = PublicInboxSource.of(folder.resolve("inbox"), "/users");
    Read read = Read.of(source);
    assertThat(read.texts()).containsExactly(mail(3), mail(4), mail(2));
    assertThat(read.posts.getFirst().urls()).containsExactly("/users/3%2Fx@a.example/");
    assertThat(read.posts.getFirst().receivedAt()).isEqualTo(Instant.parse("2009-07-02T10:00:00Z"));
    assertThat(read.progress).isEqualTo(source.size()).isEqualTo(7);
    assertThat(source.name()).isEqualTo("public-inbox inbox");
    assertThat(Read.of(PublicInboxSource.of(folder.resolve("inbox/git"), null)).texts()).hasSize(3);
    assertThat(Read.of(PublicInboxSource.of(folder.resolve("inbox/git/1.git"), null)).texts())
        .containsExactly(mail(4), mail(2));
    assertThat(Read.of(PublicInboxSource.of(first, null)).texts())
        .containsExactly(mail(1), mail(3));
  }

  /** As one is that was just made, or whose next epoch was. */
  @Test
  void passesOverEpochsThatNothingWasWrittenTo() throws IOException {
    publish(epoch("begun"), "inbox/git/0.git");
    PublicInboxSource empty = PublicInboxSource.of(folder.resolve("inbox"), null);
    assertThat(Read.of(empty).texts()).isEmpty();
    assertThat(empty.size()).isZero();
    Path first = epoch("first");
    commit(first, "m", mail(1));
    publish(first, "other/git/0.git");
    publish(epoch("next"), "other/git/1.git");
    PublicInboxSource other = PublicInboxSource.of(folder.resolve("other"), null);
    assertThat(Read.of(other).texts()).containsExactly(mail(1));
    assertThat(other.size()).isEqualTo(1);
  }

  @Test
  void readsTheTreeOfVersion1() throws IOException {
    Path repository = epoch("v1");
    String one = "0a/" + "1".repeat(38);
    String two = "ff/" + "2".repeat(38);
    commit(repository, one, mail(1));
    commit(repository, two, mail(2));
    publish(repository, "v1.git");
    Read read = Read.of(PublicInboxSource.of(folder.resolve("v1.git"), null));
    assertThat(read.texts()).containsExactly(mail(1), mail(2));
    assertThat(read.posts.getFirst().place()).isEqualTo(one);
    assertThat(read.posts.getFirst().urls()).isEmpty();
  }

  @Test
  void anEmptyMessageIsOne() throws IOException {
    Path repository = epoch("empty");
    commit(repository, "m", "");
    commit(repository, "m", mail(1));
    assertThat(Read.of(PublicInboxSource.of(repository, null)).texts())
        .containsExactly("", mail(1));
  }

  @Test
  void otherFoldersAreASentence() throws IOException {
    assertThatThrownBy(() -> PublicInboxSource.of(folder, null))
        .isInstanceOf(UnfitSourceException.class)
        .hasMessageContaining("is no public-inbox");
    assertThatThrownBy(() -> PublicInboxSource.of(folder.resolve("none"), null))
        .hasMessageContaining("There is no folder");
    Path code = epoch("code");
    commit(code, "main.c", "int main;");
    assertThatThrownBy(() -> PublicInboxSource.of(code, null))
        .hasMessageContaining("is a git repository, but no public-inbox");
    Path empty = epoch("nothing");
    assertThatThrownBy(() -> PublicInboxSource.of(empty, null))
        .isInstanceOf(UnfitSourceException.class)
        .hasMessageContaining("a git repository without a commit");
  }

  @ParameterizedTest
  @CsvSource({
    "a+b=c@x.example,a+b=c@x.example",
    "a/b@x,a%2Fb@x",
    "a%b@x,a%25b@x",
    "\u00e9@x,%C3%A9@x"
  })
  void escapesAsPublicInboxDoes(String id, String escaped) {
    assertThat(PublicInboxSource.escaped(id)).isEqualTo(escaped);
  }
}
