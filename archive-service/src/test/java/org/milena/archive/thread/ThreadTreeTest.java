package org.milena.archive.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.archive.thread.ThreadPosts.copy;
import static org.milena.archive.thread.ThreadPosts.post;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.milena.common.event.ArchiveId;

class ThreadTreeTest {

  @Test
  void putsAnswersBehindWhatTheyAnswer() {
    assertThat(
            tree(
                post("a", 0),
                post("b", 1, "a"),
                post("c", 2, "a"),
                post("d", 3, "a", "b"),
                post("e", 4, "a", "b", "d")))
        .containsExactly("a", " b", "  d", "   e", " c");
  }

  @Test
  void passesOverWhatIsNotThere() {
    assertThat(tree(post("a", 0), post("c", 2, "a", "b"), post("d", 3, "a", "b", "c")))
        .containsExactly("a", " c?", "  d");
  }

  @Test
  void showsAnswersToAMissingRootSideBySide() {
    assertThat(tree(post("b", 1, "a"), post("c", 2, "a"))).containsExactly("b?", "c?");
  }

  @Test
  void breaksCircles() {
    assertThat(tree(post("a", 0, "c"), post("b", 1, "a"), post("c", 2, "b")))
        .containsExactly("c", " a", "  b");
    assertThat(tree(post("a", 0, "a"))).containsExactly("a");
    assertThat(tree(post("a", 0, "b"), post("b", 1, "a"))).containsExactly("b", " a");
  }

  @Test
  void believesAPostAboutItsOwnParent() {
    // c says it answers b; d, which came earlier in the list of posts, says c answers a
    assertThat(
            tree(post("a", 0), post("b", 1, "a"), post("d", 2, "a", "c"), post("c", 3, "a", "b")))
        .containsExactly("a", " b", "  c", "   d");
  }

  @Test
  void keepsBothPostsOfOneMessageId() {
    assertThat(tree(post("a", 0), post("b", 1, "a"), copy("b", "again", 2, "a"), post("c", 3, "b")))
        .containsExactly("a", " b", "  c", " b");
  }

  @Test
  void takesAChainOfTenThousand() {
    List<ThreadPost> chain = new ArrayList<>();
    chain.add(post("m0", 0));
    for (int i = 1; i < 10_000; i++) {
      chain.add(post("m" + i, i, "m" + (i - 1)));
    }
    List<ThreadNode> nodes = ThreadTree.of(chain.reversed());
    assertThat(nodes).hasSize(10_000);
    assertThat(nodes.getLast().depth()).isEqualTo(9_999);
  }

  private static List<String> tree(ThreadPost... posts) {
    return lines(List.of(posts));
  }

  static List<String> lines(Collection<ThreadPost> posts) {
    Map<ArchiveId, String> names = new HashMap<>();
    posts.forEach(post -> names.put(post.id(), post.messageId()));
    return ThreadTree.of(posts).stream()
        .map(node ->
            " ".repeat(node.depth()) + names.get(node.id()) + (node.parentMissing() ? "?" : ""))
        .toList();
  }
}
