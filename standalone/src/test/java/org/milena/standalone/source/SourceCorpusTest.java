package org.milena.standalone.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.testkit.corpus.Corpus;
import org.milena.testkit.corpus.IndexEntry;

/** The lists of the corpus, message by message as Python's email package has them. */
class SourceCorpusTest {

  private static List<String> digests(List<IndexEntry> index) {
    return index.stream().map(IndexEntry::sha256).toList();
  }

  private static Path file(String list) {
    Path lists = Corpus.root().resolve("lists");
    Path plain = lists.resolve(list + ".mbox");
    return Files.exists(plain) ? plain : lists.resolve(list + ".mbox.gz");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tomoyo-users-en",
        "samba-technical-part1",
        "usrp-users-part1",
        "cocci",
        "linux-raid-part1"
      })
  void readsMboxes(String list) throws IOException {
    Read read = Read.of(new MboxSource(List.of(file(list)), Quoting.MBOXRD, null));
    assertThat(read.posts.stream().map(post -> post.raw().sha256()))
        .containsExactlyElementsOf(digests(Corpus.index(list)));
    assertThat(read.odd).isEmpty();
  }

  @Test
  void readsPipermail() throws IOException {
    Path file = Corpus.root().resolve("lists").resolve("imagej-devel.pipermail.txt.gz");
    List<IndexEntry> index = Corpus.index("imagej-devel");
    Read raw = new Read();
    try (InputStream in = Unpacked.open(file, _ -> {})) {
      assertThat(new MboxReader(in, Quoting.NONE, "imagej", raw).read()).isEqualTo(index.size());
    }
    assertThat(raw.posts.stream().map(post -> post.raw().sha256()))
        .containsExactlyElementsOf(digests(index));
    Read mended = Read.of(new PipermailSource(file, null));
    assertThat(mended.texts()).allMatch(text -> text.matches("(?s)From: \\S+@\\S+.*"));
  }

  @Test
  void readsFolders() throws IOException {
    Path folder = Corpus.root().resolve("lists-eml").resolve("tomoyo-users-en");
    Read read = Read.of(new FolderSource(folder));
    assertThat(read.posts.stream().map(post -> post.raw().sha256()))
        .containsExactlyInAnyOrderElementsOf(digests(Corpus.index("tomoyo-users-en")));
  }
}
