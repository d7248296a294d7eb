package org.milena.archive.thread;

import java.util.HashMap;
import java.util.Map;

/** Union-find with path halving; no recursion, so depth is harmless. */
final class DisjointSets<T> {
  private final Map<T, T> parents = new HashMap<>();

  /** The representative of the set of this element; an unknown element is a set of its own. */
  T find(T element) {
    T current = element;
    while (true) {
      T parent = parents.getOrDefault(current, current);
      if (parent.equals(current)) {
        return current;
      }
      T grandparent = parents.getOrDefault(parent, parent);
      parents.put(current, grandparent);
      current = grandparent;
    }
  }

  void union(T a, T b) {
    T rootOfA = find(a);
    T rootOfB = find(b);
    if (!rootOfA.equals(rootOfB)) {
      parents.put(rootOfA, rootOfB);
    }
  }
}
