package org.milena.archive.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milena.testkit.corpus.Corpus;
import org.milena.testkit.corpus.CorpusMessage;

class PatchFactsTest {
  private static final int COMPARED = 150;

  @TempDir Path folder;

  private static PatchFacts facts(String text) {
    return PatchFacts.of(TextSplitter.split(text));
  }

  @Test
  void namesWhatAPatchChanges() {
    PatchFacts facts =
        facts(
            """
            Please take this.
            ---
             a.c | 2 +-
             1 file changed, 1 insertion(+), 1 deletion(-)

            diff --git a/src/a.c b/src/a.c
            index 0123456..789abcd 100644
            --- a/src/a.c
            +++ b/src/a.c
            @@ -1 +1 @@
            -a
            +b
            diff --git a/gone b/gone
            deleted file mode 100644
            index 1111111..0000000
            --- a/gone
            +++ /dev/null
            @@ -1 +0,0 @@
            -a
            diff --git "a/\\303\\244 \\"b\\".txt" "b/\\303\\244 \\"b\\".txt"
            new file mode 100644
            index 0000000..2222222
            --- /dev/null
            +++ "b/\\303\\244 \\"b\\".txt"
            @@ -0,0 +1 @@
            +a
            diff --git a/old name b/new name
            similarity index 100%
            rename from old name
            rename to new name
            diff --git a/run me b/run me
            old mode 100644
            new mode 100755
            """);
    assertThat(facts.isPatch()).isTrue();
    assertThat(facts.files())
        .containsExactly("src/a.c", "gone", "ä \"b\".txt", "old name", "new name", "run me");
    assertThat(facts.blobsBefore()).containsExactly("0123456", "1111111");
    assertThat(facts.blobsAfter()).containsExactly("789abcd", "2222222");
    assertThat(facts.patchId()).hasSize(40);
  }

  @Test
  void namesInDiffsOfOtherPrograms() {
    PatchFacts facts =
        facts(
            """
            --- hello.c.orig\t2020-02-03 10:00:00
            +++ hello.c\t2020-02-03 10:01:00
            @@ -1 +1 @@
            -a
            +b
            """);
    assertThat(facts.files()).containsExactly("hello.c.orig", "hello.c");
    assertThat(facts.patchId()).isNull();
    assertThat(
            facts("Index: trunk/x.c\n=====================================================\n")
                .files())
        .containsExactly("trunk/x.c");
  }

  @Test
  void textWithoutAPatchHasNoFacts() {
    assertThat(facts("--- this is\n+++ no\npatch").isPatch()).isFalse();
    assertThat(facts("> diff --git a/x b/x\n> --- a/x\n").isPatch()).isFalse();
    assertThat(facts("").isPatch()).isFalse();
  }

  /** Real patches, and git itself: {@code git patch-id --stable} of the same text. */
  @Test
  void hasTheIdThatGitGives() throws Exception {
    MessageParser parser = new MessageParser();
    List<String> differences = new ArrayList<>();
    int compared = 0;
    List<CorpusMessage> messages = new ArrayList<>(Corpus.list("cocci"));
    messages.addAll(Corpus.list("linux-raid-part1").subList(0, 600));
    messages.addAll(Corpus.list("samba-technical-part1").subList(700, 900));
    for (CorpusMessage message : messages) {
      PostText text = parser.parse(message.message()).text();
      PatchFacts facts = PatchFacts.of(text);
      if (facts.patchId() == null || compared >= COMPARED) {
        continue;
      }
      compared++;
      String theirs = git(mended(text));
      if (!facts.patchId().equals(theirs)) {
        differences.add(message.name() + ": git " + theirs + ", ours " + facts.patchId());
      }
    }
    assertThat(compared).isEqualTo(COMPARED);
    assertThat(differences).isEmpty();
  }

  @Test
  void hasTheIdThatGitGivesWithoutTextChanges() throws Exception {
    String text =
        """
        diff --git a/old b/new
        similarity index 100%
        rename from old
        rename to new
        diff --git a/x.png b/x.png
        new file mode 100644
        index 0000000000000000000000000000000000000000..1234567890123456789012345678901234567890
        GIT binary patch
        literal 10
        RcmZQzU|@g(V*mgE0000000000

        literal 0
        HcmV?d00001

        diff --git a/b b/b
        index 1..2 100644
        --- a/b
        +++ b/b
        @@ -1,2 +1,2 @@
        -a  b
        +a\tc
         d
        \\ No newline at end of file
        """;
    assertThat(facts(text).patchId()).isEqualTo(git(text));
  }

  /** Mail takes the space from empty lines of context, and git loses count then; we do not. */
  private static String mended(PostText text) {
    StringBuilder mended = new StringBuilder();
    for (TextBlock block : text.blocks()) {
      boolean hunk = block.kind().isDiff() && block.kind() != TextBlock.Kind.DIFF_HEAD;
      for (String line : block.text().split("\n", -1)) {
        mended.append(hunk && line.isEmpty() ? " " : line).append('\n');
      }
    }
    return mended.toString();
  }

  private String git(String text) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("git", "patch-id", "--stable");
    Process process = builder.directory(folder.toFile()).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(text.getBytes(StandardCharsets.UTF_8));
    }
    String first = "";
    List<String> lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
    if (!lines.isEmpty()) {
      first = lines.getFirst().substring(0, lines.getFirst().indexOf(' '));
    }
    assertThat(process.waitFor()).isZero();
    return first;
  }
}
