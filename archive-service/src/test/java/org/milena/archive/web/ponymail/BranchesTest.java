package org.milena.archive.web.ponymail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.milena.archive.thread.ThreadNode;
import org.milena.common.event.ArchiveId;

class BranchesTest {

  private record Branch(String id, int level, List<Branch> children) {
    @Override
    public String toString() {
      return id + level + (children.isEmpty() ? "" : children);
    }
  }

  private static ThreadNode node(char name, int depth) {
    return new ThreadNode(ArchiveId.of(String.valueOf(name).repeat(27)), depth, null, false);
  }

  private static List<Branch> branches(List<ThreadNode> nodes) {
    return Branches.of(
        nodes,
        (node, level, children) -> new Branch(node.id().value().substring(0, 1), level, children));
  }

  @Test
  void putsAnswersBelowWhatTheyAnswer() {
    assertThat(
            branches(
                List.of(
                    node('a', 0),
                    node('b', 1),
                    node('c', 2),
                    node('d', 1),
                    node('e', 0),
                    node('f', 1))))
        .hasToString("[a1[b2[c3], d2], e1[f2]]");
    assertThat(branches(List.of())).isEmpty();
  }

  @Test
  void countsFromWhereItBegins() {
    assertThat(branches(List.of(node('b', 3), node('c', 4), node('d', 5))))
        .hasToString("[b1[c2[d3]]]");
  }

  @Test
  void isNoDeeperThanReadersTake() {
    List<ThreadNode> chain = new ArrayList<>();
    for (int depth = 0; depth < 5_000; depth++) {
      chain.add(node('x', depth));
    }
    int levels = 0;
    int posts = 0;
    for (List<Branch> at = branches(chain); !at.isEmpty(); at = at.getLast().children()) {
      levels++;
      posts += at.size();
    }
    assertThat(levels).isEqualTo(Branches.DEEPEST);
    assertThat(posts).isEqualTo(5_000);
  }
}
