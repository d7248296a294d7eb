package org.milena.archive.web.ponymail;

import java.util.ArrayList;
import java.util.List;
import org.milena.archive.thread.ThreadNode;

/**
 * Puts answers below what they answer. Behind {@value #DEEPEST} levels all that follows stands on
 * one: readers of JSON refuse what is nested deeper than they like.
 */
final class Branches {
  static final int DEEPEST = 100;

  /** Makes what stands for a post. */
  interface Maker<T> {
    /**
     * Makes it.
     *
     * @param level from 1
     * @param children to keep; they come later
     */
    T make(ThreadNode node, int level, List<T> children);
  }

  /**
   * The tree.
   *
   * @param nodes in reading order
   * @return those that stand below nothing
   */
  static <T> List<T> of(List<ThreadNode> nodes, Maker<T> maker) {
    List<T> roots = new ArrayList<>();
    List<List<T>> open = new ArrayList<>();
    open.add(roots);
    int top = nodes.isEmpty() ? 0 : nodes.getFirst().depth();
    for (ThreadNode node : nodes) {
      int depth = Math.min(Math.max(node.depth() - top, 0), DEEPEST - 1);
      List<T> children = new ArrayList<>();
      open.subList(depth + 1, open.size()).clear();
      open.get(depth).add(maker.make(node, depth + 1, children));
      open.add(children);
    }
    return roots;
  }

  private Branches() {}
}
